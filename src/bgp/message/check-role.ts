import { sayValue } from '../../inet/index.js';
import { type BgpRole, roleOfValue } from '../capability/cap-09-role.js';

/** Allowed pairs, local to remote (RFC 9234 §4.2, Table 2). */
const COUNTERPART: Readonly<Record<BgpRole, BgpRole>> = {
  provider: 'customer',
  customer: 'provider',
  rs: 'rs-client',
  'rs-client': 'rs',
  peer: 'peer',
};

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
  const neighborRole = counterpart(localRole);
  if (value === undefined) return strict ? mismatch('role-missing') : { accepted: true, neighborRole };
  if (roleOfValue(value) !== neighborRole) return mismatch('role-mismatch');
  return { accepted: true, neighborRole };
}

function counterpart(role: BgpRole): BgpRole {
  if (Object.hasOwn(COUNTERPART, role)) return COUNTERPART[role];
  throw new TypeError(`${sayValue(role)} is not a BGP role (${Object.keys(COUNTERPART).join(', ')})`);
}

function mismatch(reason: 'role-mismatch' | 'conflicting-roles' | 'role-missing'): RoleCheck {
  return { accepted: false, notification: { code: 2, subcode: 11 }, reason };
}
