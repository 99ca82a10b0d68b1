import { DecodeError, fromHex, requireKnownMembers } from '../bytes/index.js';
import { type Afi, type Asn, type Prefix, parseAsn, parsePrefix } from '../inet/index.js';

/** Where a value of a question stands, for errors, and the value; `undefined` where it is absent. */
export interface Place {
  readonly path: string;
  readonly value: unknown;
}

/** The members of a JSON object. */
export type Members = Readonly<Record<string, unknown>>;

/** The member `name` of an object that stands at `path`. */
export function member(fields: Members, name: string, path = ''): Place {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return { path: path === '' ? name : `${path}.${name}`, value };
}

/** Whether the place holds a value; JSON null counts as none. */
export function isPresent({ value }: Place): boolean {
  return value !== undefined && value !== null;
}

/** What `read` makes of the place, or the default where nothing is there. */
export function optional<T, D>(place: Place, read: (place: Place) => T, fallback: D): T | D {
  return isPresent(place) ? read(place) : fallback;
}

/**
 * The members of the object at a place.
 *
 * @param known the names that are read.
 * @throws {DecodeError} `request-member` unless it holds an object, `unknown-member` for any other name.
 */
export function readFields(place: Place, known: readonly string[]): Members {
  const fields = readMembers(place);
  requireKnownMembers(fields, known, place.path);
  return fields;
}

/** As {@link readFields}, for an object whose own members say which others it has. */
export function readMembers({ path, value }: Place): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badMember(path, 'an object');
  return value as Members;
}

/** @throws {DecodeError} `request-member` unless the place holds an array, and what `read` throws for its elements. */
export function readList<T>({ path, value }: Place, read: (place: Place) => T): readonly T[] {
  if (!Array.isArray(value)) throw badMember(path, 'an array');
  return value.map((item: unknown, i) => read({ path: `${path}[${i}]`, value: item }));
}

/**
 * Octets in hexadecimal, exactly `length` where it is given.
 *
 * @throws {DecodeError} `request-member`, `hex-syntax`, `hex-length`.
 */
export function readOctets({ path, value }: Place, length?: number): Uint8Array {
  if (typeof value !== 'string') throw badMember(path, 'octets in hexadecimal');
  const octets = fromHex(value, path);
  if (length !== undefined && octets.length !== length) throw badMember(path, `${length} octets`);
  return octets;
}

/** An AS number, 0 included. @throws {DecodeError} `asn-syntax`, `asn-range`. */
export function readAnyAsn(place: Place): Asn {
  const { path, value } = place;
  if (!isPresent(place)) throw new DecodeError('asn-syntax', 'this is needed, an ASN', { field: path });
  return parseAsn(value, path);
}

/** An AS number of a speaker, which is not 0 (RFC 7607 §2). @throws {DecodeError} `asn-syntax`, `asn-range`. */
export function readAsn(place: Place): Asn {
  const asn = readAnyAsn(place);
  if (asn === 0)
    throw new DecodeError('asn-range', 'AS 0 is no AS number of a speaker', { field: place.path });
  return asn;
}

/** A whole number. @throws {DecodeError} `request-member` unless it lies in `min..max`. */
export function readNumber({ path, value }: Place, min = 0, max = 0xffff_ffff): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw badMember(path, `a whole number in ${min}..${max}`);
  }
  return value;
}

/** @throws {DecodeError} `request-member` unless the place holds true or false. */
export function readFlag({ path, value }: Place): boolean {
  if (typeof value !== 'boolean') throw badMember(path, 'true or false');
  return value;
}

/** @throws {DecodeError} `request-member` unless the place holds one of `values`. */
export function readOneOf<T extends string>({ path, value }: Place, values: readonly T[]): T {
  const found = values.find((one) => one === value);
  if (found === undefined) throw badMember(path, values.join(' or '));
  return found;
}

/** @throws {DecodeError} `request-member` unless the place holds 1 (IPv4) or 2 (IPv6). */
export function readAfi(place: Place): Afi {
  return readNumber(place, 1, 2) as Afi;
}

/** A prefix without host bits. @throws {DecodeError} `request-member`, and as `parsePrefix`. */
export function readPrefix({ path, value }: Place): Prefix {
  if (typeof value !== 'string') throw badMember(path, 'a prefix');
  return parsePrefix(value, path);
}

/** The error for a value of the wrong kind. */
export function badMember(path: string, what: string): DecodeError {
  return new DecodeError('request-member', `must be ${what}`, { field: path });
}
