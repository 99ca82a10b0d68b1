import { createWriter } from '../../bytes/index.js';
import { sayValue } from '../../inet/index.js';

/** The capability code (RFC 9234 §4.1). */
export const CAP_ROLE = 9;

const ROLES = ['provider', 'rs', 'rs-client', 'customer', 'peer'] as const;

/** A role of RFC 9234 §4.1, Table 1, in the order of its values. */
export type BgpRole = (typeof ROLES)[number];

/** BGP Role (RFC 9234 §4.1): the sender's own role on the session. */
export interface RoleCapability {
  readonly name: 'role';
  /** 0 provider, 1 rs, 2 rs-client, 3 customer, 4 peer; 5..255 are unassigned. */
  readonly value: number;
}

/** The capability value read; undefined when it has not 1 octet. */
export function decodeRole(value: Uint8Array): RoleCapability | undefined {
  return value.length === 1 ? { name: 'role', value: value[0] as number } : undefined;
}

/** The capability value, 1 octet. */
export function encodeRole(capability: RoleCapability): Uint8Array {
  return createWriter().u8(capability.value, 'role').finish();
}

/** The role with this value; undefined for the unassigned ones. RFC 9234 §4.1. */
export function roleOfValue(value: number): BgpRole | undefined {
  return ROLES[value];
}

/**
 * The capability that announces `role`. RFC 9234 §4.1.
 *
 * @throws {TypeError} for what is no BGP role.
 */
export function roleCapability(role: BgpRole): RoleCapability {
  const value = ROLES.indexOf(role);
  if (value >= 0) return { name: 'role', value };
  throw new TypeError(`${sayValue(role)} is not a BGP role (${ROLES.join(', ')})`);
}
