import type { NeighborRole } from '../../aspa/index.js';
import type { AsPath } from '../../bgp/index.js';
import type { Asn, Prefix } from '../../inet/index.js';
import type { Vrp } from '../../payload/index.js';
import type { Question } from '../requests.js';

/** A table of ASPAs as RTR carries it: each customer with its providers, ascending. */
export type Entries = ReadonlyMap<Asn, readonly Asn[]>;

/** A route that a case wants announced. */
export interface StagedRoute {
  /** Unique in the case; the same in two phases for a route that stays. */
  readonly name: string;
  readonly asPath: AsPath;
  /** The AS that the neighbour has to have, where that counts; absent: any. */
  readonly neighborAs?: Asn;
  /** The role that the neighbour has to have, where that counts; absent: any. */
  readonly neighborRole?: NeighborRole;
  /** Absent: any prefix of the family will do. */
  readonly prefix?: Prefix;
  readonly family: 'ipv4-unicast' | 'ipv6-unicast';
  /** Whether the AS of the session may be put in front, where the router wants it there. */
  readonly ledByNeighbor: boolean;
  /** The verdict that is read, a word of `VERDICT_VALUE`; absent: the route has only to be there. */
  readonly expected?: 'valid' | 'invalid' | 'unknown' | 'not-found';
}

/** A table, and the routes that are there under it. */
export interface Phase {
  readonly entries: Entries;
  readonly vrps: readonly Vrp[];
  readonly routes: readonly StagedRoute[];
}

/** A case as a router can be shown it: tables one after the other, and routes under each. */
export interface StagedCase {
  readonly question: Question;
  readonly phases: readonly Phase[];
  /** The verdicts that make the answer, in its order. */
  readonly asks: readonly StagedAsk[];
}

/** A verdict to read: of which route, in which phase. */
export interface StagedAsk {
  /** Index of the phase. */
  readonly phase: number;
  /** The name of the route. */
  readonly route: string;
}

/** What a case becomes, or why it cannot be played. */
export type Staging = StagedCase | { readonly question: Question; readonly reason: string };
