import { sayValue } from '../inet/index.js';
import type { NeighborRole } from './terms.js';

/** BGP Role of RFC 9234 §3.1: the role of its SENDER. Complex relationships have none. */
export type BgpRole = Exclude<NeighborRole, 'complex'>;

/** Values of the BGP Role Capability, code 9 (RFC 9234 §4.1, Table 1). 5 to 255 are unassigned. */
const ROLES: readonly BgpRole[] = ['provider', 'rs', 'rs-client', 'customer', 'peer'];

/** Allowed pairs, local to remote (RFC 9234 §4.2, Table 2). */
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

export type RoleCheck =
  | {
      readonly accepted: true;
      /** Absent where no role is configured here. */
      readonly neighborRole?: BgpRole;
    }
  | {
      readonly accepted: false;
      /** OPEN Message Error, Role Mismatch. */
      readonly notification: { readonly code: 2; readonly subcode: 11 };
      readonly reason: 'role-mismatch' | 'conflicting-roles' | 'role-missing';
    };

/**
 * Role correctness of RFC 9234 §4.2 for one received OPEN.
 *
 * @param localRole the role configured and sent; undefined where none is (docs/decisions/aspa.md
 *   D-aspa-role-not-configured).
 * @param received the values of all BGP Role Capabilities in the OPEN, unassigned ones included.
 * @throws {TypeError} for a local role that is none.
 * @param strict refuses a neighbour that sends no role; off by default, as RFC 9234 §8 advises.
 */
export function checkBgpRole(
  localRole: BgpRole | undefined,
  received: readonly number[],
  strict = false,
): RoleCheck {
  if (!Array.isArray(received)) {
    throw new TypeError(`received is ${sayValue(received)}, not the list of the Role values in the OPEN`);
  }
  const [value] = received as readonly number[];
  if (received.some((other) => other !== value)) return mismatch('conflicting-roles');
  if (localRole === undefined) return { accepted: true };
  const neighborRole = COUNTERPART[known(localRole)];
  if (value === undefined) return strict ? mismatch('role-missing') : { accepted: true, neighborRole };
  if (bgpRoleOfValue(value) !== neighborRole) return mismatch('role-mismatch');
  return { accepted: true, neighborRole };
}

function known(role: BgpRole): BgpRole {
  if (ROLES.includes(role)) return role;
  throw new TypeError(`${sayValue(role)} is not a BGP role (${ROLES.join(', ')})`);
}

function mismatch(reason: 'role-mismatch' | 'conflicting-roles' | 'role-missing'): RoleCheck {
  return { accepted: false, notification: { code: 2, subcode: 11 }, reason };
}
