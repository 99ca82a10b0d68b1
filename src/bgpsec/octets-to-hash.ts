import type { BgpsecPath, SecurePathSegment, SignatureBlock, SignatureSegment } from '../bgp/index.js';
import { concatOctets, writeU32 } from '../bytes/index.js';
import { type Asn, isAsn, sayValue } from '../inet/index.js';
import { requireBlock, requireSegments } from './check-arguments.js';
import { encodeFamilyAndNlri, type SignedPrefix } from './signed-prefix.js';

/**
 * The sequence of octets to be hashed for Signature Segment N, N = 1..K from the origin: RFC 8205 §4.2 Figure 8 and
 * §5.2 Figure 9, written out literally. The verifier and the signer use {@link hashBuffer}; the tests hold both equal.
 *
 * `target` is the AS to which AS(N) sent the UPDATE: for N < K the AS of Secure_Path Segment N+1, for N = K the AS
 * that the receiver announced in its OPEN.
 *
 * @throws {RangeError} for N outside 1..K; as {@link hashBuffer} besides.
 */
export function octetsToHash(
  path: BgpsecPath,
  block: SignatureBlock,
  n: number,
  target: Asn,
  announced: SignedPrefix,
): Uint8Array {
  requireSegments(path?.segments);
  requireBlock(block, path.segments.length);
  if (!isAsn(target)) throw new RangeError(`the target AS ${sayValue(target)} is not an ASN`);
  const k = path.segments.length;
  if (!Number.isInteger(n) || n < 1 || n > k) throw new RangeError(`hop ${sayValue(n)} of ${k}`);
  const securePathSegment = (hop: number) => path.segments[k - hop] as SecurePathSegment;
  const signatureSegment = (hop: number) => block.signatures[k - hop] as SignatureSegment;

  const sequence: Uint8Array[] = [u32(target)];
  for (let hop = n; hop >= 1; hop--) {
    // Signature Segment hop-1 stands before Secure_Path Segment hop; the origin's segment stands alone.
    if (hop > 1) {
      const { ski, signature } = signatureSegment(hop - 1);
      sequence.push(ski, u16(signature.length), signature);
    }
    const { pCount, flags, asn } = securePathSegment(hop);
    sequence.push(Uint8Array.of(pCount, flags), u32(asn));
  }
  sequence.push(Uint8Array.of(block.suite), encodeFamilyAndNlri(announced));
  return concatOctets(sequence);
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value);
}

function u32(value: number): Uint8Array {
  const octets = new Uint8Array(4);
  writeU32(octets, 0, value);
  return octets;
}
