import { type BgpsecPath, CONFED_SEGMENT_FLAG } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import { addSegment } from './add-segment.js';
import { isConfedSegment } from './as-path-reconstruction.js';
import type { SignedPrefix } from './signed-prefix.js';
import type { Signer } from './signer.js';

/**
 * A path that was signed to one of this router's AS numbers, carried over to another of them by a segment with pCount
 * 0. RFC 8205 §4.3 asks it of a confederation's ingress (from the Confederation Identifier to the Member-AS, with the
 * Confed_Segment flag), RFC 8206 §5 of a migration (from the old to the new AS number or back, without):
 * docs/decisions/bgpsec.md D-bridge-segment.
 *
 * @throws {SigningError} as {@link addSegment}.
 */
export function bridgeSegment(
  path: BgpsecPath,
  from: Asn,
  to: Asn,
  confed: boolean,
  announced: SignedPrefix,
  signer: Signer,
): BgpsecPath {
  const segment = { pCount: 0, flags: confed ? CONFED_SEGMENT_FLAG : 0, asn: from };
  return addSegment(path, segment, to, announced, signer);
}

/**
 * What leaves a confederation (RFC 8205 §4.3): without the leading segments that members added, and without as many
 * Signature Segments in each block. `undefined` when nothing is left: the route began inside.
 */
export function removeConfedSegments(path: BgpsecPath): BgpsecPath | undefined {
  const first = path.segments.findIndex((segment) => !isConfedSegment(segment));
  if (first < 0) return undefined;
  if (first === 0) return path;
  return {
    segments: path.segments.slice(first),
    blocks: path.blocks.map(({ suite, signatures }) => ({ suite, signatures: signatures.slice(first) })),
  };
}
