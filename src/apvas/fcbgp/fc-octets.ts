import { SKI_LENGTH } from '../../bgp/index.js';
import { writeU32 } from '../../bytes/index.js';
import type { Prefix } from '../../inet/index.js';
import type { FcSegment } from './attr-255-fc-path.js';

/**
 * What a segment signs (draft-wang-sidrops-fcbgp-protocol §3, §4.1): PASN, CASN, NASN, SKI, Algorithm ID, Flags, a
 * Signature Length of 0, the whole address of the one prefix, and its length. 41 octets for IPv4 and 53 for IPv6,
 * however long the path is (docs/decisions/fcbgp.md D-fcbgp-hash-input).
 *
 * @throws {RangeError} for an SKI that has not 20 octets.
 */
export function fcOctets(segment: Omit<FcSegment, 'signature'>, prefix: Prefix): Uint8Array {
  const { previousAs, asn, nextAs, ski, algorithm, flags } = segment;
  if (ski.length !== SKI_LENGTH) throw new RangeError(`an SKI has 20 octets, not ${ski.length}`);
  const octets = new Uint8Array(37 + prefix.octets.length);
  writeU32(octets, 0, previousAs);
  writeU32(octets, 4, asn);
  writeU32(octets, 8, nextAs);
  octets.set(ski, 12);
  octets[32] = algorithm;
  octets[33] = flags;
  // 34 and 35: the Signature Length, which is 0.
  octets.set(prefix.octets, 36);
  octets[octets.length - 1] = prefix.length;
  return octets;
}
