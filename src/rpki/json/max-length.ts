import { DecodeError } from '../../bytes/index.js';
import type { Prefix } from '../../inet/index.js';

/**
 * A maxLength: absent means the prefix length (RFC 9582 §4.3.2.2), else it lies between that and the address length.
 *
 * @throws {DecodeError} `max-length-syntax` or `max-length-range`.
 */
export function readMaxLength(value: unknown, prefix: Prefix, field = 'maxLength'): number {
  if (value === undefined) return prefix.length;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new DecodeError('max-length-syntax', 'a maxLength is a whole number', { field });
  }
  const bits = 8 * prefix.octets.length;
  if (value < prefix.length || value > bits) {
    const message = `maxLength ${value} is not in ${prefix.length}..${bits}`;
    throw new DecodeError('max-length-range', message, { field });
  }
  return value;
}
