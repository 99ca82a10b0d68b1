import {
  type AsPath,
  createNlriCursor,
  createUpdateScan,
  type Fault,
  MSG_UPDATE,
  type NlriCursor,
  type UpdateScan,
} from '../bgp/index.js';
import { DecodeError } from '../bytes/index.js';
import { type Prefix, requireFunction, sayValue } from '../inet/index.js';
import { SeededHash, type SeedOptions } from '../tables/index.js';
import { type AddPathJudge, createAddPathJudge } from './add-path-judge.js';
import type { Element, Peer, RouteElement, StateElement, WithdrawalElement } from './element.js';
import type { ElementSource, OnElement, PathOctets } from './element-source.js';
import { freshValues } from './fresh.js';
import { createPathInterner, type PathInterner } from './path-interner.js';
import { createPeerInterner, type PeerInterner } from './peer-interner.js';
import { createProblemLog, type Problem } from './problem.js';
import type { ReadFrom } from './read-from.js';
import { createSummary, type ReadSummary } from './summary.js';

export interface ReadOptions extends SeedOptions {
  /** Longest MRT record and longest line of text, octets; 16 MiB when absent. */
  readonly maxRecordLength?: number;
  /** Problems to keep in the summary; 100 when absent. All are counted. */
  readonly keepProblems?: number;
  /** Called for every problem. */
  readonly onProblem?: (problem: Problem) => void;
  /**
   * Drop every route of a message with a fault whose treatment is session-reset. When absent, what could be read
   * before the fault is delivered (docs/decisions/routes.md D-mrt-partial-nlri).
   */
  readonly strict?: boolean;
  /**
   * Read an NLRI field, or a RIB record, with Path Identifiers or without, against the subtype of the record where only
   * that makes sense of it; each is a problem (docs/decisions/routes.md D-add-path-detection, D-rib-add-path). True when
   * absent.
   */
  readonly detectAddPath?: boolean;
  /**
   * Hand out the same objects again and again, valid only during the call that delivers them: several times as fast for
   * who keeps nothing. When absent, every element is a value of its own.
   */
  readonly reuse?: boolean;
  /** The input begins here, in the middle of one of MRT; the summary tells of what is read. */
  readonly from?: ReadFrom;
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
  /** Undefined where the subtype of a record is to be believed. */
  readonly addPathJudge: AddPathJudge | undefined;
  /** The prefixes that the line of text in work names beside the message it has. */
  named: ReadonlySet<string> | undefined;
  /** True while the caller's function runs: an error from there is the caller's, not the input's. */
  calling: boolean;
  /** UPDATE messages that are not in the summary yet. */
  updates: number;
  /** What to add to an index into the array in work to get the offset in the input. */
  base: number;
  /** The offset in the input of an index into the array in work, where it is not in one piece there. */
  locate: ((index: number) => number) | undefined;
  /** Whether signed routes of a family may come, where the OPENs of the session tell (RFC 8205 §2.2). */
  takesSigned: ((afi: number) => boolean) | undefined;
  deliver(element: Element): void;
  problem(problem: Problem): void;
}

export const NO_OCTETS = new Uint8Array(0);
const NO_PEER: Peer = { address: NO_OCTETS, asn: 0 };

export function createEmitter(onElement: OnElement, options: ReadOptions): Emitter {
  requireFunction(onElement, 'onElement');
  if (options.maxRecordLength !== undefined && !(options.maxRecordLength > 0))
    throw new RangeError(`maxRecordLength ${sayValue(options.maxRecordLength)} is not a number of octets`);
  const hash = new SeededHash(options.seed);
  const give = options.reuse ? onElement : freshValues(onElement);
  const { log, add } = createProblemLog(options.keepProblems ?? 100, options.onProblem);
  const ipv4 = createNlriCursor(1);
  const base = { time: 0, microseconds: undefined, peer: NO_PEER, peerAs: 0, local: false };
  const source: Mutable<ElementSource> = {
    number: options.from?.number ?? 0,
    record: undefined,
    octets: NO_OCTETS,
    attributesStart: 0,
    attributesEnd: 0,
    asnSize: 4,
    path: undefined,
    lineAttributes: undefined,
    multiprotocol: false,
    originated: undefined,
  };
  const emitter: Emitter = {
    route: new ReusedRoute(hash, source, ipv4.prefix),
    withdrawal: { kind: 'withdrawal', ...base, prefix: ipv4.prefix, pathId: undefined },
    state: { kind: 'state', ...base, oldState: 0, newState: 0 },
    source,
    scan: createUpdateScan(),
    ipv4,
    ipv6: createNlriCursor(2),
    internPeer: createPeerInterner(hash),
    summary: createSummary(log),
    strict: options.strict ?? false,
    addPathJudge: (options.detectAddPath ?? true) ? createAddPathJudge() : undefined,
    named: undefined,
    calling: false,
    updates: 0,
    base: 0,
    locate: undefined,
    takesSigned: undefined,
    deliver: (element) => {
      emitter.calling = true;
      give(element, source);
      emitter.calling = false;
    },
    problem: add,
  };
  return emitter;
}

