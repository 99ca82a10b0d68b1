import type { Asn, Prefix } from '../inet/index.js';
import type { AspaPayload, Vrp } from '../payload/index.js';
import type { PolicyName } from './policies.js';
import type { Link } from './topology.js';

/** What a neighbour is to an AS. */
export type Relation = (typeof RELATIONS)[number];

/** All relations, the preferred one first. */
export const RELATIONS = ['customer', 'peer', 'provider'] as const;

/** Whom a route is sent to: what the neighbours are to the sender, or single ones. */
export type Receivers = readonly (Relation | Asn)[];

/** An AS that announces a prefix. */
export interface Seed {
  readonly asn: Asn;
  readonly prefix: Prefix;
  /** AS_PATH as it is sent, before `prepend`; a forged one may be anything. */
  readonly path: readonly Asn[];
  /** Absent for all neighbours. */
  readonly to?: Receivers | undefined;
  /** Other paths towards some relations. */
  readonly pathTo: Readonly<Partial<Record<Relation, readonly Asn[]>>>;
  /** So many more of the first ASN in every path. */
  readonly prepend: number;
  /** Absent: where it can be. */
  readonly signed?: boolean | undefined;
}

/** An AS that sends on what it should not (RFC 7908). */
export interface Leak {
  readonly asn: Asn;
  /** Absent for every prefix. */
  readonly prefix?: Prefix | undefined;
  /** What the neighbour is from which it has the route; absent for any. */
  readonly from?: readonly Relation[] | undefined;
  /** Absent for all neighbours. */
  readonly to?: Receivers | undefined;
  /** Sends it as if it were its own (RFC 7908 §3.5). */
  readonly reoriginate: boolean;
}

/** An AS and a list of others: its providers, its neighbours, those that it approves of. */
export interface AsList {
  readonly asn: Asn;
  readonly list: readonly Asn[];
}

/** What an AS does. */
export interface AsPolicies {
  readonly asn: Asn;
  readonly names: readonly PolicyName[];
}

/** What is simulated: who is linked with whom, does what, publishes what, announces what. */
export interface Scenario {
  readonly links: readonly Link[];
  /** Further ASes, without links. */
  readonly ases: readonly Asn[];
  /** Tier 1, for Peerlock-lite. */
  readonly clique: readonly Asn[];
  readonly policies: readonly AsPolicies[];
  readonly roas: readonly Vrp[];
  readonly aspas: readonly AspaPayload[];
  /** All neighbours of an AS, as its ASRAs have them. */
  readonly asras: readonly AsList[];
  /** The neighbours that an AS approves of before itself as the origin. */
  readonly pathEnd: readonly AsList[];
  /** ASes that verify without publishing. */
  readonly silent: readonly Asn[];
  /** ASes that speak BGPsec without preferring signed routes. */
  readonly bgpsecRouters: readonly Asn[];
  readonly seeds: readonly Seed[];
  readonly leaks: readonly Leak[];
  readonly attackers: readonly Asn[];
  readonly victims: readonly Asn[];
  /** The address to which traffic goes, as a prefix of full length; absent where no prefix is named at all. */
  readonly target?: Prefix | undefined;
  /** ASes that validate origins by other ROAs than `roas`; up to five such views. No member of a file.
   * docs/decisions/simulate.md D-simulate-views */
  readonly views?: readonly RovView[];
}

/** What some ASes hold for the validated ROA payloads: a stale cache, an own exception (RFC 8416). */
export interface RovView {
  readonly ases: readonly Asn[];
  readonly roas: readonly Vrp[];
}
