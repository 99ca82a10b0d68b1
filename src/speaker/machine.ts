import {
  createMessageSplitter,
  encodeMessage,
  type MessageSplitter,
  type Notification,
  shutdownCommunication,
  type Update,
} from '../bgp/index.js';
import type { Action, SpeakerEvent, SpeakerState } from './events.js';
import type { ResolvedOptions } from './options.js';
import type { Negotiated, SessionEnd, SpeakerOutput } from './output.js';
import { transitionOf } from './transitions.js';

/** HoldTimer before the OPEN of the peer: the large value that RFC 4271 §8.2.2 suggests, in seconds. */
const LARGE_HOLD_TIME = 240;
/** Least SendHoldTime that RFC 9687 recommends, in seconds. */
const LEAST_SEND_HOLD_TIME = 480;

const NEVER = Number.POSITIVE_INFINITY;

/** How the UPDATEs of a session are read. */
export interface UpdateReader {
  readonly decode: (octets: Uint8Array) => Update;
  /** Address families for which signed routes are taken. */
  readonly signedAfis: readonly number[];
}

/** What a session remembers. Timers are the times at which they expire. */
export interface Machine {
  readonly options: ResolvedOptions;
  state: SpeakerState;
  connectRetryCounter: number;
  /** Failures in a row, for the time in Idle. */
  failures: number;
  retryAt: number;
  holdAt: number;
  keepaliveAt: number;
  idleHoldAt: number;
  sendHoldAt: number;
  negotiated: Negotiated | undefined;
  /** Reads and judges the UPDATEs of the session; there as long as `negotiated`. */
  updates: UpdateReader | undefined;
  splitter: MessageSplitter;
  /** Octets given out and not reported as sent. */
  queued: number;
  /** Nothing is read from the peer, so that its silence says nothing. */
  paused: boolean;
  /** `send` has refused octets since it was last said that it takes some. */
  refused: boolean;
  outputs: SpeakerOutput[];
}

/** What comes with an event. */
export interface Occasion {
  readonly now: number;
  /** For actions `send-notification`. */
  readonly notification?: Notification;
  /** Type of the message that was not expected (RFC 6608 §4). */
  readonly messageType?: number;
  readonly end?: SessionEnd;
}

/** A machine in Idle, that nothing will move but a start. */
export function createMachine(options: ResolvedOptions): Machine {
  return {
    options,
    state: 'Idle',
    connectRetryCounter: 0,
    failures: 0,
    retryAt: NEVER,
    holdAt: NEVER,
    keepaliveAt: NEVER,
    idleHoldAt: NEVER,
    sendHoldAt: NEVER,
    negotiated: undefined,
    updates: undefined,
    splitter: createMessageSplitter(options.extendedMessages),
    queued: 0,
    paused: false,
    refused: false,
    outputs: [],
  };
}

/** Carries out what `event` does in the state that the machine is in (RFC 4271 §8.2.2). */
export function fire(machine: Machine, event: SpeakerEvent, occasion: Occasion): void {
  const { state: was } = machine;
  const transition = transitionOf(was, event);
  if (!transition) return;
  const { to, actions } = transition;
  machine.state = to;
  for (const action of actions) perform(machine, action, event, was, occasion);
  if (to === 'Idle' || to === 'Active') {
    machine.negotiated = undefined;
    machine.updates = undefined;
    machine.holdAt = NEVER;
    machine.keepaliveAt = NEVER;
  }
  if (to === 'Established') machine.failures = 0;
  if (to === was) return;
  const lost = to === 'Idle' || (was !== 'Idle' && to === 'Active');
  const end = occasion.end ?? { code: 'fsm-error' };
  machine.outputs.push({ kind: 'state', state: to, was, event, ...(lost && { end }) });
  if (to === 'Idle') holdIdle(machine, event, occasion.now);
  else machine.idleHoldAt = NEVER;
}

