import { BgpError, type SecurePathSegment, SKI_LENGTH } from '../bgp/index.js';
import { createReader, createWriter, type Reader } from '../bytes/index.js';
import {
  ATTR_APVAS,
  LONG_SIGNATURE_OCTETS,
  type SchemeId,
  SIGNATURE_OCTETS,
  schemeOf,
  suiteOf,
} from './suite.js';

const SEGMENT_OCTETS = 6;

/** The Aggregate_Block of a scheme that this room knows. */
export interface AggregateBlock {
  readonly scheme: SchemeId;
  /** 20 octets per segment, newest first. */
  readonly skis: readonly Uint8Array[];
  /** The signature of the whole path, 48 octets, or 96 in the other variant; not yet known to be a point. */
  readonly signature: Uint8Array;
}

/** A block of any other suite: kept, never judged. */
export interface UnknownBlock {
  readonly scheme?: undefined;
  readonly suite: number;
  /** What follows the suite octet. */
  readonly rest: Uint8Array;
}

/** NON-SPEC: the value of the private path attribute, in wire order: index 0 is the newest hop. */
export interface ApvasPath {
  readonly segments: readonly SecurePathSegment[];
  readonly block: AggregateBlock | UnknownBlock;
}

/**
 * Decodes an attribute value. SKIs and signature are views of `octets`. The rows are those of the table of checks in
 * docs/decisions/apvas.md D-apvas-wire; the first that fails names the error.
 *
 * @param signatureOctets 48, or 96 where the laboratory has agreed on the other variant.
 * @throws {BgpError} treat-as-withdraw with `secure-path-length`, `secure-path-empty`, `block-missing`,
 * `block-length`, `suite-reserved`, `sigma-length` or `as-zero`.
 */
export function decodeApvasPath(
  octets: Uint8Array,
  start = 0,
  end = octets.length,
  signatureOctets: number = SIGNATURE_OCTETS,
): ApvasPath {
  const reader = createReader(octets, start, end);
  const segments = decodeSecurePath(reader);
  const block = decodeBlock(reader, segments.length, signatureOctets);
  // 9. No AS 0, by analogy with RFC 7607 §2.
  const zero = segments.findIndex(({ asn }) => asn === 0);
  if (zero >= 0) {
    throw malformed('as-zero', start + 4 + SEGMENT_OCTETS * zero, `secure-path[${zero}].as-number`, 'AS 0');
  }
  return { segments, block };
}

/**
 * The attribute value for `path`: 55 + 26L octets for a known scheme, 103 + 26L with a signature of 96 octets.
 *
 * @throws {RangeError} for a path that {@link decodeApvasPath} would refuse or a number outside its field.
 */
export function encodeApvasPath({ segments, block }: ApvasPath): Uint8Array {
  const writer = createWriter();
  if (segments.length === 0) throw new RangeError('secure-path: no segment');
  writer.u16(2 + SEGMENT_OCTETS * segments.length, 'secure-path.length');
  for (const [i, { pCount, flags, asn }] of segments.entries()) {
    if (asn === 0) throw new RangeError(`secure-path[${i}].as-number: AS 0`);
    writer.u8(pCount, `secure-path[${i}].p-count`).u8(flags, `secure-path[${i}].flags`);
    writer.u32(asn, `secure-path[${i}].as-number`);
  }
  if (block.scheme === undefined) {
    if (isReserved(block.suite) || schemeOf(block.suite) !== undefined) {
      throw new RangeError(`block.suite: ${block.suite}`);
    }
    writer
      .u16(3 + block.rest.length, 'block.length')
      .u8(block.suite, 'block.suite')
      .bytes(block.rest);
    return writer.finish();
  }
  if (block.skis.length !== segments.length || block.skis.some((ski) => ski.length !== SKI_LENGTH)) {
    throw new RangeError('block.skis: one of 20 octets per segment');
  }
  const { length } = block.signature;
  if (length !== SIGNATURE_OCTETS && length !== LONG_SIGNATURE_OCTETS) {
    throw new RangeError('block.signature: 48 or 96 octets');
  }
  writer.u16(5 + SKI_LENGTH * block.skis.length + length, 'block.length');
  writer.u8(suiteOf(block.scheme), 'block.suite');
  for (const ski of block.skis) writer.bytes(ski);
  writer.u16(length, 'block.signature-length').bytes(block.signature);
  return writer.finish();
}

