import type { AsPath, AsPathSegment } from '../bgp/index.js';
import { type Asn, requireAsn, sayValue } from '../inet/index.js';

// The segment types of RFC 4271 §4.3 b and RFC 5065 §3; this room imports types only from `bgp`.
const AS_SEQUENCE = 2;
const AS_CONFED_SEQUENCE = 3;
const AS_CONFED_SET = 4;

/**
 * The Route Origin ASN of a route (RFC 6811 §2); `undefined` is the text's distinguished value NONE. `ownAs` is the
 * AS of the speaker that received the route. Without one (a collector) routes that originate in the speaker's own AS
 * have the origin NONE (docs/decisions/rov.md D-rov-own-as).
 *
 * @throws {TypeError} for what is no AS_PATH; {@link RangeError} for a number in the place of the origin that is no ASN.
 */
export function originAs(asPath: AsPath, ownAs?: Asn): Asn | undefined {
  if (!Array.isArray(asPath)) {
    throw new TypeError(
      `asPath is ${sayValue(asPath)}, not a list of segments (parseAsPath of pathsec/bgp reads text)`,
    );
  }
  if (ownAs !== undefined) requireAsn(ownAs, 'ownAs');
  const last = (asPath as AsPath).at(-1);
  if (last !== undefined) requireSegment(last);
  // Second item: the speaker's own AS if the path is empty or ends in a confederation segment.
  if (!last || last.type === AS_CONFED_SEQUENCE || last.type === AS_CONFED_SET) return ownAs;
  // First item: the rightmost AS of a final AS_SEQUENCE. Third item: NONE for any other type, that is AS_SET.
  return last.type === AS_SEQUENCE ? last.asns.at(-1) : undefined;
}

function requireSegment(segment: AsPathSegment): void {
  if (typeof segment !== 'object' || segment === null || !Array.isArray(segment.asns)) {
    throw new TypeError(`asPath holds ${sayValue(segment)}, not a segment {type, asns}`);
  }
  if (typeof segment.type !== 'number') {
    throw new TypeError(`segment type ${sayValue(segment.type)} is not a number (AS_SEQUENCE is 2)`);
  }
  const origin: unknown = segment.asns.at(-1);
  if (origin !== undefined) requireAsn(origin, 'in the AS_PATH:');
}
