import type { AsPath, AsPathSegment } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import type { ProviderAuthorization } from './authorized.js';
import { compressAsPath } from './compress-as-path.js';
import type { Hop, NeighborCheck, Ramps, Reason, Step } from './evidence.js';
import { hopsOf } from './hops.js';
import { checkNeighbor } from './neighbor-check.js';
import { maxDownRamp, maxUpRamp, minDownRamp, minUpRamp } from './ramps.js';
import { type AspaOutcome, CONFED_SEQUENCE, CONFED_SET, SEQUENCE } from './terms.js';

/** Where a procedure halted, and what it had computed by then. */
export interface Halt {
  readonly outcome: AspaOutcome;
  readonly step: Step;
  readonly reason: Reason;
  readonly neighborCheck: NeighborCheck;
  /** Absent at steps 1 to 3. */
  readonly computed?: { readonly compressedAsPath: Asn[]; readonly hops: Hop[]; readonly ramps: Ramps };
}

/** What the neighbour check of step 2 is told. */
export interface NeighborFacts {
  readonly neighborAs: Asn | undefined;
  /** Whether the receiving AS is an RS-client of the neighbour. */
  readonly receiverIsRsClient: boolean;
  readonly routeServerAs: Asn | undefined;
}

/** "Algorithm for Upstream Paths", draft-28 §5.5. */
export function verifyUpstream(table: ProviderAuthorization, asPath: AsPath, neighbor: NeighborFacts): Halt {
  const neighborCheck = checkNeighbor(
    asPath,
    neighbor.neighborAs,
    neighbor.receiverIsRsClient,
    neighbor.routeServerAs,
  );
  const early = stepsOneToThree(asPath, neighborCheck);
  if (early) return early;
  const compressedAsPath = compressAsPath(asPath);
  const N = compressedAsPath.length;
  const hops = hopsOf(compressedAsPath, table);
  const ramps = { maxUpRamp: maxUpRamp(hops), minUpRamp: minUpRamp(hops), maxDownRamp: 0, minDownRamp: 0 };
  const computed = { compressedAsPath, hops, ramps };
  // Step 4.
  if (ramps.maxUpRamp < N) {
    return { outcome: 'invalid', step: 4, reason: 'not-provider', neighborCheck, computed };
  }
  // Step 5.
  if (ramps.minUpRamp < N) {
    return { outcome: 'unknown', step: 5, reason: 'no-attestation', neighborCheck, computed };
  }
  // Step 6.
  return { outcome: 'valid', step: 6, reason: 'covered', neighborCheck, computed };
}

/** "Algorithm for Downstream Paths", draft-28 §5.6. */
export function verifyDownstream(
  table: ProviderAuthorization,
  asPath: AsPath,
  neighbor: NeighborFacts,
): Halt {
  // No exemption from step 2 here, whatever the receiving AS is.
  const neighborCheck = checkNeighbor(asPath, neighbor.neighborAs, false, undefined);
  const early = stepsOneToThree(asPath, neighborCheck);
  if (early) return early;
  const compressedAsPath = compressAsPath(asPath);
  const N = compressedAsPath.length;
  const hops = hopsOf(compressedAsPath, table);
  const ramps = {
    maxUpRamp: maxUpRamp(hops),
    minUpRamp: minUpRamp(hops),
    maxDownRamp: maxDownRamp(hops),
    minDownRamp: minDownRamp(hops),
  };
  const computed = { compressedAsPath, hops, ramps };
  // Step 4.
  if (ramps.maxUpRamp + ramps.maxDownRamp < N) {
    return { outcome: 'invalid', step: 4, reason: 'not-provider', neighborCheck, computed };
  }
  // Step 5.
  if (ramps.minUpRamp + ramps.minDownRamp < N) {
    return { outcome: 'unknown', step: 5, reason: 'no-attestation', neighborCheck, computed };
  }
  // Step 6.
  return { outcome: 'valid', step: 6, reason: 'covered', neighborCheck, computed };
}

/** Steps 1 to 3, which both lists word alike; undefined when none of them halts. */
function stepsOneToThree(asPath: AsPath, neighborCheck: NeighborCheck): Halt | undefined {
  // Step 1: the AS_PATH holds no AS.
  if (asPath.every((segment) => segment.asns.length === 0)) {
    return { outcome: 'invalid', step: 1, reason: 'empty-as-path', neighborCheck };
  }
  // Step 2: the most recently added AS is not the neighbour AS.
  if (neighborCheck === 'mismatch') {
    return { outcome: 'invalid', step: 2, reason: 'neighbor-as-mismatch', neighborCheck };
  }
  // Step 3: an AS_SET. NON-SPEC: anything else than an AS_SEQUENCE halts here (docs/decisions/aspa.md
  // D-aspa-confed-segment).
  const unordered = asPath.find((segment) => segment.type !== SEQUENCE);
  if (unordered) return { outcome: 'invalid', step: 3, reason: segmentReason(unordered), neighborCheck };
  return undefined;
}

function segmentReason(segment: AsPathSegment): Reason {
  if (segment.type === CONFED_SEQUENCE) return 'as-confed-sequence';
  return segment.type === CONFED_SET ? 'as-confed-set' : 'as-set';
}
