import { member, type Place, readAnyAsn, readList, readMembers, readOneOf } from 'pathsec/questions';
import { badMember } from '../../src/questions/place.js';

/** @throws {DecodeError} `request-member` unless the place holds a text. */
export function readText({ path, value }: Place): string {
  if (typeof value !== 'string') throw badMember(path, 'a text');
  return value;
}

/** A segment of an AS_PATH of a request, in wire order. */
export interface Segment {
  readonly type: SegmentName;
  readonly asns: number[];
}

const SEGMENT_NAMES = ['AS_SET', 'AS_SEQUENCE', 'AS_CONFED_SEQUENCE', 'AS_CONFED_SET'] as const;
type SegmentName = (typeof SEGMENT_NAMES)[number];

export function readSegment(place: Place): Segment {
  const fields = readMembers(place);
  return {
    type: readOneOf(member(fields, 'type', place.path), SEGMENT_NAMES),
    asns: [...readList(member(fields, 'asns', place.path), readAnyAsn)],
  };
}
