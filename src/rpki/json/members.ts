import { DecodeError } from '../../bytes/index.js';

/** A JSON object whose members are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether the value is a JSON object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The one member of the object under any of the given spellings, or undefined (docs/decisions/rpki-files.md
 * D-json-spellings).
 *
 * @throws {DecodeError} `ambiguous-member` when two spellings are there.
 */
export function oneOf(object: JsonObject, names: readonly string[]): unknown {
  let found: string | undefined;
  for (const name of names) {
    if (!Object.hasOwn(object, name)) continue;
    if (found !== undefined)
      throw new DecodeError('ambiguous-member', `both ${found} and ${name}`, { field: name });
    found = name;
  }
  return found === undefined ? undefined : object[found];
}

/**
 * A time in seconds since 1970 UTC, or undefined when absent (docs/decisions/rpki-files.md D-json-expires).
 *
 * @throws {DecodeError} `expires-syntax`.
 */
export function readExpires(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new DecodeError('expires-syntax', 'an expiry is a number of whole seconds', { field: 'expires' });
}

/**
 * A trust anchor name; undefined when absent or "N/A", as Routinator writes for none.
 *
 * @throws {DecodeError} `ta-syntax`.
 */
export function readTa(value: unknown): string | undefined {
  if (value === undefined || value === 'N/A') return undefined;
  if (typeof value === 'string') return value;
  throw new DecodeError('ta-syntax', 'a trust anchor name is a text', { field: 'ta' });
}
