import { DecodeError } from '../bytes/index.js';
import { type Asn, isAsn } from '../inet/index.js';

/** The members of an object of JSON that somebody else made. */
export type Members = Readonly<Record<string, unknown>>;

/** An object of JSON, and no array. */
export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text of at most so many characters; undefined where it is absent. @throws {DecodeError} `link-member`. */
export function textMember(members: Members, name: string, longest: number): string | undefined {
  const value = members[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw wrong(name, 'no text');
  if (value.length > longest) throw wrong(name, `more than ${longest} characters`);
  return value;
}

/** One of some words; undefined where it is absent. @throws {DecodeError} `link-member`. */
export function oneOfMember<Word extends string>(
  members: Members,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const value = members[name];
  if (value === undefined) return undefined;
  const word = words.find((one) => one === value);
  if (word === undefined) throw wrong(name, `none of ${words.join(', ')}`);
  return word;
}

/** An ASN as a number; undefined where it is absent. @throws {DecodeError} `link-member`. */
export function asnMember(members: Members, name: string): Asn | undefined {
  const value = members[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !isAsn(value)) throw wrong(name, 'no AS number');
  return value;
}

/** A number between two others, these included; undefined where it is absent. @throws {DecodeError} `link-member`. */
export function numberMember(
  members: Members,
  name: string,
  [least, most]: readonly [least: number, most: number],
): number | undefined {
  const value = members[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !(value >= least && value <= most)) {
    throw wrong(name, `no number from ${least} to ${most}`);
  }
  return value;
}

/** A list of texts; undefined where it is absent. @throws {DecodeError} `link-member`. */
export function listMember(
  members: Members,
  name: string,
  most: number,
  longest: number,
): readonly string[] | undefined {
  const value = members[name];
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw wrong(name, 'no list');
  if (value.length > most) throw wrong(name, `more than ${most} entries`);
  return value.map((item: unknown, i) => {
    if (typeof item === 'string' && item.length <= longest) return item;
    throw wrong(`${name}[${i}]`, `no text of at most ${longest} characters`);
  });
}

/** An object; undefined where it is absent. @throws {DecodeError} `link-member`. */
export function objectMember(members: Members, name: string): Members | undefined {
  const value = members[name];
  if (value === undefined) return undefined;
  if (!isMembers(value)) throw wrong(name, 'no object');
  return value;
}

function wrong(field: string, what: string): DecodeError {
  return new DecodeError('link-member', what, { field });
}
