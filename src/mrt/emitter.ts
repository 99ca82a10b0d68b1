import {
  type AsnSize,
  type AsPath,
  createNlriCursor,
  createUpdateScan,
  type Fault,
  type NlriCursor,
  type UpdateScan,
} from '../bgp/index.js';
import type { Element, Peer, RouteElement, StateElement, WithdrawalElement } from './element.js';
import { createPathInterner } from './path-interner.js';
import { createPeerInterner, type PeerInterner } from './peer-interner.js';
import { createProblemLog, type Problem } from './problem.js';
import type { MrtRecord } from './record-splitter.js';
import { createSummary, type ReadSummary } from './summary.js';

/** An AS_PATH value of right syntax, `octets[start, end)`, with ASNs of `asnSize` octets. */
export interface PathOctets {
  readonly octets: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly asnSize: AsnSize;
}

/** Where an element stands in its input. Reused like the element; absent parts are undefined or empty windows. */
export interface ElementSource {
  /** Number of the record, or of the line of text, from 1. */
  readonly number: number;
  /** The MRT record, where there is one. */
  readonly record: MrtRecord | undefined;
  /** The path attributes of the route are `octets[attributesStart, attributesEnd)`. */
  readonly octets: Uint8Array;
  readonly attributesStart: number;
  readonly attributesEnd: number;
  readonly asnSize: AsnSize;
  /**
   * The `asPath` of a route, merged with AS4_PATH, before decoding; undefined where the input has text instead, or no
   * path. The routes of one message have one object.
   */
  readonly path: PathOctets | undefined;
  /** Whether the prefix stood in an MP attribute, or the RIB is of IPv6. */
  readonly multiprotocol: boolean;
  /** For RIB entries: when the dumping router got the route, seconds since 1970. */
  readonly originated: number | undefined;
}

/** Receives elements in the order of the input. */
export type OnElement = (element: Element, source: ElementSource) => void;

export interface ReadOptions {
  /** Longest MRT record and longest line of text, octets; 16 MiB when absent. */
  readonly maxRecordLength?: number;
  /** Problems to keep in the summary; 100 when absent. All are counted. */
  readonly keepProblems?: number;
  /** Called for every problem. */
  readonly onProblem?: (problem: Problem) => void;
  /**
   * Drop every route of a message with a fault whose treatment is session-reset. When absent, what could be read
   * before the fault is delivered (docs/decisions.md D-mrt-partial-nlri).
   */
  readonly strict?: boolean;
  /** Look for Path Identifiers in messages whose subtype says there are none. */
  readonly detectAddPath?: boolean;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The reused values and the counts of one reader; shared by its decoders. */
export interface Emitter {
  readonly route: Mutable<RouteElement>;
  readonly withdrawal: Mutable<WithdrawalElement>;
  readonly state: Mutable<StateElement>;
  readonly source: Mutable<ElementSource>;
  readonly scan: UpdateScan;
  readonly ipv4: NlriCursor;
  readonly ipv6: NlriCursor;
  readonly internPeer: PeerInterner;
  readonly summary: ReadSummary;
  readonly strict: boolean;
  readonly detectAddPath: boolean;
  /** True while the caller's function runs: an error from there is the caller's, not the input's. */
  calling: boolean;
  /** What to add to an index into the array in work to get the offset in the input. */
  base: number;
  deliver(element: Element): void;
  problem(problem: Problem): void;
}

export const NO_OCTETS = new Uint8Array(0);
const NO_PEER: Peer = { address: NO_OCTETS, asn: 0 };

export function createEmitter(onElement: OnElement, options: ReadOptions): Emitter {
  const { log, add } = createProblemLog(options.keepProblems ?? 100, options.onProblem);
  const ipv4 = createNlriCursor(1);
  const base = { time: 0, microseconds: undefined, peer: NO_PEER, peerAs: 0, local: false };
  const source: Mutable<ElementSource> = {
    number: 0,
    record: undefined,
    octets: NO_OCTETS,
    attributesStart: 0,
    attributesEnd: 0,
    asnSize: 4,
    path: undefined,
    multiprotocol: false,
    originated: undefined,
  };
  const emitter: Emitter = {
    route: createRoute(source, { ...base, prefix: ipv4.prefix }),
    withdrawal: { kind: 'withdrawal', ...base, prefix: ipv4.prefix, pathId: undefined },
    state: { kind: 'state', ...base, oldState: 0, newState: 0 },
    source,
    scan: createUpdateScan(),
    ipv4,
    ipv6: createNlriCursor(2),
    internPeer: createPeerInterner(),
    summary: createSummary(log),
    strict: options.strict ?? false,
    detectAddPath: options.detectAddPath ?? false,
    calling: false,
    base: 0,
    deliver: (element) => {
      emitter.calling = true;
      onElement(element, source);
      emitter.calling = false;
    },
    problem: add,
  };
  return emitter;
}

/**
 * The reused route. Its path is decoded when it is asked for: who counts or drops routes pays nothing for it. Setting
 * it is for readers that have it as text.
 */
function createRoute(
  source: Mutable<ElementSource>,
  base: Omit<RouteElement, 'kind' | 'asPath' | 'rib' | 'pathId' | 'hasAsPath' | 'bordersLost'>,
): Mutable<RouteElement> {
  const internPath = createPathInterner();
  let asPath: AsPath = [];
  let decoded: PathOctets | undefined; // what `asPath` was decoded from
  return {
    kind: 'route',
    ...base,
    get asPath() {
      const { path } = source;
      if (path !== decoded && path !== undefined) {
        asPath = internPath(path.octets, path.start, path.end, path.asnSize);
        decoded = path;
      }
      return asPath;
    },
    set asPath(path) {
      asPath = path;
      decoded = undefined;
      source.path = undefined;
    },
    rib: false,
    pathId: undefined,
    hasAsPath: true,
    bordersLost: false,
  };
}

/** Sets what all elements of one record or line have in common. */
export function setContext(
  emitter: Emitter,
  time: number,
  microseconds: number | undefined,
  peer: Peer,
  local: boolean,
): void {
  setElementContext(emitter.route, time, microseconds, peer, local);
  setElementContext(emitter.withdrawal, time, microseconds, peer, local);
  setElementContext(emitter.state, time, microseconds, peer, local);
}

/** The same for one of them, where the others are not delivered. */
export function setElementContext(
  element: Mutable<RouteElement | WithdrawalElement | StateElement>,
  time: number,
  microseconds: number | undefined,
  peer: Peer,
  local: boolean,
): void {
  element.time = time;
  element.microseconds = microseconds;
  element.peer = peer;
  element.peerAs = peer.asn;
  element.local = local;
}

/** Reports a fault of the message or entry in work. */
export function reportFault(
  emitter: Emitter,
  { code, message, field, offset }: Pick<Fault, 'code' | 'message' | 'field' | 'offset'>,
  treatment?: Fault['treatment'],
): void {
  const { number } = emitter.source;
  emitter.problem({ code, message, field, number, offset: offset + emitter.base, treatment });
}
