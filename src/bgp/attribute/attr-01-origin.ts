import { sayValue } from '../../inet/index.js';
import { expectLength, malformedAttribute } from './attribute-fault.js';

/** Type code of ORIGIN (RFC 4271 §5.1.1). */
export const ATTR_ORIGIN = 1;

const ORIGINS = ['igp', 'egp', 'incomplete'] as const;

/** A value of ORIGIN (RFC 4271 §4.3 a): 0, 1, 2. */
export type Origin = (typeof ORIGINS)[number];

/**
 * Decodes the value `octets[start, end)`.
 *
 * @throws {BgpError} treat-as-withdraw (RFC 7606 §7.1): `origin-length`, `origin-value`.
 */
export function decodeOrigin(octets: Uint8Array, start = 0, end = octets.length): Origin {
  expectLength(ATTR_ORIGIN, 'origin', start, end, 1);
  const origin = ORIGINS[octets[start] as number];
  if (origin) return origin;
  throw malformedAttribute(ATTR_ORIGIN, 'origin', start, 'origin-value', `undefined value ${octets[start]}`);
}

/**
 * The attribute value, 1 octet. RFC 4271 §5.1.1.
 *
 * @throws {TypeError} for another name.
 */
export function encodeOrigin(origin: Origin): Uint8Array {
  const value = ORIGINS.indexOf(origin);
  if (value < 0) throw new TypeError(`ORIGIN ${sayValue(origin)} is none of ${ORIGINS.join(', ')}`);
  return Uint8Array.of(value);
}