/**
 * The reused route. Its path is decoded when it is asked for: who counts or drops routes pays nothing for it. Setting
 * it is for readers that have it as text. A class: the routes of all readers have one shape, whereas literals with accessors would have
 * one each, and what reads many of them would be slow.
 */
class ReusedRoute implements Mutable<RouteElement> {
  readonly kind = 'route';
  time = 0;
  microseconds: number | undefined = undefined;
  peer = NO_PEER;
  peerAs = 0;
  local = false;
  prefix: Prefix;
  declare asPath: AsPath;
  rib = false;
  pathId: number | undefined = undefined;
  hasAsPath = true;
  signed = false;
  bordersLost = false;

  readonly #source: Mutable<ElementSource>;
  readonly #internPath: PathInterner;
  #asPath: AsPath = [];
  #decoded: PathOctets | undefined; // what `#asPath` was decoded from

  constructor(hash: SeededHash, source: Mutable<ElementSource>, prefix: Prefix) {
    this.prefix = prefix;
    this.#source = source;
    this.#internPath = createPathInterner(undefined, hash);
    Object.defineProperty(this, 'asPath', ReusedRoute.#path); // its own: a copy by spreading has it
  }

  static readonly #path: PropertyDescriptor & ThisType<ReusedRoute> = {
    enumerable: true,
    get() {
      const { path } = this.#source;
      if (path !== this.#decoded && path !== undefined) {
        this.#asPath = this.#internPath(path.octets, path.start, path.end, path.asnSize);
        this.#decoded = path;
      }
      return this.#asPath;
    },
    set(path: AsPath) {
      this.#asPath = path;
      this.#decoded = undefined;
      this.#source.path = undefined;
    },
  };
}

/** Sets what the routes and withdrawals of one record or line have in common. */
export function setContext(
  emitter: Emitter,
  time: number,
  microseconds: number | undefined,
  peer: Peer,
  local: boolean,
): void {
  setElementContext(emitter.route, time, microseconds, peer, local);
  setElementContext(emitter.withdrawal, time, microseconds, peer, local);
}

/** The same for one element, where the others are not delivered. */
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

/** Puts the UPDATE messages into the summary. */
export function settleMessages(emitter: Emitter): void {
  const { messages } = emitter.summary;
  if (emitter.updates > 0) messages.set(MSG_UPDATE, (messages.get(MSG_UPDATE) ?? 0) + emitter.updates);
  emitter.updates = 0;
}

/** Reports a fault of the message or entry in work. */
export function reportFault(
  emitter: Emitter,
  { code, message, field, offset }: Pick<Fault<string>, 'code' | 'message' | 'field' | 'offset'>,
  treatment?: Fault['treatment'],
): void {
  const { number } = emitter.source;
  const place = emitter.locate?.(offset) ?? offset + emitter.base;
  emitter.problem({ code, message, field, number, offset: place, treatment });
}

/** Reports the error that ended the reading of the record in work; rethrows what is none of the input. */
export function reportDamage(emitter: Emitter, error: unknown): void {
  if (emitter.calling || !(error instanceof DecodeError)) throw error;
  const { code, field, offset = 0 } = error;
  // The text of the error names an offset in the chunk; the problem has the one in the input instead.
  const message = error.message.slice(error.message.indexOf(': ') + 2);
  reportFault(emitter, { code, message, field, offset });
}

/** Reports what is wrong with a part of the line in work; the text reader adds where the line stands. */
export function reportLine(
  emitter: Emitter,
  { code, field, message }: Pick<Problem, 'code' | 'field' | 'message'>,
): void {
  emitter.problem({ code, message, field, number: emitter.source.number, offset: 0 });
}
