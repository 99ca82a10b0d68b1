import { requireNumber, requireObject } from '../../inet/index.js';
import type { Payloads } from '../../payload/index.js';
import { SeededHash, type SeedOptions } from '../../tables/index.js';
import type { AspaLayout, RtrVersion } from '../pdu/format.js';
import { MAX_ASPA_PROVIDERS } from '../pdu/pdu-11-aspa.js';
import { DEFAULT_TIMING, isAllowedTiming, type Timing } from '../pdu/timing.js';
import {
  countChanges,
  mergeChanges,
  type PayloadChanges,
  type PayloadStore,
  RTR,
  storeSize,
} from '../rtr-kinds.js';
import { nextSerial } from '../serial.js';
import { encodeResponse, type ResponseFrame } from './encode-response.js';

/** What the caller of {@link createRtrCache} decides. */
export interface RtrCacheOptions extends SeedOptions {
  /**
   * Of version 0; versions 1 and 2 use the next two (docs/decisions/rtr.md D-rtr-session-per-version). The caller
   * brings the randomness.
   */
  readonly sessionId: number;
  /** Serial of the first data; default 0. */
  readonly serial?: number;
  /** Default: the recommended intervals. */
  readonly timing?: Timing;
  readonly aspaLayout?: AspaLayout;
  /** Updates of which the changes are kept for Serial Queries; default 64, and never more records than the data has. */
  readonly maxHistory?: number;
}

/** The data of a cache server, shared by its sessions, without I/O. */
export interface RtrCache {
  /** Makes `payloads` the data, without any of a kind that they lack; gives the changes, empty when nothing changed (the serial then stays). */
  replace(payloads: Partial<Payloads>): PayloadChanges;
  /** Adds and removes; what is there already, or not there, is passed over. An ASPA replaces that of its customer. */
  change(announce: Partial<Payloads>, withdraw: Partial<Payloads>): PayloadChanges;
  /** Starts another session: new session ID, the next serial, no history. */
  restart(sessionId: number): void;
  /** Forgets the changes between serials, so that every Serial Query but that of the present serial is refused. */
  forgetHistory(): void;
  /**
   * From now on answers are error 2 until the next `replace` or `change`. Routers may hold the data of the present
   * serial for long after, so what comes next is told as a change of it.
   */
  loseData(): void;
  /** Whether there is data to serve: from the first `replace` or `change` on. */
  readonly hasData: boolean;
  readonly serial: number;
  readonly timing: Timing;
  readonly aspaLayout: AspaLayout;
  readonly store: PayloadStore;
  sessionId(version: RtrVersion): number;
  /** The answer to a Reset Query; one array for all sessions of a version. */
  snapshot(version: RtrVersion): Uint8Array;
  /** The answer to a Serial Query, or undefined when the changes since `serial` are not known any more. */
  since(version: RtrVersion, serial: number): Uint8Array | undefined;
}

/**
 * A cache without data.
 *
 * @throws {TypeError} without options. {@link RangeError} for a session ID or serial that no PDU can carry, and for intervals
 * that 8210bis §6 does not allow.
 */
export function createRtrCache(options: RtrCacheOptions): RtrCache {
  requireObject(options, 'options', '{sessionId, …}');
  requireNumber(options.sessionId, 'sessionId', 0xffff);
  requireNumber(options.serial ?? 0, 'serial', 0xffff_ffff);
  requireNumber(options.maxHistory ?? 0, 'maxHistory', Number.MAX_SAFE_INTEGER);
  const timing = options.timing ?? DEFAULT_TIMING;
  if (!isAllowedTiming(timing)) {
    throw new RangeError('intervals: refresh 1..86400, retry 1..7200, expire 600..172800 and above both');
  }
  const aspaLayout = options.aspaLayout ?? 'current';
  const maxHistory = options.maxHistory ?? 64;
  let base = options.sessionId;
  let serial = options.serial ?? 0;
  let hasData = false;
  let hadData = false;
  const hash = new SeededHash(options.seed);
  let store = RTR.create(hash);
  /** The changes that led from `from` to the serial after it, oldest first. */
  let history: { readonly from: number; readonly changes: PayloadChanges }[] = [];
  let snapshots = new Map<RtrVersion, Uint8Array>();
  let deltas = new Map<string, Uint8Array>();
  const sessionId = (version: RtrVersion): number => (base + version) & 0xffff;
  const frame = (version: RtrVersion): ResponseFrame => ({
    format: { version, aspaLayout },
    sessionId: sessionId(version),
    serial,
    timing,
  });
  const forgetEncoded = (): void => {
    snapshots = new Map();
    deltas = new Map();
  };
  const advance = (changes: PayloadChanges): PayloadChanges => {
    hasData = true;
    if (!hadData) {
      hadData = true;
      forgetEncoded();
    } else if (countChanges(changes) > 0) {
      history.push({ from: serial, changes });
      serial = nextSerial(serial);
      let kept = history.reduce((sum, step) => sum + countChanges(step.changes), 0);
      while (history.length > maxHistory || (history.length > 1 && kept > storeSize(store) + 10_000)) {
        const dropped = history.shift();
        if (dropped) kept -= countChanges(dropped.changes);
      }
      forgetEncoded();
    }
    return changes;
  };
  return {
    replace(payloads) {
      const fresh = RTR.load(payloads, hash);
      const changes = RTR.diff(store, fresh, MAX_ASPA_PROVIDERS);
      store = fresh;
      return advance(changes);
    },
    change(announce, withdraw) {
      const changes = RTR.changesTo(store, announce, withdraw);
      RTR.apply(store, changes);
      return advance(changes);
    },
    restart(id) {
      base = id & 0xffff;
      serial = nextSerial(serial);
      history = [];
      forgetEncoded();
    },
    forgetHistory() {
      history = [];
      deltas = new Map();
    },
    loseData() {
      hasData = false;
    },
    get hasData() {
      return hasData;
    },
    get serial() {
      return serial;
    },
    timing,
    aspaLayout,
    get store() {
      return store;
    },
    sessionId,
    snapshot(version) {
      const known = snapshots.get(version);
      if (known) return known;
      const octets = encodeResponse(RTR.everything(store), frame(version));
      snapshots.set(version, octets);
      return octets;
    },
    since(version, from) {
      const key = `${version}/${from}`;
      const known = deltas.get(key);
      if (known) return known;
      const first = from === serial ? history.length : history.findIndex((step) => step.from === from);
      if (first < 0) return undefined;
      const octets = encodeResponse(
        mergeChanges(history.slice(first).map((step) => step.changes)),
        frame(version),
      );
      deltas.set(key, octets);
      return octets;
    },
  };
}
