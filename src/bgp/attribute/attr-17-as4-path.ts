import { AS_TRANS, type Asn } from '../../inet/index.js';
import {
  AS_CONFED_SEQUENCE,
  AS_CONFED_SET,
  AS_SEQUENCE,
  AS_SET,
  type AsPath,
  type AsPathSegment,
} from '../as-path.js';
import { BgpError } from '../fault.js';
import type { BgpFaultCode } from '../fault-codes.js';
import { decodeAsPath } from './attr-02-as-path.js';

/** Type code of AS4_PATH (RFC 6793 §3). */
export const ATTR_AS4_PATH = 17;

const isConfed = ({ type }: AsPathSegment): boolean => type === AS_CONFED_SEQUENCE || type === AS_CONFED_SET;

/**
 * The path of an AS4_PATH value, `octets[start, end)`. Confederation segments, which must not stand there, are left
 * out and counted (RFC 6793 §6).
 *
 * @throws {BgpError} `attribute-discard` (RFC 6793 §6; RFC 7607 §2 for AS 0) with the codes of `decodeAsPath`, or
 * `as4-path-length`, `as-zero`.
 */
export function decodeAs4Path(
  octets: Uint8Array,
  start = 0,
  end = octets.length,
): { readonly path: AsPath; readonly discardedConfedSegments: number } {
  const length = end - start;
  if (length < 6 || length % 2 !== 0) throw discard('as4-path-length', start, `${length} octets`);
  let segments: AsPath;
  try {
    segments = decodeAsPath(octets, 4, start, end);
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    throw discard(error.code, error.fault.offset, error.fault.message);
  }
  if (segments.some(({ asns }) => asns.includes(0))) throw discard('as-zero', start, 'AS 0');
  const path = segments.filter((segment) => !isConfed(segment));
  return { path, discardedConfedSegments: segments.length - path.length };
}

/** The number of AS numbers for route selection: an AS_SET counts 1, confederation segments 0 (RFC 4271 §9.1.2.2, RFC 5065 §5.3). */
export function countAsns(path: AsPath): number {
  let count = 0;
  for (const { type, asns } of path) {
    if (type === AS_SEQUENCE) count += asns.length;
    else if (type === AS_SET) count += 1;
  }
  return count;
}

/**
 * The exact path from AS_PATH and AS4_PATH of an OLD speaker (RFC 6793 §4.2.3). The result has as many AS numbers as
 * `asPath`.
 *
 * @param aggregators the AS numbers of AGGREGATOR and AS4_AGGREGATOR, where the route has both.
 */
export function mergeAs4Path(
  asPath: AsPath,
  as4Path: AsPath,
  aggregators: { readonly aggregatorAs?: Asn | undefined; readonly as4AggregatorAs?: Asn | undefined } = {},
): AsPath {
  const { aggregatorAs, as4AggregatorAs } = aggregators;
  // "if the AS number in the AGGREGATOR attribute is not AS_TRANS": both AS4 attributes are ignored.
  if (aggregatorAs !== undefined && as4AggregatorAs !== undefined && aggregatorAs !== AS_TRANS) return asPath;
  let surplus = countAsns(asPath) - countAsns(as4Path);
  if (surplus < 0) return asPath;

  const merged: AsPathSegment[] = [];
  for (const segment of asPath) {
    if (isConfed(segment)) {
      // A leading confederation segment, or one adjacent to a segment that is prepended: all before it were.
      merged.push(segment);
    } else if (surplus === 0) {
      break;
    } else if (segment.type === AS_SET || segment.asns.length <= surplus) {
      merged.push(segment);
      surplus -= segment.type === AS_SET ? 1 : segment.asns.length;
    } else {
      return [...merged, ...joined({ type: segment.type, asns: segment.asns.slice(0, surplus) }, as4Path)];
    }
  }
  return [...merged, ...as4Path];
}

/** A cut AS_SEQUENCE goes on in the first segment of AS4_PATH where it fits (docs/decisions/bgp.md D-as4-path-join). */
function joined(cut: AsPathSegment, as4Path: AsPath): AsPath {
  const [first, ...rest] = as4Path;
  if (first?.type !== AS_SEQUENCE || cut.asns.length + first.asns.length > 255) return [cut, ...as4Path];
  return [{ type: AS_SEQUENCE, asns: [...cut.asns, ...first.asns] }, ...rest];
}

/**
 * What a NEW speaker sends to an OLD one (RFC 6793 §4.2.2): AS_PATH with AS_TRANS for every ASN above 65535, and
 * AS4_PATH, without confederation segments, when there is one to tell.
 */
export function toOldSpeakerPath(path: AsPath): { readonly asPath: AsPath; readonly as4Path?: AsPath } {
  const asPath = path.map(({ type, asns }) => ({
    type,
    asns: asns.map((asn) => (asn > 0xffff ? AS_TRANS : asn)),
  }));
  const as4Path = path.filter((segment) => !isConfed(segment));
  const needed = as4Path.some(({ asns }) => asns.some((asn) => asn > 0xffff));
  return needed ? { asPath, as4Path } : { asPath };
}

function discard(code: BgpFaultCode, offset: number, message: string): BgpError {
  return new BgpError({
    code,
    treatment: 'attribute-discard',
    message,
    field: 'as4-path',
    offset,
    attribute: ATTR_AS4_PATH,
  });
}
