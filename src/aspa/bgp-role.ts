import { sayValue } from '../inet/index.js';
import type { NeighborRole } from './terms.js';

/** BGP Role of RFC 9234 §3.1: the role of its SENDER. Complex relationships have none. */
export type BgpRole = Exclude<NeighborRole, 'complex'>;

/** Values of the BGP Role Capability, code 9 (RFC 9234 §4.1, Table 1). 5 to 255 are unassigned. */
const ROLES: readonly BgpRole[] = ['provider', 'rs', 'rs-client', 'customer', 'peer'];

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

/** The role of a Role Capability value; undefined for an unassigned one. RFC 9234 §4.1. */
export function bgpRoleOfValue(value: number): BgpRole | undefined {
  return ROLES[value];
}

/**
 * The value of a role in the Role Capability. RFC 9234 §4.1.
 *
 * @throws {TypeError} for what is no BGP role.
 */
export function bgpRoleValue(role: BgpRole): number {
  return ROLES.indexOf(known(role));
}

/**
 * The role of the NEIGHBOUR, which the ASPA procedures want, for the role configured and sent here.
 * RFC 9234 §4, draft-28 §6.3.
 *
 * @throws {TypeError} for what is no BGP role.
 */
export function neighborRoleOf(localRole: BgpRole): BgpRole {
  return COUNTERPART[known(localRole)];
}

function known(role: BgpRole): BgpRole {
  if (ROLES.includes(role)) return role;
  throw new TypeError(`${sayValue(role)} is not a BGP role (${ROLES.join(', ')})`);
}
