import { createWriter, readU16, readU32 } from '../../bytes/index.js';
import type { Asn } from '../../inet/index.js';
import type { AsnSize } from './attr-02-as-path.js';
import { expectLength, malformedAttribute } from './attribute-fault.js';

/** Type codes of AGGREGATOR (RFC 4271 §5.1.7) and AS4_AGGREGATOR (RFC 6793 §3). */
export const ATTR_AGGREGATOR = 7;
export const ATTR_AS4_AGGREGATOR = 18;

/** AS and IPv4 address (4 octets) of the speaker that aggregated a route. */
export interface Aggregator {
  readonly asn: Asn;
  readonly address: Uint8Array;
}

/**
 * Decodes an AGGREGATOR value, `octets[start, end)`: 6 or 8 octets as the session has it.
 *
 * @throws {BgpError} attribute-discard (RFC 7606 §7.7; RFC 7607 §2): `aggregator-length`, `as-zero`.
 */
export function decodeAggregator(
  octets: Uint8Array,
  asnSize: AsnSize,
  start = 0,
  end = octets.length,
): Aggregator {
  return decode(ATTR_AGGREGATOR, 'aggregator', octets, asnSize, start, end);
}

/**
 * Decodes an AS4_AGGREGATOR value, `octets[start, end)`, 8 octets.
 *
 * @throws {BgpError} attribute-discard (RFC 6793 §6; RFC 7607 §2): `as4-aggregator-length`, `as-zero`.
 */
export function decodeAs4Aggregator(octets: Uint8Array, start = 0, end = octets.length): Aggregator {
  return decode(ATTR_AS4_AGGREGATOR, 'as4-aggregator', octets, 4, start, end);
}

/**
 * The value of AGGREGATOR, or with `asnSize` 4 also that of AS4_AGGREGATOR. RFC 4271 §5.1.7, RFC 6793 §4.1.
 *
 * @throws {RangeError} for an ASN that does not fit, or an address that has not 4 octets.
 */
export function encodeAggregator({ asn, address }: Aggregator, asnSize: AsnSize): Uint8Array {
  if (address.length !== 4) throw new RangeError(`aggregator.address: ${address.length} octets instead of 4`);
  const writer = createWriter();
  if (asnSize === 4) writer.u32(asn, 'aggregator.asn');
  else writer.u16(asn, 'aggregator.asn');
  return writer.bytes(address).finish();
}

function decode(
  attribute: number,
  field: 'aggregator' | 'as4-aggregator',
  octets: Uint8Array,
  asnSize: AsnSize,
  start: number,
  end: number,
): Aggregator {
  expectLength(attribute, field, start, end, asnSize + 4, 'once', 'attribute-discard');
  const asn = asnSize === 4 ? readU32(octets, start) : readU16(octets, start);
  if (asn === 0) throw malformedAttribute(attribute, field, start, 'as-zero', 'AS 0', 'attribute-discard');
  return { asn, address: octets.subarray(start + asnSize, end) };
}
