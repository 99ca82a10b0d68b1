import { type Asn, type Prefix, requireAsn, requirePrefix, sayValue } from '../inet/index.js';
import type { RovTable } from './rov-table.js';

/**
 * What both readings of RFC 6811 §2 ask of their arguments; cheap where nothing is wrong. NON-SPEC.
 *
 * @throws {TypeError} for an argument of another kind; {@link RangeError} for a prefix or an ASN that does not exist.
 */
export function requireRoute(table: RovTable, prefix: Prefix, origin: Asn | undefined): void {
  requireRovTable(table);
  if (!isWellFormed(prefix)) requirePrefix(prefix, 'the prefix of the route');
  if (origin !== undefined && !(typeof origin === 'number' && origin >>> 0 === origin)) {
    requireAsn(origin, 'the origin');
  }
}

/**
 * Refuses what is no table.
 *
 * @throws {TypeError}
 */
export function requireRovTable(table: RovTable): void {
  if (typeof (table as Partial<RovTable> | null | undefined)?.family !== 'function') {
    throw new TypeError(`the table is ${sayValue(table)}, not one that createRovTable made`);
  }
}

function isWellFormed(prefix: Prefix): boolean {
  if (typeof prefix !== 'object' || prefix === null || !(prefix.octets instanceof Uint8Array)) return false;
  const { afi, octets, length } = prefix;
  const octetsOfFamily = afi === 1 ? 4 : afi === 2 ? 16 : 0;
  return octets.length === octetsOfFamily && length >>> 0 === length && length <= 8 * octetsOfFamily;
}
