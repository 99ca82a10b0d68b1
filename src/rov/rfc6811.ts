import type { AsPath, AsPathSegment } from '../bgp/index.js';
import {
  type Asn,
  coversPrefix,
  type Prefix,
  requireAsn,
  requireIterable,
  requirePrefix,
  sayValue,
} from '../inet/index.js';
import { createVrpStore, type Vrp } from '../payload/index.js';
import type { SeedOptions } from '../tables/index.js';
import { type OriginValidity, type RovTable, requireRoute } from './validate-origin.js';

// The literal reading of RFC 6811, in its order. `validate-origin.ts` gives the same states without the evidence.

// §2: the Route Origin ASN

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

// §2: Covered, Matched, and the three states

/** A verdict with the VRPs that Cover the route, by how they fare. */
export interface OriginEvidence {
  readonly validity: OriginValidity;
  /** Why an invalid route is invalid: `as` if `unmatchedAs` has an entry, else `length`. */
  readonly reason?: 'as' | 'length';
  /** VRPs that Match the route. */
  readonly matched: readonly Vrp[];
  /** Covering VRPs that allow the length of the route prefix, but not its origin (NONE and AS 0 are never allowed). */
  readonly unmatchedAs: readonly Vrp[];
  /** Covering VRPs whose maxLength is less than the length of the route prefix, whatever their AS. */
  readonly unmatchedLength: readonly Vrp[];
}

/**
 * The literal reading of RFC 6811 §2: looks at each VRP in turn, as the pseudo-code of §2.1 does, and says of each why
 * it Matches or not. The lists are those of `routinator validate --json` (docs/decisions/rov.md D-rov-reason) and keep
 * the order of `vrps`. Needs no table.
 *
 * @throws as `validateOrigin`, also for a VRP.
 */
export function literalOrigin(vrps: Iterable<Vrp>, prefix: Prefix, origin: Asn | undefined): OriginEvidence {
  requireIterable(vrps, 'vrps', 'a list of VRPs {prefix, maxLength, asn}');
  requirePrefix(prefix, 'the prefix of the route');
  if (origin !== undefined) requireAsn(origin, 'the origin');
  const matched: Vrp[] = [];
  const unmatchedAs: Vrp[] = [];
  const unmatchedLength: Vrp[] = [];
  for (const vrp of vrps) {
    requirePrefix(Object(vrp).prefix, 'the prefix of a VRP');
    // Covered: the VRP prefix is the route prefix or a less specific one.
    if (!coversPrefix(vrp.prefix, prefix)) continue;
    // Matched needs the length first and then the AS. No VRP has the ASN NONE, and none of AS 0 Matches anything.
    if (prefix.length > vrp.maxLength) unmatchedLength.push(vrp);
    else if (origin === undefined || vrp.asn === 0 || vrp.asn !== origin) unmatchedAs.push(vrp);
    else matched.push(vrp);
  }
  const lists = { matched, unmatchedAs, unmatchedLength };
  // Valid: at least one VRP Matches. NotFound: no VRP Covers. Invalid: Covered, but not Matched.
  if (matched.length > 0) return { validity: 'valid', ...lists };
  if (unmatchedAs.length + unmatchedLength.length === 0) return { validity: 'not-found', ...lists };
  return { validity: 'invalid', reason: unmatchedAs.length > 0 ? 'as' : 'length', ...lists };
}

/**
 * The validation state of a route with its evidence, each list from the longest VRP prefix to the shortest.
 * RFC 6811 §2.1.
 *
 * @throws as `validateOrigin`.
 */
export function explainOrigin(table: RovTable, prefix: Prefix, origin: Asn | undefined): OriginEvidence {
  requireRoute(table, prefix, origin);
  return literalOrigin(table.covering(prefix), prefix, origin);
}

// §4: what a change of the VRPs touches

/** Prefixes that a change of VRPs touches. */
export interface PrefixTest {
  /** For a prefix that was read: it is not checked. */
  has(prefix: Prefix): boolean;
}

/**
 * A test of route prefixes: whether the announcement or withdrawal of `changed` may have altered their validation state,
 * which is so where one of these VRPs covers them (RFC 6811 §4). `seed`: of its table.
 *
 * @throws {TypeError} and {@link RangeError} for VRPs that are none.
 */
export function affectedBy(changed: Iterable<Vrp>, options: SeedOptions = {}): PrefixTest {
  const store = createVrpStore(changed, options);
  return {
    has: ({ afi, octets, length }) =>
      store.size > 0 && store.family(afi).longestCovering(octets, length) >= 0,
  };
}

/**
 * The route prefixes whose validation state the announcement or withdrawal of `changed` may have altered: those that
 * one of the VRPs covers (RFC 6811 §4). In the order of `prefixes`.
 *
 * @throws {TypeError} and {@link RangeError} for VRPs and prefixes that are none.
 */
export function affectedPrefixes<P extends Prefix>(changed: Iterable<Vrp>, prefixes: Iterable<P>): P[] {
  requireIterable(prefixes, 'prefixes', 'a list of prefixes');
  const touched = affectedBy(changed);
  const affected: P[] = [];
  for (const prefix of prefixes) {
    requirePrefix(prefix, 'the prefix of a route');
    if (touched.has(prefix)) affected.push(prefix);
  }
  return affected;
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
