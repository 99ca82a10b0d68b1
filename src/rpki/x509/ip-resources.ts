import * as asn1js from 'asn1js';
import { IPv4, IPv6, RangedSet } from 'ip-num';
import { DecodeError } from '../../bytes/index.js';
import {
  type Afi,
  addressLength,
  formatAddress,
  formatPrefix,
  makePrefix,
  type Prefix,
  parseAddress,
  parsePrefix,
} from '../../inet/index.js';
import { type Asn1, bitString, decodeAsn1, octetString, sequence } from '../der/asn1.js';
import { areCanonical, type Range } from './ranges.js';

/** The addresses of one family that a certificate holds: `inherit`, or ascending disjoint ranges (RFC 3779 §2). */
export type IpResources = 'inherit' | readonly Range[];

/** The value of the IP Address Delegation extension, 1.3.6.1.5.5.7.1.7. */
export interface IpAddrBlocks {
  readonly families: ReadonlyMap<Afi, IpResources>;
  /** Whether a SAFI octet is present somewhere, which RFC 6487 §4.8.10 forbids. */
  readonly hasSafi: boolean;
  /** Whether families and ranges are in canonical order (RFC 3779 §2.2.3.3, §2.2.3.6). */
  readonly canonical: boolean;
}

/**
 * Decodes the extension's value (RFC 3779 §2.2.3).
 *
 * @throws {DecodeError} `asn1-syntax`.
 */
export function decodeIpAddrBlocks(octets: Uint8Array): IpAddrBlocks {
  const families = new Map<Afi, IpResources>();
  let hasSafi = false;
  let canonical = true;
  let previous = 0;
  for (const [i, item] of sequence(decodeAsn1(octets, 'ip-resources'), 'ip-resources').entries()) {
    const field = `ip-resources[${i}]`;
    const [familyOctets, choice, ...rest] = sequence(item, field);
    const { afi, safi } = decodeFamily(octetString(familyOctets, field), field);
    if (rest.length > 0 || families.has(afi)) throw new DecodeError('asn1-syntax', 'not a family', { field });
    const resources = decodeChoice(choice, afi, field);
    families.set(afi, resources);
    hasSafi ||= safi;
    canonical &&= afi > previous && (resources === 'inherit' || areCanonical(resources));
    previous = afi;
  }
  return { families, hasSafi, canonical };
}

/** The `addressFamily` octets: two for the AFI, perhaps one for a SAFI (RFC 3779 §2.2.3.3). */
export function decodeFamily(octets: Uint8Array, field: string): { afi: Afi; safi: boolean } {
  const afi = octets[1];
  if ((octets.length === 2 || octets.length === 3) && octets[0] === 0 && (afi === 1 || afi === 2)) {
    return { afi, safi: octets.length === 3 };
  }
  throw new DecodeError('asn1-syntax', 'an address family is 0001 or 0002', { field });
}

function decodeChoice(choice: Asn1 | undefined, afi: Afi, field: string): IpResources {
  if (choice instanceof asn1js.Null) return 'inherit';
  return sequence(choice, field).map((item, i): Range => {
    const place = `${field}.addresses[${i}]`;
    if (item instanceof asn1js.BitString) return bounds(item, item, afi, place);
    const [min, max, ...rest] = sequence(item, place);
    const range = bounds(min, max, afi, place);
    if (rest.length > 0 || range.min > range.max)
      throw new DecodeError('asn1-syntax', 'not a range', { field: place });
    return range;
  });
}

/** RFC 3779 §2.2.3.9: absent low bits are 0 in the lower bound and 1 in the upper one. */
function bounds(lower: Asn1 | undefined, upper: Asn1 | undefined, afi: Afi, field: string): Range {
  return { min: addressBits(lower, afi, 0, field), max: addressBits(upper, afi, 0xff, field) };
}

function addressBits(value: Asn1 | undefined, afi: Afi, fill: 0 | 0xff, field: string): bigint {
  const { octets, length } = decodeIpAddress(value, afi, field);
  const whole = octets.slice();
  for (let bit = length; bit < 8 * whole.length; bit++) {
    const mask = 0x80 >> (bit & 7);
    whole[bit >> 3] = fill === 0 ? (whole[bit >> 3] as number) & ~mask : (whole[bit >> 3] as number) | mask;
  }
  return toBigInt(whole);
}

/** A prefix as a BIT STRING of its significant bits (RFC 3779 §2.1.1, also in ROAs, RFC 9582 §4.3.2.1). */
export function decodeIpAddress(value: Asn1 | undefined, afi: Afi, field: string): Prefix {
  const { octets, unusedBits } = bitString(value, field);
  const size = addressLength(afi);
  const length = 8 * octets.length - unusedBits;
  if (octets.length > size || length < 0)
    throw new DecodeError('asn1-syntax', 'too many address bits', { field });
  const whole = new Uint8Array(size);
  whole.set(octets);
  return makePrefix(afi, whole, length);
}

/** The BIT STRING of a prefix's significant bits. */
export function encodeIpAddress(prefix: Prefix): asn1js.BitString {
  const count = Math.ceil(prefix.length / 8);
  return new asn1js.BitString({
    valueHex: prefix.octets.slice(0, count),
    unusedBits: 8 * count - prefix.length,
  });
}

/** The range of addresses of a prefix. */
export function prefixRange(prefix: Prefix): Range {
  const min = toBigInt(prefix.octets);
  return { min, max: min + (1n << BigInt(8 * prefix.octets.length - prefix.length)) - 1n };
}

/** A range of addresses as people write it: a prefix where it is one, else `first-last`. RFC 3779 §2.2.3. */
export function formatAddressRange({ min, max }: Range, afi: Afi): string {
  const set =
    afi === 1
      ? RangedSet.fromRangeString(`${IPv4.fromNumber(min)}-${IPv4.fromNumber(max)}`)
      : RangedSet.fromRangeString(`${IPv6.fromBigInt(min)}-${IPv6.fromBigInt(max)}`);
  const canonical = (text: string): string => formatAddress(parseAddress(text));
  if (set.isCidrAble()) return formatPrefix(parsePrefix(set.toCidrRange().toCidrString()));
  return `${canonical(set.getFirst().toString())}-${canonical(set.getLast().toString())}`;
}

/** Encodes the extension's value from prefixes per family, in canonical order. */
export function encodeIpAddrBlocks(families: ReadonlyMap<Afi, 'inherit' | readonly Prefix[]>): Uint8Array {
  const value = [...families]
    .sort(([a], [b]) => a - b)
    .map(([afi, prefixes]) => {
      const family = new asn1js.OctetString({ valueHex: Uint8Array.of(0, afi) });
      const choice =
        prefixes === 'inherit'
          ? new asn1js.Null()
          : new asn1js.Sequence({ value: prefixes.map(encodeIpAddress) });
      return new asn1js.Sequence({ value: [family, choice] });
    });
  return new Uint8Array(new asn1js.Sequence({ value }).toBER());
}

function toBigInt(octets: Uint8Array): bigint {
  return octets.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
}
