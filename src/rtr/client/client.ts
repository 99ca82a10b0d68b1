import type { AspaPayload, Payloads, RouterKey } from '../../payload/index.js';
import { ERROR_CODE, isErrorCodeOf } from '../pdu/error-code.js';
import { Framer } from '../pdu/framer.js';
import { RtrError } from '../pdu/rtr-error.js';
import { type PayloadStore, RTR } from '../rtr-kinds.js';
import { beginNegotiation, closedWhileNegotiating, tryVersionOne } from './negotiate.js';
import { type RtrClientOptions, resolveClientOptions } from './options.js';
import type { ClientOutput } from './output.js';
import { judgeHeader, receivePdu } from './receive.js';
import {
  abandonResponse,
  type ClientState,
  createClientState,
  disconnect,
  failSession,
  flush,
  send,
  sendQuery,
} from './state.js';

/** The payloads of one cache; VRPs are made as they are read. */
export type HeldPayloads = Payloads & {
  readonly aspas: readonly AspaPayload[];
  readonly routerKeys: readonly RouterKey[];
};

/** What a client session is at. */
export interface RtrClientStatus {
  readonly phase: ClientState['phase'];
  readonly version: number;
  /** Of the last complete response; undefined when there is none, or when it can no longer be built upon. */
  readonly session: ClientState['session'];
}

/**
 * The router's side of one RTR session (RFC 6810, RFC 8210, 8210bis), without I/O: its owner tells it what the
 * transport and the clock do, and carries out and looks at what comes back. Times are seconds on any steady clock.
 */
export interface RtrClient {
  /** The transport is open. */
  opened(now: number): ClientOutput[];
  /** Octets came in, in chunks of any size. Never throws, whatever they are. */
  received(octets: Uint8Array, now: number): ClientOutput[];
  /** The transport ended, or could not be opened; `cause` is passed on in the event. */
  closed(now: number, cause?: string): ClientOutput[];
  /** Time passed; to be called at {@link nextWake} or more often. */
  tick(now: number): ClientOutput[];
  /** When `tick` has something to do; Infinity when only the cache can move the session on. */
  nextWake(): number;
  /** Records of the last complete transaction, live: they change with the next `update` or `flush`. */
  readonly store: PayloadStore;
  /** The payloads of the last complete transaction; VRPs are made one at a time. */
  payloads(): HeldPayloads;
  readonly status: RtrClientStatus;
}

/**
 * A client session that wants to connect at its first tick. Throws `RangeError` for contradictory options.
 * 8210bis §7, §8, §12.
 */
export function createRtrClient(options: RtrClientOptions = {}): RtrClient {
  const state = createClientState(resolveClientOptions(options));
  let now = 0;
  const framer = new Framer({
    header: (header) => judgeHeader(state, header),
    pdu: (header, octets, start) => receivePdu(state, header, octets, start, now),
    open: () => state.phase === 'negotiating' || state.phase === 'established',
  });
  const take = (): ClientOutput[] => {
    const { outputs } = state;
    state.outputs = [];
    return outputs;
  };
  return {
    opened(time) {
      framer.clear();
      state.phase = 'negotiating';
      beginNegotiation(state);
      sendQuery(state, time);
      return take();
    },
    received(octets, time) {
      now = time;
      try {
        framer.feed(octets);
      } catch (error) {
        if (!(error instanceof RtrError)) throw error;
        const negotiating = state.phase === 'negotiating';
        failSession(state, error, framer.current, now);
        if (negotiating && error.code === 'rtr-version') tryVersionOne(state, now);
        framer.clear();
      }
      return take();
    },
    closed(time, cause) {
      if (state.phase === 'idle') return [];
      state.outputs.push({ kind: 'connection-lost', ...(cause === undefined ? {} : { cause }) });
      const { phase, expect } = state;
      abandonResponse(state);
      framer.clear();
      state.phase = 'idle';
      state.pollAt = Number.POSITIVE_INFINITY;
      state.reconnectAt = time + state.timing.retry;
      // A lower version is tried at once or not at all: one that has to wait may meet another cache.
      if (phase === 'connecting') state.nextVersion = undefined;
      else if (state.version !== state.openedWith) state.closesAfterRefusal = true;
      if (phase === 'negotiating' && expect !== 'nothing') closedWhileNegotiating(state, time);
      return take();
    },
    tick(time) {
      if (time >= state.expireAt) flush(state, 'expired');
      if (state.phase === 'idle' && time >= state.reconnectAt) {
        state.phase = 'connecting';
        state.reconnectAt = Number.POSITIVE_INFINITY;
        state.outputs.push({ kind: 'connect' });
      } else if (time >= state.deadline) {
        stall(state, time);
      } else if (time >= state.pollAt) {
        // What was only guessed is asked again (D-rtr-highest-first).
        if (state.guessed) disconnect(state, time);
        else sendQuery(state, time);
      }
      return take();
    },
    nextWake() {
      const reconnectAt = state.phase === 'idle' ? state.reconnectAt : Number.POSITIVE_INFINITY;
      return Math.min(reconnectAt, state.pollAt, state.deadline, state.expireAt);
    },
    get store() {
      return state.store;
    },
    // The rows of keys and ASPAs give arrays.
    payloads: () => RTR.payloads(state.store, state.options.limits.maxProviders) as HeldPayloads,
    get status() {
      return { phase: state.phase, version: state.version, session: state.session };
    },
  };
}

/**
 * No answer within the bound (8210bis §9, §11.4). The cache did nothing forbidden, so the data of the last complete
 * transaction stays until it expires: docs/decisions/rtr.md D-rtr-stall-keeps-data.
 */
function stall(state: ClientState, now: number): void {
  state.outputs.push({ kind: 'stalled' });
  if (isErrorCodeOf(ERROR_CODE.transportError, state.version)) {
    const text = 'no complete answer in time';
    send(state, {
      type: 'error-report',
      errorCode: ERROR_CODE.transportError,
      erroneousPdu: new Uint8Array(0),
      text,
    });
  }
  disconnect(state, now + state.timing.retry);
}
