import { SeededHash } from '../../tables/index.js';
import type { OrderCheck } from '../order-check.js';
import { ERROR_CODE, errorCodeFor, isFatal } from '../pdu/error-code.js';
import type { RtrVersion } from '../pdu/format.js';
import { encodePdu, type Pdu } from '../pdu/pdu.js';
import type { RtrError } from '../pdu/rtr-error.js';
import { DEFAULT_TIMING, type Timing, usableTiming } from '../pdu/timing.js';
import { type PayloadStore, type PayloadTransaction, RTR } from '../rtr-kinds.js';
import type { ResolvedClientOptions } from './options.js';
import type { ClientOutput } from './output.js';

/** Everything a client session remembers. Times are seconds on the caller's clock. */
export interface ClientState {
  readonly options: ResolvedClientOptions;
  /** `negotiating` until a PDU of the cache settles the version. */
  phase: 'idle' | 'connecting' | 'negotiating' | 'established';
  /** The version under trial or agreed on. */
  version: RtrVersion;
  /** The version that the next connection begins with; undefined: the highest. */
  nextVersion: RtrVersion | undefined;
  /** Whether that version, or that of this connection, was not named by the cache but guessed after it had closed. */
  guessed: boolean;
  /** Whether the cache named version 0 since a connection last began with the highest. */
  zeroNamed: boolean;
  /** Whether it named version 0 once and then would not have it. */
  zeroFailed: boolean;
  /** Whether the cache once closed a connection on which it had refused a version. */
  closesAfterRefusal: boolean;
  /** The version of the first query on this connection. */
  openedWith: RtrVersion;
  /** Versions that failed since a connection last began with the highest. */
  readonly failedVersions: Set<RtrVersion>;
  /** Versions that were agreed on once. */
  readonly knownVersions: Set<RtrVersion>;
  expect: 'nothing' | 'response' | 'data';
  /** The query that is being answered. */
  query: 'reset' | 'serial';
  /** What the data belongs to (8210bis §5.1); undefined: only a Reset Query makes sense. */
  session: { readonly version: RtrVersion; readonly id: number; readonly serial: number } | undefined;
  store: PayloadStore;
  transaction: PayloadTransaction | undefined;
  orderCheck: OrderCheck | undefined;
  /** Session ID of the Cache Response under way. */
  responseId: number;
  /** Session ID of data that expired while its Serial Query was under way: the answer is read but not kept. */
  expiredSession: number | undefined;
  /** Units that the store counts for while a transaction runs. */
  baseUnits: number;
  /** A serial that was notified while a query was under way. */
  notified: number | undefined;
  timing: Timing;
  reconnectAt: number;
  pollAt: number;
  deadline: number;
  expireAt: number;
  outputs: ClientOutput[];
}

/** A session that wants to connect at once. */
export function createClientState(options: ResolvedClientOptions): ClientState {
  return {
    options,
    phase: 'idle',
    version: options.highestVersion,
    nextVersion: undefined,
    guessed: false,
    zeroNamed: false,
    zeroFailed: false,
    closesAfterRefusal: false,
    openedWith: options.highestVersion,
    failedVersions: new Set(),
    knownVersions: new Set(),
    expect: 'nothing',
    query: 'reset',
    session: undefined,
    store: RTR.create(new SeededHash(options.seed)),
    transaction: undefined,
    orderCheck: undefined,
    responseId: 0,
    expiredSession: undefined,
    baseUnits: 0,
    notified: undefined,
    timing: timingWithout(options),
    reconnectAt: Number.NEGATIVE_INFINITY,
    pollAt: Number.POSITIVE_INFINITY,
    deadline: Number.POSITIVE_INFINITY,
    expireAt: Number.POSITIVE_INFINITY,
    outputs: [],
  };
}

/** The intervals that apply while the cache has told none (§6). */
export function timingWithout(options: ResolvedClientOptions): Timing {
  return usableTiming({ ...DEFAULT_TIMING, ...options.timing });
}

