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

/** The JSON of a line. @throws {DecodeError} `json-syntax`. */
export function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new DecodeError('json-syntax', error instanceof Error ? error.message : 'not JSON', {
      field: 'line',
    });
  }
}

/** The object of a line. @throws {DecodeError} `json-syntax`, `json-shape`. */
export function parseJsonLine(line: string): Json {
  return asObject(parseJson(line), 'line');
}

/** The text of a time that is a number, or a number as text. @throws {DecodeError} `json-shape`. */
export function timestampText(timestamp: unknown): string {
  if (typeof timestamp === 'number') return timestamp.toFixed(6);
  if (typeof timestamp === 'string' && /^[0-9]+(\.[0-9]+)?$/.test(timestamp)) return timestamp;
  throw shape('timestamp', 'a number');
}
