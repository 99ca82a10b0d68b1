import { createWriter, readU16, readU32 } from '../bytes/index.js';
import type { Asn } from '../inet/index.js';
import { AS_CONFED_SET, AS_SET, type AsPath, type AsPathSegment, type SegmentType } from './as-path.js';
import { BgpError } from './fault.js';

/** Type code of AS_PATH (RFC 4271 §5.1.2). */
export const ATTR_AS_PATH = 2;

/** Octets per AS number on the session: 4 between NEW speakers, 2 with an OLD one (RFC 6793 §3). */
export type AsnSize = 2 | 4;

/**
 * The segments of an AS_PATH value, `octets[start, end)` (RFC 4271 §4.3 b, RFC 5065 §3, RFC 6793 §3). An empty value
 * is an empty path. Checks the syntax alone: AS 0, sets and confederation segments are kept as they stand.
 *
 * @throws {BgpError} `treat-as-withdraw` (RFC 7606 §7.2) with code `as-path-underrun`, `as-path-segment-type`,
 * `as-path-segment-empty` or `as-path-overrun`.
 */
export function decodeAsPath(
  octets: Uint8Array,
  asnSize: AsnSize,
  start = 0,
  end = octets.length,
): AsPathSegment[] {
  const path: AsPathSegment[] = [];
  let at = start;
  while (at < end) {
    if (end - at < 2) throw malformed('as-path-underrun', path.length, at, 'one octet is left over');
    const type = octets[at] as number;
    const count = octets[at + 1] as number;
    const next = at + 2 + count * asnSize;
    if (type < AS_SET || type > AS_CONFED_SET) {
      throw malformed('as-path-segment-type', path.length, at, `segment type ${type}`);
    }
    if (count === 0) throw malformed('as-path-segment-empty', path.length, at + 1, 'a segment without ASNs');
    if (next > end) {
      throw malformed('as-path-overrun', path.length, at + 1, `${count} ASNs in ${end - at - 2} octets`);
    }
    path.push({ type: type as SegmentType, asns: readAsns(octets, at + 2, count, asnSize) });
    at = next;
  }
  return path.slice(); // of the exact size: a pushed-to array has room for 17, and a full table keeps 100,000 paths
}

function readAsns(octets: Uint8Array, at: number, count: number, asnSize: AsnSize): Asn[] {
  const asns = new Array<Asn>(count);
  if (asnSize === 4) for (let i = 0; i < count; i++) asns[i] = readU32(octets, at + 4 * i);
  else for (let i = 0; i < count; i++) asns[i] = readU16(octets, at + 2 * i);
  return asns;
}

/**
 * The AS_PATH value for `path`.
 *
 * @throws {RangeError} for an empty segment, one of more than 255 ASNs, or an ASN that does not fit `asnSize` octets
 * (substitute first: `toOldSpeakerPath`).
 */
export function encodeAsPath(path: AsPath, asnSize: AsnSize): Uint8Array {
  const writer = createWriter();
  for (const [i, { type, asns }] of path.entries()) {
    const field = `as-path.segment[${i}]`;
    if (asns.length === 0) throw new RangeError(`${field}: a segment has at least one ASN`);
    writer.u8(type, `${field}.type`).u8(asns.length, `${field}.count`);
    for (const asn of asns) {
      if (asnSize === 4) writer.u32(asn, `${field}.asn`);
      else writer.u16(asn, `${field}.asn`);
    }
  }
  return writer.finish();
}

function malformed(code: string, segment: number, offset: number, message: string): BgpError {
  return new BgpError({
    code,
    treatment: 'treat-as-withdraw',
    message,
    field: `as-path.segment[${segment}]`,
    offset,
    attribute: ATTR_AS_PATH,
  });
}
