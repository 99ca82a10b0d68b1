import type { Asn, Prefix } from '../inet/index.js';
import type { AsPath } from './as-path.js';

/** One route as a neighbour announced it; the common value between the readers and the verifiers. */
export interface Route {
  readonly prefix: Prefix;
  /** AS_PATH as received, merged with AS4_PATH (RFC 6793 §4.2.3). Readers share one object among routes of one path. */
  readonly asPath: AsPath;
  /** The AS of the BGP peer the route was received from. */
  readonly peerAs: Asn;
}
