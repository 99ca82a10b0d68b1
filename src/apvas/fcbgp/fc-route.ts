import type { AsPath, BgpRole } from '../../bgp/index.js';
import type { Suites } from '../../bgpsec/index.js';
import type { Asn, Prefix } from '../../inet/index.js';
import type { FcPath } from './attr-255-fc-path.js';
import type { FcKeys } from './fc-keys.js';

/** A received route with its forwarding commitments. */
export interface FcRoute {
  /** As received: of the AS_PATH, or of the Secure_Path where there is a BGPsec_PATH. */
  readonly asPath: AsPath;
  /** The one prefix. */
  readonly prefix: Prefix;
  readonly path: FcPath;
}

/** What the receiver knows of the session on which a route came. There is no capability (draft §2). */
export interface FcSession {
  /** The AS that this side announced in its OPEN: the NASN of the newest segment. */
  readonly localAs: Asn;
  /** The AS that the peer announced in its OPEN. */
  readonly peerAs: Asn;
  readonly kind: 'external' | 'internal';
  /** The peer is a route server that takes part and stands in no AS_PATH (draft §4.1). Default false. */
  readonly expectFlagsRs?: boolean;
  /**
   * ASes of route servers that stand in no AS_PATH and make no segments (docs/decisions/fcbgp.md D-fcbgp-route-server).
   * Default none.
   */
  readonly routeServers?: ReadonlySet<Asn>;
  /**
   * The role that the peer has for this side (RFC 9234 §4.1). Absent: no prevention of route leaks, and neither Flags-P2C
   * nor Flags-P2P is looked at (draft §4.4).
   */
  readonly peerRole?: BgpRole;
}

/** Keys and algorithms of a verifier. */
export interface FcVerifier {
  readonly keys: FcKeys;
  /** By Algorithm ID, which is numbered as the suites of BGPsec (draft §3). */
  readonly suites: Suites;
}
