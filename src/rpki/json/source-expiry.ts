import { DecodeError } from '../../bytes/index.js';
import { readTime } from '../time-text.js';
import { isJsonObject } from './members.js';

/**
 * The expiry of a payload by its `source` list (Routinator's `jsonext`): each source ends with its own validity or its
 * chain's, whichever is earlier. A local exception never ends. A VRP or key is the same in each of its sources and ends
 * with the `last`; an ASPA is the union of its sources and ends with the `first` (docs/decisions/payload.md
 * D-aspa-union-expiry).
 *
 * @throws {DecodeError} `source-syntax` or `time-syntax`.
 */
export function readSourceExpiry(source: unknown, ends: 'first' | 'last'): number | undefined {
  if (!Array.isArray(source) || !source.every(isJsonObject)) {
    throw new DecodeError('source-syntax', 'a source list is an array of objects', { field: 'source' });
  }
  if (source.length === 0) return undefined;
  const times = source.map((one) => Math.min(endOf(one.validity), endOf(one.chainValidity)));
  const end = times.reduce((a, b) => (ends === 'first' ? Math.min(a, b) : Math.max(a, b)));
  return end === NEVER ? undefined : end;
}

const NEVER = Number.POSITIVE_INFINITY;

function endOf(validity: unknown): number {
  const end = isJsonObject(validity) ? validity.notAfter : undefined;
  return end === undefined ? NEVER : readTime(end, 'notAfter');
}
