import type { NeighborRole } from '../aspa/index.js';
import type { AsPath, Update } from '../bgp/index.js';
import type { BgpsecSession } from '../bgpsec/index.js';
import type { Asn, Prefix } from '../inet/index.js';
import type { RouteVerdicts } from './verdicts.js';

/** What is known of a session whose routes are judged. */
export interface LiveSession {
  /** The AS of the peer, which has to lead its paths (draft-28 §5.5 step 2); undefined where it is not known. */
  readonly peerAs: Asn | undefined;
  /** The role of the neighbour; undefined where it is not known: then both procedures are run. */
  readonly neighborRole?: NeighborRole | undefined;
  /** For whom signatures are; undefined where it is not known: they are not verified then. */
  readonly bgpsec?: BgpsecSession | undefined;
}

/** What a route is found by in its session. */
export interface RouteName {
  readonly prefix: Prefix;
  /** Its Path Identifier, on a session that has them (RFC 7911 §3). */
  readonly pathId?: number;
}

/** One route as it was announced. */
export interface ReceivedRoute extends RouteName {
  /** AS_PATH, reconstructed where BGPsec_PATH stands in for it. */
  readonly asPath: AsPath;
  /** The UPDATE, where it has a BGPsec_PATH. */
  readonly signed?: Update;
}

/** A route whose verdict is another one now. */
export interface ChangedRoute<S extends LiveSession = LiveSession> extends RouteName {
  /** What was given to `session`. */
  readonly session: S;
  readonly asPath: AsPath;
  readonly verdicts: RouteVerdicts;
  readonly was: RouteVerdicts;
  /** `key` where router keys alone made the difference. */
  readonly cause: 'payload' | 'key';
}
