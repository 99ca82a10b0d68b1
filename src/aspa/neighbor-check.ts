import type { AsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import type { NeighborCheck } from './evidence.js';
import { SEQUENCE } from './terms.js';

/** The most recently added AS: the first AS of the path; undefined where a segment other than AS_SEQUENCE leads. */
export function mostRecentlyAddedAs(asPath: AsPath): Asn | undefined {
  const leftmost = asPath.find((segment) => segment.asns.length > 0);
  return leftmost?.type === SEQUENCE ? leftmost.asns[0] : undefined;
}

/**
 * Step 2 of draft-28 §5.5 and §5.6: the most recently added AS has to be the neighbour AS. `exempt` is for a receiving
 * AS that is an RS-client, in the upstream procedure; `routeServerAs` withdraws the exemption for a non-transparent
 * server whose ASN is known (NON-SPEC, docs/decisions/aspa.md D-aspa-rs-leftmost). An unknown neighbour AS
 * (D-aspa-neighbor-unknown) and a leading AS_SET (D-aspa-leading-set) leave nothing to compare: `skipped`.
 */
export function checkNeighbor(
  asPath: AsPath,
  neighborAs: Asn | undefined,
  exempt: boolean,
  routeServerAs: Asn | undefined,
): NeighborCheck {
  if (exempt && routeServerAs === undefined) return 'exempt';
  const expected = exempt ? routeServerAs : neighborAs;
  const leftmost = mostRecentlyAddedAs(asPath);
  if (expected === undefined || leftmost === undefined) return 'skipped';
  return leftmost === expected ? 'match' : 'mismatch';
}
