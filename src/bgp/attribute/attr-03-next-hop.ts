import { expectLength, malformedAttribute } from './attribute-fault.js';

/** Type code of NEXT_HOP (RFC 4271 §5.1.3). */
export const ATTR_NEXT_HOP = 3;

/**
 * Decodes the value `octets[start, end)`: an IPv4 address, 4 octets (a view).
 *
 * @throws {BgpError} treat-as-withdraw: `next-hop-length` (RFC 7606 §7.3); `next-hop-address` for 0.0.0.0, multicast
 * and above, which are no host addresses (RFC 4271 §6.3 with RFC 7606 §3 e; docs/decisions/bgp.md
 * D-next-hop-address).
 */
export function decodeNextHop(octets: Uint8Array, start = 0, end = octets.length): Uint8Array {
  expectLength(ATTR_NEXT_HOP, 'next-hop', start, end, 4);
  const address = octets.subarray(start, end);
  if ((address[0] as number) >= 224 || address.every((octet) => octet === 0)) {
    const text = address.join('.');
    throw malformedAttribute(
      ATTR_NEXT_HOP,
      'next-hop',
      start,
      'next-hop-address',
      `${text} is no host address`,
    );
  }
  return address;
}

/**
 * The attribute value for an IPv4 address of 4 octets. RFC 4271 §5.1.3.
 *
 * @throws {RangeError} for another length.
 */
export function encodeNextHop(address: Uint8Array): Uint8Array {
  if (address.length !== 4) throw new RangeError(`next-hop: ${address.length} octets instead of 4`);
  return address.slice();
}
