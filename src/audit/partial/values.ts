import { DecodeError } from '../../bytes/index.js';

// Values of a line of a partial report, checked one by one: the file is a stranger's.

/** A JSON object whose members are to be looked at. */
export type Members = Readonly<Record<string, unknown>>;

/** The largest number of routes, paths or octets of a place in an input. */
const MOST = Number.MAX_SAFE_INTEGER;
/** The largest number that a row of counts holds, and the last AS. */
export const WORD = 0xffff_ffff;

/** The error of a value that is not what stands there. */
export function wrong(field: string, wanted: string): DecodeError {
  return new DecodeError('partial-syntax', `not ${wanted}`, { field });
}

/** @throws {DecodeError} `partial-syntax`, `unknown-member` for a member that is none of `known`. */
export function objectOf(value: unknown, field: string, known: readonly string[]): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(field, 'an object');
  for (const name of Object.keys(value)) {
    if (known.includes(name)) continue;
    throw new DecodeError('partial-syntax', `unknown member; known are ${known.join(', ')}`, {
      field: `${field}.${name.slice(0, 64)}`,
    });
  }
  return value as Members;
}

/** @throws {DecodeError} `partial-syntax`; `partial-limit` for more than `most` entries. */
export function listOf(value: unknown, field: string, most: number): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(field, 'a list');
  if (value.length > most) throw tooMany(field, most);
  return value;
}

/** The error of a list that is longer than any that is written. */
export function tooMany(field: string, most: number): DecodeError {
  return new DecodeError('partial-limit', `more than ${most}`, { field });
}

/** @throws {DecodeError} `partial-syntax`. */
export function textOf(value: unknown, field: string): string {
  if (typeof value !== 'string') throw wrong(field, 'a text');
  return value;
}

/** A whole number from 0 to `most`. @throws {DecodeError} `partial-syntax`. */
export function numberOf(value: unknown, field: string, most = MOST): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw wrong(field, `a whole number in 0..${most}`);
}

/** One of some words. @throws {DecodeError} `partial-syntax`. */
export function wordOf<T extends string>(value: unknown, field: string, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  if (found === undefined) throw wrong(field, `one of ${words.join(', ')}`);
  return found;
}

/** A SHA-256 as hexadecimal text. @throws {DecodeError} `partial-syntax`. */
export function hashOf(value: unknown, field: string): string {
  const text = textOf(value, field);
  if (!/^[0-9a-f]{64}$/.test(text)) throw wrong(field, 'a SHA-256 of 64 hexadecimal digits');
  return text;
}
