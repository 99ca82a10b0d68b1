import { type Asn, type Prefix, requireAsn, requirePrefix, sayValue } from '../inet/index.js';
import { createVrpStore, type Vrp, type VrpArena, type VrpStore } from '../payload/index.js';
import type { SeedOptions } from '../tables/index.js';

/**
 * The VRPs that routes are validated against: a packed store that `announce` and `withdraw` change in place, with its
 * `generation` and `bytes`. The `vrps` of a `PayloadSet` are such a table as they stand, and stay in step with the set.
 */
export type RovTable = VrpStore;

/** A table with a copy of the given VRPs. RFC 6811 §2. */
export function createRovTable(vrps: Iterable<Vrp> = [], options: SeedOptions = {}): RovTable {
  return createVrpStore(vrps, options);
}

/** Validation state of a route (RFC 6811 §2). */
export type OriginValidity = 'valid' | 'invalid' | 'not-found';

/** After this many VRPs of one prefix the rest is looked up by identity instead. */
const LONG_CHAIN = 24;

/**
 * The validation state of a route (RFC 6811 §2): its prefix and its Route Origin ASN, `undefined` for NONE. The fast
 * reading: allocates nothing and, however many VRPs stand on one prefix, takes bounded time.
 *
 * @throws {TypeError} for an argument of another kind; {@link RangeError} for a prefix or an ASN that does not exist.
 */
export function validateOrigin(table: RovTable, prefix: Prefix, origin: Asn | undefined): OriginValidity {
  requireRoute(table, prefix, origin);
  return validateReadOrigin(table, prefix, origin);
}

/**
 * As {@link validateOrigin} (RFC 6811 §2), without its checks of the arguments: for routes that a decoder made, of which
 * there may be a million.
 */
export function validateReadOrigin(table: RovTable, prefix: Prefix, origin: Asn | undefined): OriginValidity {
  const arena = table.family(prefix.afi);
  let head = arena.longestCovering(prefix.octets, prefix.length);
  if (head < 0) return 'not-found';
  // NONE and AS 0 are never Matched (RFC 6811 §2; RFC 7607), so that being Covered decides
  // (docs/decisions/rov.md D-rov-as0-route).
  if (origin === undefined || origin === 0) return 'invalid';
  while (head >= 0) {
    if (matches(arena, head, prefix, origin)) return 'valid';
    head = arena.longestCovering(prefix.octets, arena.length(head) - 1);
  }
  return 'invalid';
}

/** Whether one of the VRPs of the covering prefix that starts at entry `head` Matches the route. */
function matches(arena: VrpArena, head: number, prefix: Prefix, origin: Asn): boolean {
  let entry = head;
  for (let walked = 0; entry >= 0; walked++, entry = arena.next(entry)) {
    if (walked === LONG_CHAIN) return matchesByIdentity(arena, head, prefix, origin);
    if (arena.asn(entry) === origin && prefix.length <= arena.maxLength(entry)) return true;
  }
  return false;
}

function matchesByIdentity(arena: VrpArena, head: number, prefix: Prefix, origin: Asn): boolean {
  const length = arena.length(head);
  for (let maxLength = prefix.length; maxLength <= 8 * prefix.octets.length; maxLength++) {
    if (arena.find(prefix.octets, length, maxLength, origin) >= 0) return true;
  }
  return false;
}

/**
 * What both readings of RFC 6811 §2 ask of their arguments. NON-SPEC.
 *
 * @throws {TypeError} for an argument of another kind; {@link RangeError} for a prefix or an ASN that does not exist.
 */
export function requireRoute(table: RovTable, prefix: Prefix, origin: Asn | undefined): void {
  requireRovTable(table);
  requirePrefix(prefix, 'the prefix of the route');
  if (origin !== undefined) requireAsn(origin, 'the origin');
}

/**
 * Refuses what is no table.
 *
 * @throws {TypeError}
 */
function requireRovTable(table: RovTable): void {
  if (typeof (table as Partial<RovTable> | null | undefined)?.family !== 'function') {
    throw new TypeError(`the table is ${sayValue(table)}, not one that createRovTable made`);
  }
}
