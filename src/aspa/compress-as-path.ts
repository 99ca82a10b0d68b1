import type { AsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import { requireAsPath } from './check-input.js';

/**
 * COMPRESSED_AS_PATH of draft-28 §5.2, in wire order (A(N) first, A(1) last): all segments joined, then every AS dropped
 * that equals the one directly before it, also across a segment boundary. `A B A` keeps its three ASes. Meant for paths
 * that passed step 3; the type of the segments is not looked at.
 *
 * @throws {TypeError} and {@link RangeError} for what is no AS_PATH.
 */
export function compressAsPath(asPath: AsPath): Asn[] {
  requireAsPath(asPath);
  const compressed: Asn[] = [];
  for (const segment of asPath) {
    for (const asn of segment.asns) {
      if (asn !== compressed[compressed.length - 1]) compressed.push(asn);
    }
  }
  return compressed;
}
