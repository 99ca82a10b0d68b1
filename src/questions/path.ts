import { type AsPath, parseAsPath, parseAsPathJson, type SegmentType } from '../bgp/index.js';
import { DecodeError } from '../bytes/index.js';
import { member, type Place, readAnyAsn, readFields, readList, readOneOf } from './place.js';

const SEGMENT_TYPES = ['AS_SET', 'AS_SEQUENCE', 'AS_CONFED_SEQUENCE', 'AS_CONFED_SET'] as const;

/**
 * The AS_PATH of a question, in wire order: text, an array in which a nested array is an AS_SET, or a list of segments
 * `{"type": "AS_SEQUENCE", "asns": []}`, which keeps the borders between them. NON-SPEC: three forms of RFC 4271 §4.3.
 *
 * @throws {DecodeError} `as-path-syntax`, `as-path-segment-empty`, `asn-syntax`, `asn-range`, `request-member`,
 * `unknown-member`.
 */
export function readPath(place: Place): AsPath {
  const { path, value } = place;
  if (typeof value === 'string') return parseAsPath(value, path);
  if (Array.isArray(value) && value.some(isObject)) return readList(place, readSegment);
  return parseAsPathJson(value, path);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readSegment(place: Place): AsPath[number] {
  const fields = readFields(place, ['type', 'asns']);
  const name = member(fields, 'type', place.path);
  const list = member(fields, 'asns', place.path);
  const type = SEGMENT_TYPES.indexOf(readOneOf(name, SEGMENT_TYPES));
  const asns = readList(list, readAnyAsn);
  // RFC 7606 §7.2: a segment of length zero makes the path malformed.
  if (asns.length === 0) {
    throw new DecodeError('as-path-segment-empty', 'a segment without ASNs', { field: list.path });
  }
  return { type: (type + 1) as SegmentType, asns };
}
