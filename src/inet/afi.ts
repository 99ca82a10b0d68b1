/** Address Family Identifiers of routes: 1 IPv4, 2 IPv6 (IANA address family numbers; RFC 4760). */
export type Afi = 1 | 2;
export const AFI_IPV4 = 1;
export const AFI_IPV6 = 2;
/** Subsequent Address Family Identifier of unicast (RFC 4760). */
export const SAFI_UNICAST = 1;

/** Octets of an address of the family: 4 or 16. */
export function addressLength(afi: Afi): 4 | 16 {
  return afi === AFI_IPV4 ? 4 : 16;
}
