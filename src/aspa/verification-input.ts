import type { AsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import type { NeighborRole, Procedure } from './terms.js';

/** One path to verify, as received, before any local prepend or policy (draft-28 §6.2). */
export interface VerificationInput {
  /** Merged with AS4_PATH where both came (RFC 6793 §4.2.3). */
  readonly asPath: AsPath;
  /** The ASN the neighbour uses on the session; without it step 2 is not run and the evidence says so. */
  readonly neighborAs?: Asn;
  /** The role of the NEIGHBOUR, not the local one. */
  readonly neighborRole?: NeighborRole;
  /** For a caller without a role, and for the sessions or prefixes of a complex neighbour. */
  readonly procedure?: Procedure;
  /** NON-SPEC: ASN of a non-transparent route server that has to lead the path; draft-28 exempts every RS-client. */
  readonly routeServerAs?: Asn;
}
