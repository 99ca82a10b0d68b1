import type { AS_CONFED_SEQUENCE, AS_CONFED_SET, AS_SEQUENCE, AS_SET } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';

/** Result of the provider authorization function (draft-28 §5.3). */
export type Authorization = 'no-attestation' | 'provider+' | 'not-provider+';

/** What the procedures need of a table: the provider authorization function of draft-28 §5.3. */
export interface ProviderAuthorization {
  /** authorized(AS x, AS y): whether x attests that y is a provider of x. The customer comes first. */
  authorized(customer: Asn, provider: Asn): Authorization;
}

/** Outcome of the verification procedures (draft-28 §5.5, §5.6). `unknown` is no accusation (§5.7). */
export type AspaOutcome = 'valid' | 'invalid' | 'unknown';

/** The two verification procedures: draft-28 §5.5 and §5.6. */
export type Procedure = 'upstream' | 'downstream';

/**
 * The role of the NEIGHBOUR, the AS that sent the route, seen from the verifying AS. `complex` stands for a
 * relationship that is none of the others (draft-28 §6.4).
 */
export type NeighborRole = 'provider' | 'customer' | 'peer' | 'rs' | 'rs-client' | 'complex';

// This room takes types of `bgp` only, so the segment type numbers are repeated here, held to the originals by type.
export const SEQUENCE: typeof AS_SEQUENCE = 2;
export const SET: typeof AS_SET = 1;
export const CONFED_SEQUENCE: typeof AS_CONFED_SEQUENCE = 3;
export const CONFED_SET: typeof AS_CONFED_SET = 4;
