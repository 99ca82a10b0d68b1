import { DecodeError } from '../../bytes/index.js';

export type Json = Readonly<Record<string, unknown>>;

/** @throws {DecodeError} `json-shape`. */
export function asObject(value: unknown, field: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw shape(field, 'an object');
  return value as Json;
}

/** @throws {DecodeError} `json-shape`. */
export function asArray(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value)) throw shape(field, 'an array');
  return value;
}

/** @throws {DecodeError} `json-shape`. */
export function asText(value: unknown, field: string): string {
  if (typeof value !== 'string') throw shape(field, 'a text');
  return value;
}

/** The error of a value that is not `wanted`. */
export function shape(field: string, wanted: string): DecodeError {
  return new DecodeError('json-shape', `is not ${wanted}`, { field });
}
