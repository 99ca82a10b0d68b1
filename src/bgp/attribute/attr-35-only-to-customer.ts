import { createWriter, readU32 } from '../../bytes/index.js';
import type { Asn } from '../../inet/index.js';
import { expectLength } from './attribute-fault.js';

/** Type code of Only to Customer, OTC (RFC 9234 §5). */
export const ATTR_ONLY_TO_CUSTOMER = 35;

/**
 * Decodes the value `octets[start, end)`: the AS from which on the route goes to customers only.
 *
 * @throws {BgpError} treat-as-withdraw (RFC 9234 §5): `only-to-customer-length`.
 */
export function decodeOnlyToCustomer(octets: Uint8Array, start = 0, end = octets.length): Asn {
  expectLength(ATTR_ONLY_TO_CUSTOMER, 'only-to-customer', start, end, 4);
  return readU32(octets, start);
}

/** The attribute value, 4 octets. RFC 9234 §5. */
export function encodeOnlyToCustomer(asn: Asn): Uint8Array {
  return createWriter().u32(asn, 'only-to-customer').finish();
}
