import { isAsn } from './asn.js';
import type { Prefix } from './prefix.js';
import { sayValue } from './value-kind.js';

// Words for callers who hand over something that the types do not allow, as plain JavaScript can. Everything here
// answers with a TypeError or a RangeError in a sentence that names the argument, never with an engine's own message.

/**
 * Refuses what is no ASN.
 *
 * @throws {TypeError} for what is no number; {@link RangeError} for a number that is no ASN.
 */
export function requireAsn(value: unknown, what: string): void {
  if (isAsn(value)) return;
  if (typeof value === 'number') throw new RangeError(`${what} ${value} is not an ASN (0..4294967295)`);
  throw new TypeError(`${what} ${sayValue(value)} is not an ASN, which is a number in 0..4294967295`);
}

/**
 * Refuses what is no object.
 *
 * @throws {TypeError} saying what was expected.
 */
export function requireObject(value: unknown, what: string, expected: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${what} is ${sayValue(value)}, not ${expected}`);
  }
}

/**
 * Refuses what cannot be gone through with `for … of`, and text, which could be.
 *
 * @throws {TypeError} saying what was expected.
 */
export function requireIterable(value: unknown, what: string, expected: string): void {
  if (typeof value !== 'object' || value === null || !(Symbol.iterator in value)) {
    throw new TypeError(`${what} is ${sayValue(value)}, not ${expected}`);
  }
}

/**
 * Refuses what is no {@link Prefix} by shape; host bits are not looked at.
 *
 * @throws {TypeError} for what is no such object; {@link RangeError} for a length that its family has not.
 */
export function requirePrefix(prefix: Prefix, what: string): void {
  const { afi, octets, length } = Object(prefix) as Partial<Prefix>;
  if ((afi !== 1 && afi !== 2) || !(octets instanceof Uint8Array)) {
    throw new TypeError(
      `${what} is ${sayValue(prefix)}, not a Prefix {afi, octets, length} (parsePrefix of pathsec/inet reads text)`,
    );
  }
  if (octets.length !== (afi === 1 ? 4 : 16)) {
    throw new RangeError(`${what} has ${octets.length} octets of address; IPv4 has 4, IPv6 16`);
  }
  if (!Number.isInteger(length) || (length as number) < 0 || (length as number) > 8 * octets.length) {
    throw new RangeError(`${what} has the length ${sayValue(length)}, not 0..${8 * octets.length}`);
  }
}
