import { createWriter, readU16, readU32 } from '../../bytes/index.js';
import type { Asn } from '../../inet/index.js';
import { BgpError } from '../fault.js';
import type { BgpFaultCode } from '../fault-codes.js';

/** The assigned type code of BGPsec_PATH (RFC 8205 §9). */
export const ATTR_BGPSEC_PATH = 33;
/**
 * The code that the examples of RFC 8208 and RFC 8608 print; no assignment (docs/decisions/bgpsec.md D-bgpsec-type-30).
 */
export const ATTR_BGPSEC_PATH_PRINTED = 30;
/** The Confed_Segment bit of a Secure_Path Segment's Flags (RFC 8205 §3.1). */
export const CONFED_SEGMENT_FLAG = 0x80;
/** Octets of a Subject Key Identifier (RFC 8205 §3.2). */
export const SKI_LENGTH = 20;

const SEGMENT_LENGTH = 6;
const SIGNATURE_SEGMENT_HEADER = SKI_LENGTH + 2;

/** RFC 8205 §3.1. All eight flag bits are kept: the signatures cover them. */
export interface SecurePathSegment {
  /** Repetitions of the AS number, 0..255. */
  readonly pCount: number;
  readonly flags: number;
  readonly asn: Asn;
}

/** RFC 8205 §3.2: the SKI (20 octets) of the signer's key, and the signature. */
export interface SignatureSegment {
  readonly ski: Uint8Array;
  readonly signature: Uint8Array;
}

/** RFC 8205 §3.2: one Signature Segment per Secure_Path Segment, in the same order. */
export interface SignatureBlock {
  /** Algorithm Suite Identifier, 1..254. */
  readonly suite: number;
  readonly signatures: readonly SignatureSegment[];
}

/** The BGPsec_PATH attribute (RFC 8205 §3) in wire order: index 0 is the newest hop, the last the origin. */
export interface BgpsecPath {
  readonly segments: readonly SecurePathSegment[];
  /** One or two, of different suites. */
  readonly blocks: readonly SignatureBlock[];
}

/**
 * Decodes the value of a BGPsec_PATH attribute, `octets[start, end)`, in full: also the blocks of unknown suites.
 * SKIs and signatures are views of `octets`, not copies.
 *
 * The tests are in this order, and the first that fails names the error (RFC 8205 §5.2 items 1 and 3): Secure_Path
 * length, framing of the blocks, their Signature Segments, suites (RFC 8608 §2.1), AS numbers, signature counts.
 *
 * @throws {RangeError} for a window outside of `octets`.
 * @throws {BgpError} with treatment `treat-as-withdraw` and one of the codes `secure-path-length`,
 * `secure-path-empty`, `block-missing`, `block-excess`, `block-length`, `signature-segment-overrun`,
 * `suite-reserved`, `suite-duplicate`, `as-zero`, `signature-count`; offsets count from the start of `octets`.
 */
export function decodeBgpsecPath(octets: Uint8Array, start = 0, end = octets.length): BgpsecPath {
  if (!(start >= 0 && start <= end && end <= octets.length)) throw new RangeError(`window ${start}..${end}`);
  const segments = decodeSecurePath(octets, start, end);
  const frames = frameBlocks(octets, start + 2 + SEGMENT_LENGTH * segments.length, end);
  const blocks = frames.map((frame, index) => decodeSignatureBlock(octets, frame, index));
  checkBgpsecPath({ segments, blocks }, start, frames);
  return { segments, blocks };
}

/**
 * The attribute value for `path`. RFC 8205 §3.
 *
 * @throws {BgpError} for what {@link decodeBgpsecPath} refuses (offset: where it would stand in the value).
 * @throws {RangeError} for a number or a length that does not fit its field, or an SKI that has not 20 octets.
 */
export function encodeBgpsecPath(path: BgpsecPath): Uint8Array {
  if (path.segments.length === 0) throw malformed('secure-path-empty', 0, 'secure-path', 'no segment');
  if (path.blocks.length === 0) throw malformed('block-missing', 0, 'blocks', 'no Signature_Block');
  if (path.blocks.length > 2) throw malformed('block-excess', 0, 'blocks', 'more than two Signature_Blocks');
  let expected = 2 + SEGMENT_LENGTH * path.segments.length;
  for (const block of path.blocks) expected += blockLength(block);
  const writer = createWriter(expected);
  writer.u16(2 + SEGMENT_LENGTH * path.segments.length, 'secure-path.length');
  for (const [i, { pCount, flags, asn }] of path.segments.entries()) {
    // The names of fields are put together where they are needed.
    const fits = (pCount & 0xff) === pCount && (flags & 0xff) === flags && asn >>> 0 === asn;
    const field = fits ? '' : `secure-path[${i}]`;
    writer.u8(pCount, fits ? '' : `${field}.p-count`);
    writer.u8(flags, fits ? '' : `${field}.flags`);
    writer.u32(asn, fits ? '' : `${field}.as-number`);
  }
  const starts: { readonly offset: number }[] = [];
  for (const [b, block] of path.blocks.entries()) {
    starts.push({ offset: writer.length + 2 });
    writer.u16(blockLength(block), `block[${b}].length`);
    writer.u8(block.suite, `block[${b}].suite`);
    for (const [i, { ski, signature }] of block.signatures.entries()) {
      if (ski.length !== SKI_LENGTH) {
        throw new RangeError(`block[${b}].signature[${i}].ski: ${ski.length} octets instead of 20`);
      }
      const field = signature.length > 0xffff ? `block[${b}].signature[${i}].length` : '';
      writer.bytes(ski).u16(signature.length, field).bytes(signature);
    }
  }
  checkBgpsecPath(path, 0, starts);
  return writer.finish();
}

