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

/** The value of a role in the Role Capability. RFC 9234 §4.1. */
export function bgpRoleValue(role: BgpRole): number {
  return ROLES.indexOf(role);
}

/**
 * The role of the NEIGHBOUR, which the ASPA procedures want, for the role configured and sent here.
 * RFC 9234 §4, draft-28 §6.3.
 */
export function neighborRoleOf(localRole: BgpRole): BgpRole {
  return COUNTERPART[localRole];
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
 * @param localRole the role configured and sent; undefined where none is (docs/decisions.md D-aspa-role-not-configured).
 * @param received the values of all BGP Role Capabilities in the OPEN, unassigned ones included.
 * @param strict refuses a neighbour that sends no role; off by default, as RFC 9234 §8 advises.
 */
export function checkBgpRole(
  localRole: BgpRole | undefined,
  received: readonly number[],
  strict = false,
): RoleCheck {
  const [value] = received;
  if (received.some((other) => other !== value)) return mismatch('conflicting-roles');
  if (localRole === undefined) return { accepted: true };
  const neighborRole = COUNTERPART[localRole];
  if (value === undefined) return strict ? mismatch('role-missing') : { accepted: true, neighborRole };
  if (bgpRoleOfValue(value) !== neighborRole) return mismatch('role-mismatch');
  return { accepted: true, neighborRole };
}

function mismatch(reason: 'role-mismatch' | 'conflicting-roles' | 'role-missing'): RoleCheck {
  return { accepted: false, notification: { code: 2, subcode: 11 }, reason };
}
