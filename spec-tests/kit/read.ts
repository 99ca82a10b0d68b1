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

/** The members of the object at a place, each where it stands. @throws {DecodeError} `request-member` unless the place holds one. */
export function inside(place: Place): (name: string) => Place {
  const fields = readMembers(place);
  return (name) => member(fields, name, place.path);
}

export function readSegment(place: Place): Segment {
  const at = inside(place);
  return {
    type: readOneOf(at('type'), SEGMENT_NAMES),
    asns: [...readList(at('asns'), readAnyAsn)],
  };
}
