import { createWriter, readU16, readU32 } from '../../bytes/index.js';
import { type Asn, requireIterable, sayValue } from '../../inet/index.js';
import {
  AS_CONFED_SET,
  AS_SEQUENCE,
  AS_SET,
  type AsPath,
  type AsPathSegment,
  type SegmentType,
} from '../as-path.js';
import { BgpError } from '../fault.js';
import type { BgpFaultCode } from '../fault-codes.js';

/** Type code of AS_PATH (RFC 4271 §5.1.2). */
export const ATTR_AS_PATH = 2;

/** Octets per AS number on the session: 4 between NEW speakers, 2 with an OLD one (RFC 6793 §3). */
export type AsnSize = 2 | 4;

/**
 * Checks the syntax of an AS_PATH value, `octets[start, end)` (RFC 4271 §4.3 b, RFC 5065 §3, RFC 6793 §3), and says how
 * many segments it has. Allocates nothing.
 *
 * @throws {BgpError} `treat-as-withdraw` (RFC 7606 §7.2) with code `as-path-underrun`, `as-path-segment-type`,
 * `as-path-segment-empty` or `as-path-overrun`.
 */
export function scanAsPath(octets: Uint8Array, asnSize: AsnSize, start: number, end: number): number {
  let segments = 0;
  for (let at = start; at < end; segments++) {
    if (end - at < 2) throw malformed('as-path-underrun', segments, at, 'one octet is left over');
    const type = octets[at] as number;
    const count = octets[at + 1] as number;
    const next = at + 2 + count * asnSize;
    if (type < AS_SET || type > AS_CONFED_SET) {
      throw malformed('as-path-segment-type', segments, at, `segment type ${type}`);
    }
    if (count === 0) throw malformed('as-path-segment-empty', segments, at + 1, 'a segment without ASNs');
    if (next > end) {
      throw malformed('as-path-overrun', segments, at + 1, `${count} ASNs in ${end - at - 2} octets`);
    }
    at = next;
  }
  return segments;
}

/**
 * The segments of an AS_PATH value, `octets[start, end)`. An empty value is an empty path. Checks the syntax alone:
 * AS 0, sets and confederation segments are kept as they stand. RFC 4271 §4.3, RFC 6793 §4.1.
 *
 * @throws {BgpError} as {@link scanAsPath}.
 */
export function decodeAsPath(
  octets: Uint8Array,
  asnSize: AsnSize,
  start = 0,
  end = octets.length,
): AsPathSegment[] {
  // Of the exact size: a pushed-to array has room for 17, and a full table keeps 100,000 paths.
  const path = new Array<AsPathSegment>(scanAsPath(octets, asnSize, start, end));
  for (let i = 0, at = start; i < path.length; i++) {
    const count = octets[at + 1] as number;
    path[i] = { type: octets[at] as SegmentType, asns: readAsns(octets, at + 2, count, asnSize) };
    at += 2 + count * asnSize;
  }
  return path;
}

/**
 * The ASNs of a well-formed AS_PATH value of AS_SEQUENCEs alone, all segments in a row, written to `asns` from 0 on;
 * returns their number. -1 when there is another segment. Allocates nothing; `asns` has room for one ASN per
 * `asnSize` octets of the value. NON-SPEC: a fast reading of RFC 4271 §4.3.
 */
export function readAsSequence(
  octets: Uint8Array,
  asnSize: AsnSize,
  start: number,
  end: number,
  asns: Uint32Array,
): number {
  let size = 0;
  for (let at = start; at < end; ) {
    if (octets[at] !== AS_SEQUENCE) return -1;
    const next = at + 2 + (octets[at + 1] as number) * asnSize;
    for (at += 2; at < next; at += asnSize) {
      asns[size++] = asnSize === 4 ? readU32(octets, at) : readU16(octets, at);
    }
  }
  return size;
}

function readAsns(octets: Uint8Array, at: number, count: number, asnSize: AsnSize): Asn[] {
  const asns = new Array<Asn>(count);
  if (asnSize === 4) for (let i = 0; i < count; i++) asns[i] = readU32(octets, at + 4 * i);
  else for (let i = 0; i < count; i++) asns[i] = readU16(octets, at + 2 * i);
  return asns;
}

/**
 * The AS_PATH value for `path`. RFC 4271 §4.3, RFC 6793 §4.1.
 *
 * @throws {TypeError} for what is no path. {@link RangeError} for a type or size that is none, an empty segment, one of more than 255 ASNs, or an ASN that does not fit `asnSize` octets
 * (substitute first: `toOldSpeakerPath`).
 */
export function encodeAsPath(path: AsPath, asnSize: AsnSize): Uint8Array {
  requireIterable(path, 'the path', 'a list of segments (parseAsPath reads text)');
  if (asnSize !== 2 && asnSize !== 4)
    throw new RangeError(`asnSize ${sayValue(asnSize)} is neither 2 nor 4 octets`);
  const writer = createWriter();
  for (const [i, { type, asns }] of path.entries()) {
    const field = `as-path.segment[${i}]`;
    if (type !== 1 && type !== 2 && type !== 3 && type !== 4)
      throw new RangeError(`${field}: type ${sayValue(type)} is none of 1, 2, 3, 4`);
    requireIterable(asns, `${field}.asns`, 'a list of ASNs');
    if (asns.length === 0) throw new RangeError(`${field}: a segment has at least one ASN`);
    writer.u8(type, `${field}.type`).u8(asns.length, `${field}.count`);
    for (const asn of asns) {
      if (asnSize === 4) writer.u32(asn, `${field}.asn`);
      else writer.u16(asn, `${field}.asn`);
    }
  }
  return writer.finish();
}

function malformed(code: BgpFaultCode, segment: number, offset: number, message: string): BgpError {
  return new BgpError({
    code,
    treatment: 'treat-as-withdraw',
    message,
    field: `as-path.segment[${segment}]`,
    offset,
    attribute: ATTR_AS_PATH,
  });
}
