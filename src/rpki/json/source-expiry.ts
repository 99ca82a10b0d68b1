import { DecodeError } from '../../bytes/index.js';
import { readTime } from '../time-text.js';
import { isJsonObject, type JsonObject } from './members.js';

/**
 * The expiry of a payload by its `source` list (Routinator's `jsonext`): each source ends with its own validity or its
 * chain's, whichever is earlier; the payload with its last source. A local exception never ends.
 *
 * @throws {DecodeError} `source-syntax` or `time-syntax`.
 */
export function readSourceExpiry(source: unknown): number | undefined {
  if (!Array.isArray(source) || !source.every(isJsonObject)) {
    throw new DecodeError('source-syntax', 'a source list is an array of objects', { field: 'source' });
  }
  let last: number | undefined;
  for (const one of source) {
    const ends = [endOf(one.validity), endOf(one.chainValidity)].filter((end) => end !== undefined);
    if (ends.length === 0) return undefined;
    last = Math.max(last ?? 0, Math.min(...ends));
  }
  return last;
}

function endOf(validity: unknown): number | undefined {
  const end = isJsonObject(validity) ? (validity as JsonObject).notAfter : undefined;
  return end === undefined ? undefined : readTime(end, 'notAfter');
}
