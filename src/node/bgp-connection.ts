import { connect as connectTcp, type Socket } from 'node:net';
import type { SpeakerOutput, SpeakerReport, SpeakerSession, SpeakerStatus } from '../speaker/index.js';
import { seconds } from './rtr-session-socket.js';

/** Milliseconds that a peer gets to read the last message. */
const LAST_WORDS = 1_000;
/**
 * Octets that a session is given at once. All that comes of them lives together: of a whole chunk of a socket that is more than the young
 * generation of the garbage collector holds, and copying it costs more than the reading.
 */
const PORTION = 4_096;
/** Longest timer that is set, in seconds; longer waits are taken in pieces. */
const LONGEST_WAIT = 86_400;

/** Where a session connects to, and from where. */
export interface BgpEndpoint {
  readonly host: string;
  readonly port: number;
  readonly localAddress?: string;
  readonly localPort?: number;
}

/** A session over sockets, one after the other. */
export interface BgpConnection {
  /** Which side opens the connections of this session. */
  readonly initiatedBy: 'own' | 'peer';
  /** The address of the peer as text, without port. */
  readonly address: string;
  /** The own address of the connection as text; undefined before there is one. */
  readonly localAddress: string | undefined;
  readonly status: SpeakerStatus;
  /** Sends a whole message; false where it is not taken now: a report `writable` follows, or the session is not up. */
  send(message: Uint8Array): boolean;
  /** Ends the session with Cease and this subcode (RFC 4486 §4), as 1 for too many prefixes. */
  cease(subcode: number): void;
}

/** Takes what happens. One that gives a promise holds the session: nothing is read from the peer until it is done. */
export type OnReport = (report: SpeakerReport) => void | Promise<void>;

/** A session and what moves it. */
export interface DrivenSession extends BgpConnection {
  readonly session: SpeakerSession;
  perform(outputs: readonly SpeakerOutput[]): void;
  /** Takes over a socket that the peer has opened. */
  accept(socket: Socket): void;
  /** Resolves when no socket is open any more. */
  closed(): Promise<void>;
}

/**
 * Drives `session` over TCP: connects to `endpoint` when it says so, or takes what `accept` gives. TCP-MD5 and TCP-AO
 * (RFC 2385, RFC 5925) are not reachable from Node (docs/decisions/speaker.md D-speaker-transport).
 */
export function driveSession(
  session: SpeakerSession,
  endpoint: BgpEndpoint | undefined,
  peerAddress: string,
  onReport: OnReport,
): DrivenSession {
  let socket: Socket | undefined;
  let address = peerAddress;
  let timer: NodeJS.Timeout | undefined;
  /** Consumers at work: nothing is read meanwhile. */
  let holds = 0;
  const open = new Set<Socket>();
  let whenClosed: (() => void)[] = [];

  const hold = (done: Promise<void>): void => {
    if (holds++ === 0) {
      socket?.pause();
      session.reading(false, seconds());
    }
    const release = (): void => {
      if (--holds > 0) return;
      socket?.resume();
      session.reading(true, seconds());
      wake();
    };
    done.then(release, release);
  };
  const perform = (outputs: readonly SpeakerOutput[]): void => {
    for (const output of outputs) {
      if (output.kind === 'connect') connect();
      else if (output.kind === 'send') write(output.octets);
      else if (output.kind === 'disconnect') drop(output.abort);
      else {
        const done = onReport(output);
        if (done) hold(done);
      }
    }
    wake();
  };
  const wake = (): void => {
    clearTimeout(timer);
    const wait = session.nextWake() - seconds();
    if (wait === Number.POSITIVE_INFINITY) return;
    const milliseconds = Math.ceil(1000 * Math.min(Math.max(wait, 0), LONGEST_WAIT));
    timer = setTimeout(() => perform(session.tick(seconds())), milliseconds);
  };
  const write = (octets: Uint8Array): void => {
    const to = socket;
    to?.write(octets, (error) => {
      if (!error && socket === to) perform(session.sent(octets.length, seconds()));
    });
  };
  const drop = (abort: boolean): void => {
    const old = socket;
    socket = undefined;
    if (!old) return;
    if (abort) old.destroy();
    else {
      old.resume(); // the end of the peer's stream is to be seen
      old.destroySoon();
      setTimeout(() => old.destroy(), LAST_WORDS).unref();
    }
  };
  /** Follows a socket to its end; `initiatedBy` says who opened it. */
  const follow = (fresh: Socket, initiatedBy: 'own' | 'peer'): void => {
    let cause: string | undefined;
    const begin = (): void => {
      address = plainAddress(fresh.remoteAddress) || address;
      if (holds > 0) fresh.pause();
      if (socket === fresh) perform(session.connected(seconds(), initiatedBy));
      if (holds > 0) session.reading(false, seconds());
    };
    socket = fresh;
    open.add(fresh);
    fresh.setNoDelay(true);
    fresh.on('data', (octets) => {
      for (let at = 0; at < octets.length && socket === fresh; at += PORTION) {
        perform(session.received(octets.subarray(at, at + PORTION), seconds()));
      }
    });
    fresh.on('error', (error) => {
      cause = error.message;
      fresh.destroy();
    });
    fresh.on('close', () => {
      open.delete(fresh);
      if (socket === fresh) {
        socket = undefined;
        perform(session.closed(seconds(), cause));
      }
      if (open.size > 0) return;
      for (const done of whenClosed) done();
      whenClosed = [];
    });
    if (initiatedBy === 'own') fresh.once('connect', begin);
    else begin();
  };
  const connect = (): void => {
    if (!endpoint) return;
    drop(true);
    follow(connectTcp(endpoint), 'own');
  };
  return {
    session,
    initiatedBy: endpoint ? 'own' : 'peer',
    get address() {
      return address;
    },
    get localAddress() {
      return plainAddress(socket?.localAddress) || undefined;
    },
    get status() {
      return session.status;
    },
    send(message) {
      const outputs = session.send(message, seconds());
      if (!outputs) return false;
      perform(outputs);
      return true;
    },
    cease: (subcode) => perform(session.cease(seconds(), subcode)),
    perform,
    accept: (fresh) => follow(fresh, 'peer'),
    closed: () => (open.size === 0 ? Promise.resolve() : new Promise((resolve) => whenClosed.push(resolve))),
  };
}

/** An address as text; an IPv4 address that comes as an IPv6 one is written as what it is. */
export function plainAddress(text = ''): string {
  return text.replace(/^::ffff:(?=[0-9.]+$)/, '');
}
