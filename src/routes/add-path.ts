import { decodeNlri, type NlriCursor, nlriIsPlausible } from '../bgp/index.js';
import { DecodeError } from '../bytes/index.js';
import { formatPrefix } from '../inet/index.js';
import type { NlriField } from './add-path-judge.js';
import { type Emitter, reportFault } from './emitter.js';
import { countAddPath } from './summary.js';

/** Whether IPv4 and IPv6 unicast routes have Path Identifiers, by what the record or the session says. */
export type AddPath = readonly [ipv4: boolean, ipv6: boolean];

export const WITH_IDENTIFIERS: AddPath = [true, true];
export const WITHOUT_IDENTIFIERS: AddPath = [false, false];

/**
 * Whether the field that `cursor` is to read has Path Identifiers: by the prefixes that the line of text itself names
 * (RIS Live, docs/decisions/routes.md D-ris-add-path), else by the octets, else as the record says.
 */
export function hasIdentifiers(
  emitter: Emitter,
  cursor: NlriCursor,
  octets: Uint8Array,
  start: number,
  end: number,
  addPath: AddPath,
): boolean {
  const told = addPath[cursor.prefix.afi - 1] as boolean;
  const { named, addPathJudge } = emitter;
  if (start >= end || (named === undefined && addPathJudge === undefined)) return told;
  const { afi } = cursor.prefix;
  const cut = end === emitter.scan.cutAt;
  // Nearly every field: nothing to be in doubt about.
  if (
    named === undefined &&
    !told &&
    !addPathJudge?.inDoubt &&
    nlriIsPlausible(octets, afi, false, start, end, cut)
  ) {
    return false;
  }
  const field = { afi, octets, start, end, cut };
  if (named !== undefined) {
    if (namesOnly(field, false, named)) return false;
    if (namesOnly(field, true, named)) return true;
  }
  return addPathJudge?.hasIdentifiers(emitter.route.peer, field, told) ?? told;
}

/** Whether the field can be read in this way, and no prefix of it is one that `named` does not have. */
function namesOnly(
  { octets, afi, start, end }: NlriField,
  identifiers: boolean,
  named: ReadonlySet<string>,
): boolean {
  try {
    const entries = decodeNlri(octets, afi, identifiers, start, end);
    return entries.every(({ prefix }) => named.has(formatPrefix(prefix)));
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return false;
  }
}

/** One problem for octets that are read with Path Identifiers, or without, against what their record or session says. */
export function reportMislabelled(
  emitter: Emitter,
  identifiers: boolean,
  field: 'nlri' | 'rib',
  offset: number,
): void {
  countAddPath(emitter.summary, field === 'rib' ? undefined : emitter.route.peer, identifiers);
  const code = identifiers ? 'add-path-hidden' : 'add-path-absent';
  const message = `read ${identifiers ? 'with' : 'without'} Path Identifiers, against what its record or session says`;
  reportFault(emitter, { code, message, field, offset });
}
