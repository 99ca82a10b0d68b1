import type { AsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import type { NeighborRole, Procedure } from './terms.js';

/** Who sent a route, and by which procedure it is verified: a role or a procedure is needed, and there is no default. */
export type VerificationContext = {
  /** The ASN the neighbour uses on the session; without it step 2 is not run and the evidence says so. */
  readonly neighborAs?: Asn | undefined;
  /** NON-SPEC: ASN of a non-transparent route server that has to lead the path; draft-28 exempts every RS-client. */
  readonly routeServerAs?: Asn | undefined;
} & (
  | {
      /** The role of the NEIGHBOUR, not the local one. */
      readonly neighborRole: NeighborRole;
      /** For the sessions or prefixes of a complex neighbour. */
      readonly procedure?: Procedure | undefined;
    }
  | {
      readonly neighborRole?: undefined;
      /** For a caller without a role. */
      readonly procedure: Procedure;
    }
);

/** One path to verify, as received, before any local prepend or policy (draft-28 §6.2). */
export type VerificationInput = {
  /** Merged with AS4_PATH where both came (RFC 6793 §4.2.3). */
  readonly asPath: AsPath;
} & VerificationContext;
