import type { Asn } from '../../inet/index.js';
import { AS_CONFED_SEQUENCE, AS_SEQUENCE, type AsPath } from '../as-path.js';
import { CONFED_SEGMENT_FLAG, type SecurePathSegment } from './attr-33-bgpsec-path.js';

/** ASNs that one path segment can count (RFC 4271 §4.3 b). */
const SEGMENT_LIMIT = 255;

/** Whether a segment was added inside a confederation (RFC 8205 §3.1). */
export function isConfedSegment(segment: SecurePathSegment): boolean {
  return (segment.flags & CONFED_SEGMENT_FLAG) !== 0;
}

/**
 * The AS_PATH that corresponds to a Secure_Path (RFC 8205 §4.4). Everything that needs an AS path uses it: loop check,
 * policy, route origin validation, ASPA. Full segments of 255 ASNs are followed by another of the same type
 * (docs/decisions/bgpsec.md D-bgpsec-full-segments).
 */
export function reconstructAsPath(securePath: readonly SecurePathSegment[]): AsPath {
  // Built backwards, from the origin: both levels are reversed at the end.
  const path: { type: typeof AS_SEQUENCE | typeof AS_CONFED_SEQUENCE; asns: Asn[] }[] = [];
  for (let i = securePath.length - 1; i >= 0; i--) {
    const segment = securePath[i] as SecurePathSegment;
    // 1. pCount 0: nothing is added.
    // 2. and 3. The Confed_Segment flag decides the type; a change of type opens a new segment.
    const type = isConfedSegment(segment) ? AS_CONFED_SEQUENCE : AS_SEQUENCE;
    for (let repeated = 0; repeated < segment.pCount; repeated++) {
      let front = path[path.length - 1];
      if (front === undefined || front.type !== type || front.asns.length === SEGMENT_LIMIT) {
        front = { type, asns: [] };
        path.push(front);
      }
      front.asns.push(segment.asn);
    }
  }
  return path.reverse().map(({ type, asns }) => ({ type, asns: asns.reverse() }));
}
