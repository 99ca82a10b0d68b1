import type { BgpRole } from '../../aspa/index.js';
import type { Asn } from '../../inet/index.js';

/** A neighbour of the router under test: a session of ours, which announces routes. */
export interface RouterNeighbor {
  /** The AS of our side. */
  readonly as: Asn;
  /** The role of OUR side, as the router sees its neighbour (draft-28 §6.3): that of the router is its counterpart. */
  readonly role: BgpRole;
}

/** What a router under test, configured as its profile says, can be asked at all. */
export interface RouterAbilities {
  /** Its own AS. */
  readonly localAs: Asn;
  /** Whether it marks routes with the state of their origin (RFC 6811). */
  readonly rov: boolean;
  /** ASPA: marks both directions on each route, one by the role of the session (RFC 9234), or knows none. */
  readonly aspa: 'both' | 'role' | 'none';
  /** Families in which it takes routes. */
  readonly families: readonly ('ipv4-unicast' | 'ipv6-unicast')[];
  /** Whether its ASPA verdict holds the comparison of the first AS with the neighbour (draft-28 §5.5 step 2). */
  readonly neighborCheck: boolean;
  /** Whether it takes only routes whose path begins with the AS of the neighbour (RFC 4271 §6.3). */
  readonly firstAs: boolean;
  /** Whether paths with an AS_SET are worth announcing. A router that refuses them (RFC 9774) says so by itself. */
  readonly asSet: boolean;
  /** Whether it takes paths with its own AS in them (RFC 4271 §9.1.2 wants them left out). */
  readonly ownAs: boolean;
  /** Its limit of providers of one customer (aspa-profile §5.5); null: none. */
  readonly maxProviders: number | null;
  /** Its session with the RTR cache, where cases of the suite `rtr` can be played; absent: none is. */
  readonly rtr?: RtrAbilities;
  /** Its neighbours, where its configuration fixes them; absent: the plan says which it needs. */
  readonly neighbors?: readonly RouterNeighbor[];
  /** ASes that must be in no path and no table but where a case has them: that of the collector, for one. */
  readonly reservedAses?: readonly Asn[];
}

/** What is known of a router as an RTR client. */
export interface RtrAbilities {
  /** The versions that it speaks. */
  readonly versions: readonly number[];
  /** Whether it keeps router keys. */
  readonly routerKeys: boolean;
  /** The AS of the neighbour, a customer, that announces the routes by which the router shows what it holds. */
  readonly neighborAs: Asn;
  /** An AS that no payload has. */
  readonly strangerAs: Asn;
}

/** Local data 1 of the large community `ITS_AS:KIND:VERDICT` by which the router tells a verdict. */
export const VERDICT_KIND = { rov: 1, upstream: 2, downstream: 3, role: 4 } as const;

/** Local data 2 of it. */
export const VERDICT_VALUE = { valid: 1, invalid: 2, unknown: 3, 'not-found': 3 } as const;

/** What a verdict is about: a member of {@link VERDICT_KIND}. */
export type VerdictKind = keyof typeof VERDICT_KIND;
