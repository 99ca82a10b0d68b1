import {
  type Asn,
  coversPrefix,
  type Prefix,
  requireAsn,
  requireIterable,
  requirePrefix,
} from '../inet/index.js';
import type { Vrp } from '../payload/index.js';
import { requireRoute } from './check-route.js';
import type { RovTable } from './rov-table.js';
import type { OriginValidity } from './validate-origin.js';

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
 * The validation state of a route with its evidence, each list from the longest VRP prefix to the shortest.
 * RFC 6811 §2.1.
 *
 * @throws as `validateOrigin`.
 */
export function explainOrigin(table: RovTable, prefix: Prefix, origin: Asn | undefined): OriginEvidence {
  requireRoute(table, prefix, origin);
  return literalOrigin(table.covering(prefix), prefix, origin);
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