/** Where a Signature_Block stands behind its length field: `offset` is that of the suite. */
interface BlockFrame {
  readonly offset: number;
  readonly end: number;
}

/** Rows 1 to 3 of the decoding order: 2 + 6K octets, K >= 1. */
function decodeSecurePath(octets: Uint8Array, start: number, end: number): SecurePathSegment[] {
  const size = end - start;
  if (size < 2) throw malformed('secure-path-length', start, 'secure-path.length', `${size} octets`);
  const length = readU16(octets, start);
  if (length === 2) throw malformed('secure-path-empty', start, 'secure-path', 'no segment');
  if (length < 2 || (length - 2) % SEGMENT_LENGTH !== 0 || length > size) {
    const message = `${length} is not 2 + 6K within the ${size} octets of the value`;
    throw malformed('secure-path-length', start, 'secure-path.length', message);
  }
  const segments: SecurePathSegment[] = [];
  for (let at = start + 2; at < start + length; at += SEGMENT_LENGTH) {
    segments.push({
      pCount: octets[at] as number,
      flags: octets[at + 1] as number,
      asn: readU32(octets, at + 2),
    });
  }
  return segments;
}

/** Rows 4 to 6: one or two blocks fill the rest. */
function frameBlocks(octets: Uint8Array, start: number, end: number): BlockFrame[] {
  if (start === end) throw malformed('block-missing', start, 'blocks', 'no Signature_Block');
  const frames: BlockFrame[] = [];
  for (let at = start; at < end; ) {
    const left = end - at;
    if (frames.length === 2)
      throw malformed('block-excess', at, 'blocks', `${left} octets after the second block`);
    const field = `block[${frames.length}].length`;
    if (left < 3) throw malformed('block-length', at, field, `${left} octets left`);
    const length = readU16(octets, at);
    if (length < 3 || length > left)
      throw malformed('block-length', at, field, `${length} is not in 3..${left}`);
    frames.push({ offset: at + 2, end: at + length });
    at += length;
  }
  return frames;
}

/** Row 7: Signature Segments that fill the block. */
function decodeSignatureBlock(
  octets: Uint8Array,
  { offset, end }: BlockFrame,
  block: number,
): SignatureBlock {
  const signatures: SignatureSegment[] = [];
  for (let at = offset + 1; at < end; ) {
    const value = at + SIGNATURE_SEGMENT_HEADER;
    // A length of 0 parses: such a signature cannot verify, and nothing forbids it (docs/decisions/bgpsec.md
    // D-bgpsec-empty-signature).
    const next = value <= end ? value + readU16(octets, value - 2) : value;
    if (next > end) {
      const message = `needs ${next - at} octets, the block has ${end - at}`;
      throw malformed(
        'signature-segment-overrun',
        at,
        `block[${block}].signature[${signatures.length}]`,
        message,
      );
    }
    signatures.push({
      ski: octets.subarray(at, at + SKI_LENGTH),
      signature: octets.subarray(value, next),
    });
    at = next;
  }
  return { suite: octets[offset] as number, signatures };
}

/** Rows 8 to 11, the tests on values. `suites[b].offset` is where the suite octet of block b stands. */
function checkBgpsecPath(
  path: BgpsecPath,
  start: number,
  suites: readonly { readonly offset: number }[],
): void {
  const suiteAt = (block: number): number => suites[block]?.offset ?? start;
  for (const [b, { suite }] of path.blocks.entries()) {
    if (suite === 0x00 || suite === 0xff) {
      throw malformed('suite-reserved', suiteAt(b), `block[${b}].suite`, `suite ${suite} is reserved`);
    }
  }
  // RFC 8205 §3: each of the blocks corresponds to a different suite (docs/decisions/bgpsec.md D-bgpsec-suite-twice).
  if (path.blocks.length === 2 && path.blocks[0]?.suite === path.blocks[1]?.suite) {
    throw malformed('suite-duplicate', suiteAt(1), 'block[1].suite', 'both blocks have the same suite');
  }
  // RFC 7607 §2 by analogy (docs/decisions/bgpsec.md D-bgpsec-as-zero).
  const zero = path.segments.findIndex((segment) => segment.asn === 0);
  if (zero >= 0) {
    const at = start + 2 + SEGMENT_LENGTH * zero + 2;
    throw malformed('as-zero', at, `secure-path[${zero}].as-number`, 'AS 0');
  }
  // RFC 8205 §5.2 item 3.
  for (const [b, { signatures }] of path.blocks.entries()) {
    if (signatures.length !== path.segments.length) {
      throw malformed(
        'signature-count',
        suiteAt(b) - 2,
        `block[${b}]`,
        `${signatures.length} Signature Segments for ${path.segments.length} Secure_Path Segments`,
      );
    }
  }
}

function blockLength(block: SignatureBlock): number {
  let length = 3;
  for (const { signature } of block.signatures) length += SIGNATURE_SEGMENT_HEADER + signature.length;
  return length;
}

function malformed(code: BgpFaultCode, offset: number, field: string, message: string): BgpError {
  return new BgpError({
    code,
    treatment: 'treat-as-withdraw',
    message,
    field: `bgpsec-path.${field}`,
    offset,
    attribute: ATTR_BGPSEC_PATH,
  });
}
