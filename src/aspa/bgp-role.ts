import { sayValue } from '../inet/index.js';
import type { NeighborRole } from './terms.js';

/** BGP Role of RFC 9234 §3.1: the role of its SENDER. Complex relationships have none. */
export type BgpRole = Exclude<NeighborRole, 'complex'>;

/**
 * Allowed pairs, local to remote (RFC 9234 §4.2, Table 2). `bgp` has them too, for OPENs: this room takes no code from it.
 */
const COUNTERPART: Readonly<Record<BgpRole, BgpRole>> = {
  provider: 'customer',
  customer: 'provider',
  rs: 'rs-client',
  'rs-client': 'rs',
  peer: 'peer',
};

/**
 * The role of the NEIGHBOUR, which the ASPA procedures want, for the role configured and sent here.
 * RFC 9234 §4, draft-28 §6.3.
 *
 * @throws {TypeError} for what is no BGP role.
 */
export function neighborRoleOf(localRole: BgpRole): BgpRole {
  if (Object.hasOwn(COUNTERPART, localRole)) return COUNTERPART[localRole];
  throw new TypeError(`${sayValue(localRole)} is not a BGP role (${Object.keys(COUNTERPART).join(', ')})`);
}
