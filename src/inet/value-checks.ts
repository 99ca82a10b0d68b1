import { sayValue } from './value-kind.js';

/**
 * Refuses what is no octets.
 *
 * @throws {TypeError}
 */
export function requireOctets(value: unknown, what: string): asserts value is Uint8Array {
  if (value instanceof Uint8Array) return;
  const hint = typeof value === 'string' ? ' (TextEncoder writes text)' : '';
  throw new TypeError(`${what} is ${sayValue(value)}, not octets in a Uint8Array${hint}`);
}

/**
 * Refuses what is no function.
 *
 * @throws {TypeError}
 */
export function requireFunction(value: unknown, what: string): void {
  if (typeof value !== 'function') throw new TypeError(`${what} is ${sayValue(value)}, not a function`);
}

/**
 * Refuses what is no whole number from 0 to `most`.
 *
 * @throws {TypeError} for what is no number; {@link RangeError} for another number.
 */
export function requireNumber(value: unknown, what: string, most: number): void {
  if (typeof value !== 'number')
    throw new TypeError(`${what} ${sayValue(value)} is not a number in 0..${most}`);
  if (Number.isInteger(value) && value >= 0 && value <= most) return;
  throw new RangeError(`${what} ${value} is not a whole number in 0..${most}`);
}
