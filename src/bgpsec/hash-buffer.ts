import type { BgpsecPath, SecurePathSegment, SignatureBlock, SignatureSegment } from '../bgp/index.js';
import { writeU32 } from '../bytes/index.js';
import { type Asn, isAsn, sayValue } from '../inet/index.js';
import { requireBlock, requireSegments } from './check-arguments.js';
import { encodeFamilyAndNlri, type SignedPrefix } from './signed-prefix.js';

const SEGMENT = 6;
const SIGNATURE_HEADER = 22;

/**
 * The octets to be hashed for all signatures of one block. The last four octets of Secure_Path Segment N+1 are the AS
 * number to which hop N signed, so the octets for hop N are a suffix of those for hop N+1: one buffer serves all.
 */
export interface HashBuffer {
  readonly octets: Uint8Array;
  /** By wire index (0 is the newest signature): where the octets of that signature begin. */
  readonly offsets: readonly number[];
}

/**
 * The buffer of `block` for a receiver that announced `target` in its OPEN (RFC 8205 §5.2 step 3).
 *
 * @throws {RangeError} unless `path` and `block` have as many segments as signatures, and for numbers that do not exist;
 * {@link TypeError} for an argument of another kind.
 */
export function hashBuffer(
  path: BgpsecPath,
  block: SignatureBlock,
  target: Asn,
  announced: SignedPrefix,
): HashBuffer {
  requireSegments(path?.segments);
  requireBlock(block, path.segments.length);
  if (!isAsn(target)) throw new RangeError(`the target AS ${sayValue(target)} is not an ASN`);
  const tail = encodeFamilyAndNlri(announced);
  const { segments } = path;
  const { signatures } = block;
  const offsets = [0];
  let size = 4 + SEGMENT + 1 + tail.length;
  for (let i = 1; i < signatures.length; i++) {
    const step = SIGNATURE_HEADER + (signatures[i] as SignatureSegment).signature.length + SEGMENT;
    offsets.push((offsets[i - 1] as number) + step);
    size += step;
  }

  const octets = new Uint8Array(size);
  writeU32(octets, 0, target);
  let at = 4;
  for (let i = 0; i < segments.length; i++) {
    const older = signatures[i + 1];
    if (older !== undefined) {
      octets.set(older.ski, at);
      octets[at + 20] = older.signature.length >> 8;
      octets[at + 21] = older.signature.length;
      octets.set(older.signature, at + SIGNATURE_HEADER);
      at += SIGNATURE_HEADER + older.signature.length;
    }
    const { pCount, flags, asn } = segments[i] as SecurePathSegment;
    octets[at] = pCount;
    octets[at + 1] = flags;
    writeU32(octets, at + 2, asn);
    at += SEGMENT;
  }
  octets[at] = block.suite;
  octets.set(tail, at + 1);
  return { octets, offsets };
}
