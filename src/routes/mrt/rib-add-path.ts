import { BgpError, type NlriCursor, nextNlri, resetNlri } from '../../bgp/index.js';
import { readU16 } from '../../bytes/index.js';
import { reportMislabelled } from '../add-path.js';
import type { Emitter } from '../emitter.js';

/**
 * Whether a RIB record has Path Identifiers: as its subtype tells, unless it ends where it should in the other form alone
 * (docs/decisions/routes.md D-rib-add-path). Reading it against its subtype is a problem.
 */
export function ribHasIdentifiers(
  emitter: Emitter,
  told: boolean,
  start: number,
  fits: (identifiers: boolean) => boolean,
): boolean {
  if (emitter.addPathJudge === undefined || fits(told) || !fits(!told)) return told;
  reportMislabelled(emitter, !told, 'rib', start);
  return !told;
}

/** Whether the entries counted at `start` (RFC 6396 §4.3.4, RFC 8050 §4.1) end where the record does. */
export function entriesFit(octets: Uint8Array, start: number, end: number, identifiers: boolean): boolean {
  if (end - start < 2) return false;
  const header = identifiers ? 12 : 8;
  let at = start + 2;
  for (let count = readU16(octets, start); count > 0; count--) {
    const attributes = at + header;
    if (attributes > end) return false;
    at = attributes + readU16(octets, attributes - 2);
  }
  return at === end;
}

/** The same for a RIB_GENERIC record, of which the NLRI at `start` has the identifier (RFC 8050 §4.2). */
export function genericRibFits(
  cursor: NlriCursor,
  octets: Uint8Array,
  start: number,
  end: number,
  identifiers: boolean,
): boolean {
  try {
    resetNlri(cursor, octets, start, end, identifiers);
    return nextNlri(cursor) && entriesFit(octets, cursor.offset, end, false);
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    return false;
  }
}
