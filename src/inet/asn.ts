import { DecodeError } from '../bytes/index.js';

/** An Autonomous System Number: an unsigned 32-bit integer (RFC 6793). Compare with `<`, never with bit operators. */
export type Asn = number;

/** The largest ASN, 4294967295. */
export const MAX_ASN = 0xffff_ffff;
/** AS_TRANS (RFC 6793 §9), the 2-octet stand-in for an ASN that needs four octets. */
export const AS_TRANS = 23456;

/** Whether `value` is an integer in 0..4294967295. */
export function isAsn(value: unknown): value is Asn {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_ASN;
}

const ASPLAIN = /^(?:AS)?(0|[1-9][0-9]{0,9})$/i;
const ASDOT = /^(?:AS)?(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,4})$/i;

/**
 * Reads an ASN as it stands in JSON or text: the number 64496, or "64496", "AS64496", "as64496" (asplain), or
 * asdot "1.10" (RFC 5396; both halves 0..65535). Signs, blanks, exponents, fractions and leading zeros are refused.
 *
 * @throws {DecodeError} `asn-syntax` or `asn-range`.
 */
export function parseAsn(value: unknown, field = 'asn'): Asn {
  if (typeof value === 'number') {
    if (isAsn(value)) return value + 0; // JSON knows -0, an ASN does not
    throw new DecodeError('asn-range', `${value} is not an ASN (0..4294967295)`, { field });
  }
  if (typeof value !== 'string')
    throw new DecodeError('asn-syntax', 'an ASN is a number or a text', { field });
  const plain = ASPLAIN.exec(value);
  if (plain) return checked(Number(plain[1]), value, field);
  const dotted = ASDOT.exec(value);
  if (dotted) {
    if (Number(dotted[1]) > 0xffff || Number(dotted[2]) > 0xffff) {
      throw new DecodeError('asn-range', `asdot halves of ${JSON.stringify(value)} go to 65535`, { field });
    }
    return Number(dotted[1]) * 65536 + Number(dotted[2]);
  }
  throw new DecodeError('asn-syntax', `${JSON.stringify(value.slice(0, 40))} is not an ASN`, { field });
}

/** Up to so many numbers are compared each with each. */
const FEW = 32;

/**
 * Each number once, in the order of its first occurrence. By sorting, where a `Set` would do for numbers of one's own:
 * its hash of numbers is known to everybody, so that a list from outside could make it as slow as comparing all pairs.
 */
export function distinctAsns(asns: readonly Asn[]): Asn[] {
  if (asns.length <= FEW) return asns.filter((asn, i) => asns.indexOf(asn) === i);
  const order = Uint32Array.from(asns, (_, i) => i);
  order.sort((a, b) => (asns[a] as Asn) - (asns[b] as Asn) || a - b);
  const first = new Uint8Array(asns.length);
  let last: Asn | undefined;
  for (const i of order) {
    if (asns[i] !== last) first[i] = 1;
    last = asns[i];
  }
  return asns.filter((_, i) => first[i] === 1);
}

/** `AS64496`, as text output writes it (RFC 5396 asplain). */
export function formatAsn(asn: Asn): string {
  return `AS${asn}`;
}

function checked(asn: number, text: string, field: string): Asn {
  if (isAsn(asn)) return asn;
  throw new DecodeError('asn-range', `${text} is not an ASN (0..4294967295)`, { field });
}