function perform(
  machine: Machine,
  action: Action,
  event: SpeakerEvent,
  was: SpeakerState,
  { now, notification, messageType }: Occasion,
): void {
  const { options } = machine;
  switch (action) {
    case 'counter-zero':
      machine.connectRetryCounter = 0;
      return;
    case 'counter-up':
      machine.connectRetryCounter++;
      return;
    case 'retry-start':
      // docs/decisions/speaker.md D-speaker-passive
      machine.retryAt = options.passive ? NEVER : now + jittered(options, options.connectRetryTime);
      return;
    case 'retry-stop':
      machine.retryAt = NEVER;
      return;
    case 'connect':
      machine.outputs.push({ kind: 'connect' });
      return;
    case 'drop':
      machine.outputs.push({ kind: 'disconnect', abort: event === 29 });
      clearConnection(machine);
      return;
    case 'send-open':
      clearConnection(machine);
      give(machine, encodeMessage(options.open), now);
      return;
    case 'send-keepalive':
      give(machine, encodeMessage({ kind: 'keepalive' }), now);
      return;
    case 'send-notification':
      if (notification) notify(machine, notification, now);
      return;
    case 'send-fsm-error':
      notify(machine, fsmError(was, messageType), now);
      return;
    case 'hold-large':
    case 'hold-negotiated':
    case 'hold-restart':
      restartHold(machine, now);
      return;
    case 'keepalive-restart':
      restartKeepalive(machine, now);
  }
}

/** Before the OPEN of the peer the large value of RFC 4271 §8.2.2, then what was negotiated; 0 is none. */
export function restartHold(machine: Machine, now: number): void {
  const { negotiated, paused } = machine;
  const holdTime = negotiated ? negotiated.holdTime : LARGE_HOLD_TIME;
  machine.holdAt = paused || holdTime === 0 ? NEVER : now + holdTime;
}

/** A third of the hold time, less some jitter (RFC 4271 §4.4, §10). */
export function restartKeepalive(machine: Machine, now: number): void {
  const { holdTime = 0 } = machine.negotiated ?? {};
  machine.keepaliveAt = holdTime === 0 ? NEVER : now + jittered(machine.options, holdTime / 3);
}

/**
 * Gives octets out and counts them until they are sent; the time without progress begins with the first (RFC 9687;
 * docs/decisions/speaker.md D-speaker-send-hold).
 */
export function give(machine: Machine, octets: Uint8Array, now: number): void {
  if (machine.queued === 0) machine.sendHoldAt = now + sendHoldTime(machine);
  machine.queued += octets.length;
  machine.outputs.push({ kind: 'send', octets });
}

/** Octets went out: the SendHoldTimer begins anew, or ends with the last of them. */
export function noteSent(machine: Machine, count: number, now: number): void {
  machine.queued = Math.max(0, machine.queued - count);
  machine.sendHoldAt = machine.queued === 0 ? NEVER : now + sendHoldTime(machine);
  if (!machine.refused || machine.queued > machine.options.maxQueued / 2) return;
  machine.refused = false;
  machine.outputs.push({ kind: 'writable' });
}

function notify(machine: Machine, notification: Notification, now: number): void {
  give(machine, encodeMessage({ kind: 'notification', ...notification }, false), now);
  const communication = shutdownCommunication(notification);
  machine.outputs.push({
    kind: 'notification-sent',
    notification,
    ...(communication !== undefined && { communication }),
  });
}

/** RFC 6608 §3, §4: the subcode is that of the state, the Data is the type of the message that was not expected. */
function fsmError(state: SpeakerState, messageType: number | undefined): Notification {
  const subcode = { OpenSent: 1, OpenConfirm: 2, Established: 3, Idle: 0, Connect: 0, Active: 0 }[state];
  if (messageType === undefined) return { code: 5, subcode: 0 };
  return { code: 5, subcode, data: Uint8Array.of(messageType) };
}

/** The connection is gone, or a new one begins. */
function clearConnection(machine: Machine): void {
  machine.splitter = createMessageSplitter(machine.options.extendedMessages);
  machine.queued = 0;
  machine.paused = false;
  machine.refused = false;
  machine.sendHoldAt = NEVER;
}

/** How long it stays in Idle (docs/decisions/speaker.md D-speaker-idle-hold). */
function holdIdle(machine: Machine, event: SpeakerEvent, now: number): void {
  const { idleHold } = machine.options;
  if (event === 2 || event === 23 || idleHold === undefined) {
    machine.idleHoldAt = NEVER;
    return;
  }
  const [first, most] = idleHold;
  machine.idleHoldAt = now + jittered(machine.options, Math.min(most, first * 2 ** machine.failures));
  machine.failures++;
}

function sendHoldTime({ options, negotiated }: Machine): number {
  return options.sendHoldTime ?? Math.max(LEAST_SEND_HOLD_TIME, 2 * (negotiated?.holdTime ?? 0));
}

/** RFC 4271 §10: 0.75 to 1.0 times the configured value. */
function jittered({ random }: ResolvedOptions, seconds: number): number {
  return random ? seconds * (0.75 + 0.25 * random()) : seconds;
}
