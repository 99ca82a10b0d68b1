import { MAX_EXTENDED_MESSAGE_LENGTH, MAX_MESSAGE_LENGTH } from '../bgp/index.js';
import type { SpeakerEvent, SpeakerState } from './events.js';
import { createMachine, fire, give, noteSent, restartHold, restartKeepalive } from './machine.js';
import { resolveOptions, type SpeakerOptions } from './options.js';
import type { Negotiated, SpeakerOutput } from './output.js';
import { isReceiving, receiveOctets } from './receive.js';

/** What a session is at. */
export interface SpeakerStatus {
  readonly state: SpeakerState;
  readonly connectRetryCounter: number;
  /** From the OPEN of the peer on. */
  readonly negotiated: Negotiated | undefined;
  /** Octets given out and not yet sent. */
  readonly queued: number;
}

/**
 * One side of a BGP session over one connection (RFC 4271 §8), without I/O: its owner tells it what the transport and the
 * clock do, and carries out and looks at what comes back. Times are seconds on any steady clock. What a peer can make it
 * hold is one message: routes are its owner's.
 */
export interface SpeakerSession {
  /** ManualStart (event 1); passive sessions wait for the peer (event 4). */
  start(now: number): SpeakerOutput[];
  /**
   * ManualStop (event 2): Cease, Administrative Shutdown, with a text for people (RFC 9003).
   *
   * @throws {RangeError} for a text of more than 255 octets of UTF-8.
   */
  stop(now: number, communication?: string): SpeakerOutput[];
  /** AutomaticStop (event 8): Cease with this subcode (RFC 4486 §4), as 1 for too many prefixes. */
  cease(now: number, subcode: number): SpeakerOutput[];
  /** A connection is open that this side (event 16) or the peer (17) has initiated. */
  connected(now: number, initiatedBy: 'own' | 'peer'): SpeakerOutput[];
  /** The connection ended, or could not be opened (event 18). */
  closed(now: number, cause?: string): SpeakerOutput[];
  /**
   * Octets came in, in chunks of any size. Never throws, whatever they are. Chunks of some 4 KiB are read several times as fast as
   * large ones, for what came of one can go before the next.
   */
  received(octets: Uint8Array, now: number): SpeakerOutput[];
  /**
   * The owner reads nothing from the peer for a while, or does so again: meanwhile the HoldTimer stands, since a peer is not
   * silent because nobody listens, and KEEPALIVEs go on.
   */
  reading(on: boolean, now: number): void;
  /** OpenCollisionDump (event 23): another connection with the peer stays in place of this one. */
  dump(now: number): SpeakerOutput[];
  /** Time passed; to be called at {@link nextWake} or more often. */
  tick(now: number): SpeakerOutput[];
  /** When `tick` has something to do; Infinity when only others can move the session on. */
  nextWake(): number;
  /**
   * Sends a whole message, an UPDATE or a ROUTE-REFRESH; undefined where it is not taken now: the session is not
   * Established, or too much waits, and an output `writable` will follow.
   *
   * @throws {RangeError} for a message longer than the peer takes (RFC 8654 §4).
   */
  send(message: Uint8Array, now: number): SpeakerOutput[] | undefined;
  /** So many octets of those given out have been sent: to be told, or the session ends at the send hold time. */
  sent(count: number, now: number): SpeakerOutput[];
  readonly status: SpeakerStatus;
}

/**
 * A session in Idle.
 *
 * @throws {RangeError} or {@link TypeError} for options that make no session.
 */
export function createSpeakerSession(options: SpeakerOptions): SpeakerSession {
  const machine = createMachine(resolveOptions(options));
  const take = (): SpeakerOutput[] => {
    const { outputs } = machine;
    machine.outputs = [];
    return outputs;
  };
  const on = (event: SpeakerEvent, occasion: Parameters<typeof fire>[2]): SpeakerOutput[] => {
    fire(machine, event, occasion);
    return take();
  };
  return {
    start: (now) => on(machine.options.passive ? 4 : 1, { now }),
    stop(now, communication) {
      const data = communication === undefined ? {} : { data: shutdownData(communication) };
      machine.idleHoldAt = Number.POSITIVE_INFINITY;
      return on(2, { now, notification: { code: 6, subcode: 2, ...data }, end: { code: 'stopped' } });
    },
    cease: (now, subcode) => on(8, { now, notification: { code: 6, subcode }, end: { code: 'stopped' } }),
    connected: (now, initiatedBy) => on(initiatedBy === 'own' ? 16 : 17, { now }),
    closed: (now, cause) =>
      on(18, { now, end: { code: 'connection', ...(cause !== undefined && { cause }) } }),
    dump: (now) => on(23, { now, notification: { code: 6, subcode: 7 }, end: { code: 'collision' } }),
    received(octets, now) {
      receiveOctets(machine, octets, now);
      return take();
    },
    reading(on, now) {
      if (!isReceiving(machine)) return;
      machine.paused = !on;
      restartHold(machine, now);
    },
    tick(now) {
      const { options: resolved } = machine;
      if (now >= machine.sendHoldAt) {
        fire(machine, 29, { now, notification: { code: 8, subcode: 0 }, end: { code: 'send-hold-timer' } });
      }
      if (now >= machine.holdAt) {
        fire(machine, 10, { now, notification: { code: 4, subcode: 0 }, end: { code: 'hold-timer' } });
      }
      if (now >= machine.keepaliveAt) fire(machine, 11, { now });
      if (now >= machine.retryAt) {
        machine.retryAt = Number.POSITIVE_INFINITY;
        fire(machine, 9, { now });
      }
      if (now >= machine.idleHoldAt) {
        machine.idleHoldAt = Number.POSITIVE_INFINITY;
        fire(machine, resolved.passive ? 7 : 6, { now });
      }
      return take();
    },
    nextWake: () =>
      Math.min(machine.sendHoldAt, machine.holdAt, machine.keepaliveAt, machine.retryAt, machine.idleHoldAt),
    send(message, now) {
      const { state, negotiated, queued, options: resolved } = machine;
      const most = negotiated?.extendedMessagesSend ? MAX_EXTENDED_MESSAGE_LENGTH : MAX_MESSAGE_LENGTH;
      if (message.length > most) throw new RangeError(`${message.length} octets, the peer takes ${most}`);
      if (state !== 'Established') return undefined;
      if (queued >= resolved.maxQueued) {
        machine.refused = true;
        return undefined;
      }
      give(machine, message, now);
      restartKeepalive(machine, now);
      return take();
    },
    sent(count, now) {
      noteSent(machine, count, now);
      return take();
    },
    get status() {
      const { state, connectRetryCounter, negotiated, queued } = machine;
      return { state, connectRetryCounter, negotiated, queued };
    },
  };
}

function shutdownData(communication: string): Uint8Array {
  const text = new TextEncoder().encode(communication);
  if (text.length > 255)
    throw new RangeError(`a shutdown communication of ${text.length} octets, 255 are the most`);
  return Uint8Array.of(text.length, ...text);
}