function decodeSecurePath(reader: Reader): SecurePathSegment[] {
  // 1. The length field is present, 2 + 6L with L >= 1, and fits.
  const at = reader.offset;
  const length = reader.remaining < 2 ? -1 : reader.u16('secure-path.length');
  if (length === 2) throw malformed('secure-path-empty', at, 'secure-path', 'no segment');
  if (length < 2 || (length - 2) % SEGMENT_OCTETS !== 0 || length - 2 > reader.remaining) {
    throw malformed('secure-path-length', at, 'secure-path.length', 'not 2 + 6L octets within the value');
  }
  return Array.from({ length: (length - 2) / SEGMENT_OCTETS }, () => ({
    pCount: reader.u8('p-count'),
    flags: reader.u8('flags'),
    asn: reader.u32('as-number'),
  }));
}

function decodeBlock(reader: Reader, count: number, expected: number): ApvasPath['block'] {
  const at = reader.offset;
  // 2. At least length and suite remain.
  if (reader.remaining < 3) throw malformed('block-missing', at, 'block', `${reader.remaining} octets left`);
  // 3. The block fills the value.
  const length = reader.u16('block.length');
  if (length < 3 || length - 2 !== reader.remaining) {
    throw malformed('block-length', at, 'block.length', `${length} of ${reader.remaining + 2} octets`);
  }
  // 4. Reserved suites, and suite 1, whose signatures have another structure.
  const suite = reader.u8('block.suite');
  if (isReserved(suite)) throw malformed('suite-reserved', at + 2, 'block.suite', `suite ${suite}`);
  // 5. An unknown suite is no error.
  const scheme = schemeOf(suite);
  if (scheme === undefined) return { suite, rest: reader.bytes(reader.remaining, 'block.rest') };
  // 6. One SKI per segment and the signature length.
  if (reader.remaining < SKI_LENGTH * count + 2) {
    throw malformed('block-length', at, 'block.length', `too short for ${count} SKIs`);
  }
  const skis = Array.from({ length: count }, () => reader.bytes(SKI_LENGTH, 'block.ski'));
  // 7. as many octets of signature as both ends expect,
  const signatureAt = reader.offset;
  const signatureOctets = reader.u16('block.signature-length');
  if (signatureOctets !== expected) {
    throw malformed('sigma-length', signatureAt, 'block.signature-length', `${signatureOctets} octets`);
  }
  // 8. and nothing after them.
  if (reader.remaining !== expected) {
    throw malformed('block-length', at, 'block.length', `${reader.remaining} octets for the signature`);
  }
  return { scheme, skis, signature: reader.bytes(expected, 'block.signature') };
}

function isReserved(suite: number): boolean {
  return suite === 0x00 || suite === 0x01 || suite === 0xff;
}

/** What can be wrong with the attribute of the experiment. */
export type ApvasFaultCode =
  | 'as-zero'
  | 'block-length'
  | 'block-missing'
  | 'secure-path-empty'
  | 'secure-path-length'
  | 'sigma-length'
  | 'suite-reserved';

function malformed(
  code: ApvasFaultCode,
  offset: number,
  field: string,
  message: string,
): BgpError<ApvasFaultCode> {
  return new BgpError({
    code,
    treatment: 'treat-as-withdraw',
    message,
    field: `apvas-path.${field}`,
    offset,
    attribute: ATTR_APVAS,
  });
}
