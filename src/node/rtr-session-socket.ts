import type { Socket } from 'node:net';
import type { CacheOutput, CacheSession } from '../rtr/index.js';

/** Why a session was ended although its router broke no rule of the protocol. */
export type SessionLimit =
  /** No query within the time allowed. */
  | 'idle'
  /** Nothing was read for three retry intervals while an answer waited. */
  | 'stall'
  /** An answer took longer than it may in all, however steadily it was read. */
  | 'answer-time'
  /** More queries than may wait for their answers. */
  | 'queries';

/** What a session on a socket may cost. */
export interface SessionLimits {
  /** Seconds without reading after which a router with a waiting answer is dropped. */
  readonly stallSeconds: number;
  /** Seconds from the making of an answer to its last octet. */
  readonly answerSeconds: number;
  /** Queries that may wait for their answers. */
  readonly maxWaiting: number;
}

/** What happens in a session, seen from its socket. */
export type SessionEvent =
  | Exclude<CacheOutput, { kind: 'send' | 'disconnect' }>
  | { readonly kind: 'limit'; readonly limit: SessionLimit };

/** Octets handed to a socket at a time; what waits behind them are views of arrays that all sessions share. */
const SLICE = 262_144;

/** Steady seconds. */
export function seconds(): number {
  return performance.now() / 1000;
}

/**
 * Connects a session with a socket; gives what carries out the outputs of the session. Octets go out only as fast as
 * the router reads, and no queries are read while an answer waits. Every answer has to be through in time: as long as
 * it waits it keeps the whole image of the data that it belongs to.
 */
export function serveSocket(
  socket: Socket,
  session: CacheSession,
  limits: SessionLimits,
  report: (event: SessionEvent) => void,
): (outputs: readonly CacheOutput[]) => void {
  let queue: Uint8Array[] = [];
  /** What is not yet through, oldest first: when it was made, and whether it answers a query. */
  let unsent: { readonly since: number; readonly answer: boolean }[] = [];
  let ending = false;
  let wakeTimer: NodeJS.Timeout | undefined;
  let answerTimer: NodeJS.Timeout | undefined;
  const stop = (limit: SessionLimit): void => {
    if (socket.destroyed) return;
    report({ kind: 'limit', limit });
    socket.destroy();
  };
  const watchAnswer = (): void => {
    clearTimeout(answerTimer);
    const oldest = unsent[0];
    if (!oldest) return;
    const left = Math.max(oldest.since + limits.answerSeconds - seconds(), 0);
    answerTimer = setTimeout(() => stop('answer-time'), Math.ceil(1000 * left));
  };
  const through = (): void => {
    unsent.shift();
    watchAnswer();
  };
  /** Writes until the socket is full; goes on when it has drained. */
  const flow = (): void => {
    for (let head = queue[0]; head; head = queue[0]) {
      const slice = head.subarray(0, SLICE);
      const last = slice.length === head.length;
      if (last) queue.shift();
      else queue[0] = head.subarray(SLICE);
      if (!socket.write(slice, last ? through : undefined)) break;
    }
    const blocked = socket.writableNeedDrain;
    if (queue.length > 0) socket.pause();
    else socket.resume();
    socket.setTimeout(blocked ? 1000 * limits.stallSeconds : 0);
    if (ending && queue.length === 0) socket.destroySoon();
  };
  const perform = (outputs: readonly CacheOutput[]): void => {
    let answer = false;
    for (const output of outputs) {
      if (output.kind === 'send') {
        queue.push(output.octets);
        unsent.push({ since: seconds(), answer });
        if (unsent.length === 1) watchAnswer();
        answer = false;
      } else if (output.kind === 'disconnect') {
        ending = true;
      } else {
        answer = output.kind === 'query';
        report(output);
        if (answer && unsent.filter((one) => one.answer).length >= limits.maxWaiting) {
          stop('queries');
          return;
        }
      }
    }
    if (!socket.writableNeedDrain) flow();
    clearTimeout(wakeTimer);
    const wait = session.nextWake() - seconds();
    if (wait === Number.POSITIVE_INFINITY) return;
    wakeTimer = setTimeout(() => perform(session.tick(seconds())), Math.ceil(1000 * Math.max(wait, 0)));
  };
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  socket.on('data', (octets) => {
    if (!ending) perform(session.received(octets, seconds()));
  });
  socket.on('drain', flow);
  socket.on('timeout', () => stop('stall'));
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    clearTimeout(wakeTimer);
    clearTimeout(answerTimer);
    queue = [];
    unsent = [];
  });
  return perform;
}
