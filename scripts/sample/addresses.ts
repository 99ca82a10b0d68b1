/**
 * The address plan: only space that is never routed. IPv4 from private use (RFC 1918), IPv6 from the documentation
 * prefixes (RFC 3849, RFC 9637). A slot is the number of an origin.
 */

/** The /20 of a slot (0..4095) out of 10.0.0.0/8. */
export function ipv4Block(slot: number): string {
  return `10.${slot >> 4}.${(slot & 15) << 4}.0/20`;
}

/** The n-th subnet of `length` (20..26) of a slot's /20. */
export function ipv4Subnet(slot: number, length: number, n: number): string {
  const offset = n << (32 - length);
  return `10.${slot >> 4}.${((slot & 15) << 4) + (offset >> 8)}.${offset & 255}/${length}`;
}

/** The /32 of a slot out of 3fff::/20. */
export function ipv6Block(slot: number): string {
  return slot === 0 ? '3fff::/32' : `3fff:${slot.toString(16)}::/32`;
}

/** The n-th /48 (from 1) of a slot's /32. */
export function ipv6Subnet(slot: number, n: number): string {
  return slot === 0 ? `3fff:0:${n.toString(16)}::/48` : `3fff:${slot.toString(16)}:${n.toString(16)}::/48`;
}
