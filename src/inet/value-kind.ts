/** What a value is, for the sentence that refuses it: a short text or number as it stands, else its kind. */
export function sayValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Uint8Array) return 'octets';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}

/**
 * Refuses what is no text.
 *
 * @throws {TypeError}
 */
export function requireText(value: unknown, what: string): asserts value is string {
  if (typeof value === 'string') return;
  throw new TypeError(`${what} is ${sayValue(value)}, not text`);
}
