import {
  type AsPath,
  isConfedSegment,
  reconstructAsPath as reconstruct,
  type SecurePathSegment,
} from '../bgp/index.js';
import { requireSegments } from './check-arguments.js';

export { isConfedSegment };

/**
 * The AS_PATH that corresponds to a Secure_Path (RFC 8205 §4.4), as `reconstructAsPath` of the room `bgp`, for callers of
 * this library: what is no Secure_Path is refused in a sentence.
 */
export function reconstructAsPath(securePath: readonly SecurePathSegment[]): AsPath {
  requireSegments(securePath);
  return reconstruct(securePath);
}

/**
 * The path length for route selection: the sum of pCount over the segments without Confed_Segment flag, because the
 * reconstructed AS_PATH is what counts (RFC 8205 §5) and AS_CONFED_SEQUENCE does not count there (RFC 5065 §5.3).
 */
export function pathLength(securePath: readonly SecurePathSegment[]): number {
  let length = 0;
  for (const segment of securePath) if (!isConfedSegment(segment)) length += segment.pCount;
  return length;
}