/** Hands a PDU to the transport. */
export function send(state: ClientState, pdu: Pdu): void {
  state.outputs.push({ kind: 'send', octets: encodePdu(pdu, state.version) });
}

/** Asks for changes where the data belongs to a session of this version, else for everything (§5.3, §5.4, §8.1). */
export function sendQuery(state: ClientState, now: number): void {
  const { session } = state;
  if (session && session.version === state.version) {
    state.query = 'serial';
    send(state, { type: 'serial-query', sessionId: session.id, serial: session.serial });
  } else {
    state.query = 'reset';
    send(state, { type: 'reset-query' });
  }
  state.expect = 'response';
  state.notified = undefined;
  state.expiredSession = undefined;
  state.deadline = now + state.options.limits.responseSeconds;
  state.pollAt = Number.POSITIVE_INFINITY;
}

/** Drops what a response brought so far: it never becomes visible. */
export function abandonResponse(state: ClientState): void {
  state.transaction = undefined;
  state.orderCheck = undefined;
  state.expect = 'nothing';
  state.deadline = Number.POSITIVE_INFINITY;
}

/** Ends the connection from our side and waits until `reconnectAt`. */
export function disconnect(state: ClientState, reconnectAt: number): void {
  abandonResponse(state);
  state.phase = 'idle';
  state.pollAt = Number.POSITIVE_INFINITY;
  state.reconnectAt = reconnectAt;
  state.outputs.push({ kind: 'disconnect' });
}

/**
 * Removes all data of the cache. An answer to a Reset Query that is under way will replace nothing; one to a Serial
 * Query has lost what it changes, and another query follows it (docs/decisions/rtr.md D-rtr-expired-in-answer).
 */
export function flush(state: ClientState, reason: 'fatal-error' | 'expired'): void {
  const empty = RTR.create(state.store.hash);
  const { store, transaction, expireAt } = state;
  if (!transaction?.reset && state.expect !== 'nothing' && state.query === 'serial') {
    state.expiredSession ??= state.session?.id;
    state.transaction = undefined;
    state.orderCheck = undefined;
  }
  state.session = undefined;
  state.expireAt = Number.POSITIVE_INFINITY;
  state.store = empty;
  // Complete data without a record are data too: whoever relied on them has to know.
  if (expireAt === Number.POSITIVE_INFINITY) return;
  const changes = RTR.diff(store, empty, state.options.limits.maxProviders);
  state.outputs.push({ kind: 'flush', changes, reason });
}

/**
 * A fault of the cache that we found: report it unless it is itself an Error Report (§5.8), drop the session, and
 * do to the data what the version's text says.
 */
export function failSession(
  state: ClientState,
  error: RtrError,
  erroneousPdu: Uint8Array,
  now: number,
): void {
  const errorCode = errorCodeFor(error.errorCode, state.version);
  if (erroneousPdu[1] !== 10) {
    // §5.8: an Internal Error is no fault of the PDU at which it struck (D-rtr-internal-error-empty).
    const enclosed = errorCode === ERROR_CODE.internalError ? new Uint8Array(0) : erroneousPdu.slice();
    send(state, { type: 'error-report', errorCode, erroneousPdu: enclosed, text: error.message });
  }
  state.outputs.push({ kind: 'error-sent', errorCode, code: error.code, text: error.message });
  disconnect(state, now + state.timing.retry);
  afterError(state, errorCode, error.code === 'rtr-session-id');
}

/**
 * What an error does to the data. Version 2: a fatal one flushes (8210bis §12). Versions 0 and 1 only demand that
 * the session is dropped, save that a foreign session ID flushes (RFC 8210 §5.1, RFC 6810 §5.1). See
 * docs/decisions/rtr.md D-rtr-after-fatal.
 */
export function afterError(state: ClientState, errorCode: number, foreignSession: boolean): void {
  if (!isFatal(errorCode, state.version)) return;
  state.session = undefined;
  if (state.options.afterFatal === 'flush' && (foreignSession || state.version === 2))
    flush(state, 'fatal-error');
}
