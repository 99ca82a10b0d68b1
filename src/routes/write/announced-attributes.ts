import {
  ATTR_AGGREGATOR,
  ATTR_AS4_AGGREGATOR,
  ATTR_LOCAL_PREF,
  ATTR_MULTI_EXIT_DISC,
  ATTR_ORIGIN,
  type BgpFaultCode,
  createPathAttributeCursor,
  DEFAULT_LOCAL_PREF,
  encodeLocalPref,
  encodeOrigin,
  FLAG_EXTENDED_LENGTH,
  FLAG_OPTIONAL,
  FLAG_PARTIAL,
  FLAG_TRANSITIVE,
  NOT_PASSED_ON,
  nextPathAttribute,
  type PathAttribute,
  type PeerKind,
  pathAttribute,
  pathAttributeFault,
} from '../../bgp/index.js';
import { concatOctets, readU16 } from '../../bytes/index.js';
import { AS_TRANS } from '../../inet/index.js';
import type { ElementSource } from '../element-source.js';

/** ORIGINATOR_ID and CLUSTER_LIST stay inside an AS (RFC 4456 §8), LOCAL_PREF too (RFC 4271 §5.1.5). */
const INTERNAL: ReadonlySet<number> = new Set([ATTR_LOCAL_PREF, 9, 10]);
const FLAGS = FLAG_OPTIONAL | FLAG_TRANSITIVE | FLAG_PARTIAL;

/**
 * The attributes with which a delivered route can be announced to a peer: those that its input has, values and flags as
 * they stand, in the ascending order of RFC 4271 §5; without path, next hop and prefix, and AGGREGATOR with an AS number of
 * four octets. What is not transitive stays behind, MULTI_EXIT_DISC excepted (docs/decisions/speaker.md
 * D-inject-attributes), malformed values go out as they are (D-inject-malformed). ORIGIN is IGP, and LOCAL_PREF of internal peers 100, where there is none.
 *
 * @param onFault told of each malformed attribute that goes out as it is, or is an AGGREGATOR, which does not.
 * @throws {BgpError} `attribute-overrun`; never for the attributes of a route that the reader delivered.
 */
export function announcedAttributes(
  source: ElementSource,
  to: PeerKind,
  onFault?: (code: BgpFaultCode) => void,
): PathAttribute[] {
  const inside = to === 'internal';
  const found = new Map<number, PathAttribute>();
  for (const attribute of source.lineAttributes?.() ?? attributesIn(source, onFault)) {
    const { code, flags } = attribute;
    // RFC 7606 §3 g: of repeated attributes the first counts.
    if (NOT_PASSED_ON.has(code) || found.has(code)) continue;
    const goes = INTERNAL.has(code) ? inside : code === ATTR_MULTI_EXIT_DISC || flags & FLAG_TRANSITIVE;
    if (goes) found.set(code, attribute);
  }
  if (!found.has(ATTR_ORIGIN)) found.set(ATTR_ORIGIN, pathAttribute(ATTR_ORIGIN, encodeOrigin('igp')));
  if (inside && !found.has(ATTR_LOCAL_PREF)) {
    found.set(ATTR_LOCAL_PREF, pathAttribute(ATTR_LOCAL_PREF, encodeLocalPref(DEFAULT_LOCAL_PREF)));
  }
  return [...found.values()].sort((a, b) => a.code - b.code);
}

function attributesIn(
  { octets, attributesStart, attributesEnd, asnSize }: ElementSource,
  onFault: ((code: BgpFaultCode) => void) | undefined,
): PathAttribute[] {
  const attributes: PathAttribute[] = [];
  let as4Aggregator: Uint8Array | undefined;
  const cursor = createPathAttributeCursor(octets, attributesStart, attributesEnd);
  while (nextPathAttribute(cursor)) {
    const { code, flags, valueStart, valueEnd } = cursor;
    const value = octets.slice(valueStart, valueEnd);
    if (code === ATTR_AS4_AGGREGATOR && value.length === 8) as4Aggregator ??= value;
    if (onFault && !NOT_PASSED_ON.has(code)) {
      const fault = pathAttributeFault({ code, flags, value }, { asnSize });
      if (fault !== undefined) onFault(fault);
    }
    const length = value.length > 255 ? FLAG_EXTENDED_LENGTH : 0;
    attributes.push({ code, flags: (flags & FLAGS) | length, value });
  }
  return attributes.flatMap((attribute) => {
    const { code, value } = attribute;
    if (code !== ATTR_AGGREGATOR || value.length === 8) return [attribute];
    if (value.length !== 6) return []; // malformed: discarded (RFC 7606 §7.7)
    // RFC 6793 §4.2.3
    const told = readU16(value, 0) === AS_TRANS ? as4Aggregator : undefined;
    return [{ ...attribute, value: told ?? concatOctets([new Uint8Array(2), value]) }];
  });
}
