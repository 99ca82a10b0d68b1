import { DecodeError, fromHex } from '../bytes/index.js';
import { type Afi, type Asn, isAsn, type Prefix, parsePrefix } from '../inet/index.js';
import { RequestError } from './request.js';
import type { Fields, Json } from './vector.js';

/** Where a value of a request stands, for errors, and the value; `undefined` where it is absent. */
export interface Place {
  readonly path: string;
  readonly value: Json | undefined;
}

/** The member `name` of an object. */
export function member(fields: Fields, name: string, path = ''): Place {
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

/** @throws {RequestError} unless the place holds an object. */
export function readFields({ path, value }: Place): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wanted(path, 'an object');
  return value as Fields;
}

/** @throws {RequestError} unless the place holds an array all of whose elements `read` takes. */
export function readList<T>({ path, value }: Place, read: (place: Place) => T): readonly T[] {
  if (!Array.isArray(value)) throw wanted(path, 'an array');
  return value.map((item: Json, i) => read({ path: `${path}[${i}]`, value: item }));
}

/** @throws {RequestError} unless the place holds octets in hexadecimal, exactly `length` where it is given. */
export function readOctets({ path, value }: Place, length?: number): Uint8Array {
  if (typeof value !== 'string') throw wanted(path, 'octets in hexadecimal');
  const octets = inField(path, () => fromHex(value, path));
  if (length !== undefined && octets.length !== length) throw wanted(path, `${length} octets`);
  return octets;
}

/** @throws {RequestError} unless the place holds an AS number, 1..4294967295. */
export function readAsn(place: Place): Asn {
  const asn = readNumber(place);
  if (!isAsn(asn) || asn === 0) throw wanted(place.path, 'an AS number, 1..4294967295');
  return asn;
}

/** @throws {RequestError} unless the place holds a whole number in `min..max`. */
export function readNumber({ path, value }: Place, min = 0, max = 0xffff_ffff): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw wanted(path, `a whole number in ${min}..${max}`);
  }
  return value;
}

/** @throws {RequestError} unless the place holds true or false. */
export function readFlag({ path, value }: Place): boolean {
  if (typeof value !== 'boolean') throw wanted(path, 'true or false');
  return value;
}

/** @throws {RequestError} unless the place holds one of `values`. */
export function readOneOf<T extends string>({ path, value }: Place, values: readonly T[]): T {
  const found = values.find((one) => one === value);
  if (found === undefined) throw wanted(path, values.join(' or '));
  return found;
}

/** @throws {RequestError} unless the place holds 1 (IPv4) or 2 (IPv6). */
export function readAfi(place: Place): Afi {
  return readNumber(place, 1, 2) as Afi;
}

/** @throws {RequestError} unless the place holds the text of a prefix without host bits. */
export function readPrefix({ path, value }: Place): Prefix {
  if (typeof value !== 'string') throw wanted(path, 'a prefix');
  return inField(path, () => parsePrefix(value, path));
}

/** Runs `body`; a {@link DecodeError} or a {@link RangeError} in it is the request's fault. */
export function inField<T>(path: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof DecodeError || error instanceof RangeError) {
      throw new RequestError(path, error.message);
    }
    throw error;
  }
}

function wanted(path: string, what: string): RequestError {
  return new RequestError(path, `must be ${what}`);
}
