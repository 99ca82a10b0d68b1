import type { AsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import {
  type AspaOutcome,
  type Authorization,
  CONFED_SEQUENCE,
  CONFED_SET,
  type NeighborRole,
  type Procedure,
  type ProviderAuthorization,
  SEQUENCE,
} from './terms.js';
import { requireAsPath } from './verification-input.js';

// The literal reading of draft-ietf-sidrops-aspa-verification-28, section 5, from top to bottom. `fast-verify.ts` gives the
// same outcomes in one pass.
//
// A path is read as a mountain. Its ASes are numbered from the origin, A(1), to the neighbour, A(N). It may climb from the
// origin as long as each AS names the next one as its provider, cross the top by one hop, and then has to descend to the
// neighbour, each AS being a provider of the next. Seen from the two feet, both slopes are chains from customer to provider:
//
//                 A(K) ------- A(L)                    K: top of the up-ramp, of K ASes
//                 /               \                    L: top of the down-ramp, of N - L + 1 ASes
//              A(K-1)           A(L+1)
//               /                   \                  The ramps cover the path when the sum of their
//      up-ramp /                     \ down-ramp       lengths is N at least: then they meet, or one hop
//             /                       \                lies between their tops. Else the path goes up
//           A(2)                     A(N-1)            again after it went down: a leak.
//           /                           \
//        A(1) origin                 A(N) neighbour ---> A(N+1), who verifies
//
// Not every AS attests its providers, so that a ramp has two lengths. The longest possible one ends where an attestation is
// contradicted; the shortest certain one ends already where there is none. If the longest ramps do not cover the path, it is
// Invalid; if the shortest do, it is Valid; else it is Unknown.

/** The revision that this file follows; nothing else in the product says it. */
export const CURRENT_REVISION = '28';

/** Where the procedures stand in the draft. */
export const SECTIONS = { upstream: '5.5', downstream: '5.6' } as const satisfies Record<Procedure, string>;

/** The section of a procedure. */
export type Section = (typeof SECTIONS)[Procedure];

/** Position in the list of steps of draft-28 §5.5 and §5.6. */
export type Step = 1 | 2 | 3 | 4 | 5 | 6;

/** Why the procedure halted; stable codes. The `as-*` codes of step 3 name the segment type found. */
export type Reason =
  | 'empty-as-path'
  | 'neighbor-as-mismatch'
  | 'as-set'
  | 'as-confed-sequence'
  | 'as-confed-set'
  | 'not-provider'
  | 'no-attestation'
  | 'covered';

/** What became of step 2: `exempt` towards a route server, `skipped` where the neighbour AS or leftmost AS is unknown. */
export type NeighborCheck = 'match' | 'mismatch' | 'exempt' | 'skipped';

/** Where a procedure halted, and what it had computed by then. */
export interface Halt {
  readonly outcome: AspaOutcome;
  readonly step: Step;
  readonly reason: Reason;
  readonly neighborCheck: NeighborCheck;
  /** Absent at steps 1 to 3. */
  readonly computed?: { readonly compressedAsPath: Asn[]; readonly hops: Hop[]; readonly ramps: Ramps };
}

// §5.2 Principles

/**
 * COMPRESSED_AS_PATH of draft-28 §5.2, in wire order (A(N) first, A(1) last): all segments joined, then every AS dropped
 * that equals the one directly before it, also across a segment boundary. `A B A` keeps its three ASes. Meant for paths
 * that passed step 3; the type of the segments is not looked at.
 *
 * @throws {TypeError} and {@link RangeError} for what is no AS_PATH.
 */
export function compressAsPath(asPath: AsPath): Asn[] {
  requireAsPath(asPath);
  const compressed: Asn[] = [];
  for (const segment of asPath) {
    for (const asn of segment.asns) {
      if (asn !== compressed[compressed.length - 1]) compressed.push(asn);
    }
  }
  return compressed;
}

// §5.3 Provider Authorization Function: `authorized` of the table (aspa-table.ts)

/** One hop of the compressed path, from A(I) up to A(I+1), with the authorizations of both directions. */
export interface Hop {
  /** I of draft-28: 1 is the hop next to the origin. */
  readonly index: number;
  /** A(I), the AS nearer to the origin. */
  readonly lower: Asn;
  /** A(I+1), the AS nearer to the neighbour. */
  readonly upper: Asn;
  /** authorized(lower, upper): bounds the up-ramp. */
  readonly up: Authorization;
  /** authorized(upper, lower): bounds the down-ramp. Shown, but not used, by the upstream procedure. */
  readonly down: Authorization;
}

/** The N - 1 hops of a compressed path in wire order, origin first: hop I is `result[I - 1]`. */
function hopsOf(compressedAsPath: readonly Asn[], table: ProviderAuthorization): Hop[] {
  const N = compressedAsPath.length;
  const A = (I: number): Asn => compressedAsPath[N - I] as Asn; // 1-based from the origin, as in the text
  const hops: Hop[] = [];
  for (let I = 1; I <= N - 1; I++) {
    const [lower, upper] = [A(I), A(I + 1)];
    const up = table.authorized(lower, upper);
    const down = table.authorized(upper, lower);
    hops.push({ index: I, lower, upper, up, down });
  }
  return hops;
}

// §5.4 Bounds on Up-Ramp and Down-Ramp Lengths

/** Ramp lengths of draft-28 §5.4, in ASes (not hops). The upstream procedure sets both down-ramps to 0. */
export interface Ramps {
  readonly maxUpRamp: number;
  readonly minUpRamp: number;
  readonly maxDownRamp: number;
  readonly minDownRamp: number;
}

type EndsRamp = (authorization: Authorization) => boolean;
/** A longest ramp goes on over what nobody attests. */
const endsMax: EndsRamp = (authorization) => authorization === 'not-provider+';
/** A shortest ramp is made of attested hops alone. */
const endsMin: EndsRamp = (authorization) => authorization !== 'provider+';

/** The least I whose authorized(A(I), A(I+1)) ends the ramp; N where none does. */
function upRamp(hops: readonly Hop[], ends: EndsRamp): number {
  const N = hops.length + 1;
  for (let I = 1; I <= N - 1; I++) {
    if (ends((hops[I - 1] as Hop).up)) return I;
  }
  return N;
}

/** N - J + 1 for the greatest J whose authorized(A(J), A(J-1)) ends the ramp; N where none does. */
function downRamp(hops: readonly Hop[], ends: EndsRamp): number {
  const N = hops.length + 1;
  for (let J = N; J >= 2; J--) {
    if (ends((hops[J - 2] as Hop).down)) return N - J + 1; // A(J), A(J-1) is hop J - 1 seen from above
  }
  return N;
}

// §5.5 and §5.6: what both lists of steps have in common

/** What the neighbour check of step 2 is told. */
export interface NeighborFacts {
  readonly neighborAs: Asn | undefined;
  readonly neighborRole: NeighborRole | undefined;
  readonly routeServerAs: Asn | undefined;
}

/**
 * The most recently added AS: the first AS of the path; undefined where a segment other than AS_SEQUENCE leads
 * (draft-28 §5.1). The path is not looked at: for one that was read.
 */
export function mostRecentlyAddedAs(asPath: AsPath): Asn | undefined {
  const leftmost = asPath.find((segment) => segment.asns.length > 0);
  return leftmost?.type === SEQUENCE ? leftmost.asns[0] : undefined;
}

/** Whether the receiving AS is an RS-client of the neighbour, which step 2 of the upstream list exempts (draft-28 §5.5). */
export function isRsClientOf(neighborRole: NeighborRole | undefined): boolean {
  return neighborRole === 'rs';
}

/**
 * The comparison of step 2 (draft-28 §5.5, §5.6): the most recently added AS has to be the neighbour AS. An unknown
 * neighbour AS (docs/decisions/aspa.md D-aspa-neighbor-unknown) and a leading AS_SET (D-aspa-leading-set) leave nothing to
 * compare: `skipped`. The numbers are not looked at: for a path and a neighbour that were read.
 */
export function compareNeighbor(leftmost: Asn | undefined, neighborAs: Asn | undefined): NeighborCheck {
  if (neighborAs === undefined || leftmost === undefined) return 'skipped';
  return leftmost === neighborAs ? 'match' : 'mismatch';
}

/**
 * What becomes of step 2 of the upstream list. `routeServerAs` withdraws the exemption for a non-transparent server whose ASN is known
 * (NON-SPEC, docs/decisions/aspa.md D-aspa-rs-leftmost). draft-28 §5.5.
 */
export function checkNeighbor(asPath: AsPath, neighbor: NeighborFacts): NeighborCheck {
  const { neighborAs, neighborRole, routeServerAs } = neighbor;
  const exempt = isRsClientOf(neighborRole);
  if (exempt && routeServerAs === undefined) return 'exempt';
  return compareNeighbor(mostRecentlyAddedAs(asPath), exempt ? routeServerAs : neighborAs);
}

/** Steps 1 to 3, which both lists word alike; undefined when none of them halts. draft-28 §5.5, §5.6. */
export function stepsOneToThree(asPath: AsPath, neighborCheck: NeighborCheck): Halt | undefined {
  const halt = (step: Step, reason: Reason): Halt => ({ outcome: 'invalid', step, reason, neighborCheck });
  // Step 1. A path without any AS is invalid.
  if (asPath.every((segment) => segment.asns.length === 0)) return halt(1, 'empty-as-path');
  // Step 2. So is one whose most recently added AS is not the neighbour, unless we are an RS-client (upstream only).
  if (neighborCheck === 'mismatch') return halt(2, 'neighbor-as-mismatch');
  // Step 3. So is one with an AS_SET. NON-SPEC: or anything else that is no AS_SEQUENCE (docs/decisions/aspa.md
  // D-aspa-confed-segment).
  const unordered = asPath.find((segment) => segment.type !== SEQUENCE);
  if (unordered?.type === CONFED_SEQUENCE) return halt(3, 'as-confed-sequence');
  if (unordered?.type === CONFED_SET) return halt(3, 'as-confed-set');
  if (unordered) return halt(3, 'as-set');
  return undefined;
}

// §5.5 Algorithm for Upstream Paths: from a customer or peer, between a route server and its client

/** "Algorithm for Upstream Paths", draft-28 §5.5. */
export function verifyUpstream(table: ProviderAuthorization, asPath: AsPath, neighbor: NeighborFacts): Halt {
  const neighborCheck = checkNeighbor(asPath, neighbor);
  const early = stepsOneToThree(asPath, neighborCheck);
  if (early) return early;
  const compressedAsPath = compressAsPath(asPath);
  const N = compressedAsPath.length;
  const hops = hopsOf(compressedAsPath, table);
  const maxUpRamp = upRamp(hops, endsMax);
  const minUpRamp = upRamp(hops, endsMin);
  const ramps = { maxUpRamp, minUpRamp, maxDownRamp: 0, minDownRamp: 0 };
  const computed = { compressedAsPath, hops, ramps };
  // Step 4. Not even the longest up-ramp reaches the neighbour: somewhere the path does not climb.
  if (maxUpRamp < N) {
    return { outcome: 'invalid', step: 4, reason: 'not-provider', neighborCheck, computed };
  }
  // Step 5. The part of the climb that is attested does not reach the neighbour.
  if (minUpRamp < N) {
    return { outcome: 'unknown', step: 5, reason: 'no-attestation', neighborCheck, computed };
  }
  // Step 6. Every hop is attested as a climb.
  return { outcome: 'valid', step: 6, reason: 'covered', neighborCheck, computed };
}

// §5.6 Algorithm for Downstream Paths: from a provider

/** "Algorithm for Downstream Paths", draft-28 §5.6. */
export function verifyDownstream(
  table: ProviderAuthorization,
  asPath: AsPath,
  neighbor: NeighborFacts,
): Halt {
  // No exemption from step 2 here, whatever the receiving AS is.
  const neighborCheck = compareNeighbor(mostRecentlyAddedAs(asPath), neighbor.neighborAs);
  const early = stepsOneToThree(asPath, neighborCheck);
  if (early) return early;
  const compressedAsPath = compressAsPath(asPath);
  const N = compressedAsPath.length;
  const hops = hopsOf(compressedAsPath, table);
  const maxUpRamp = upRamp(hops, endsMax);
  const minUpRamp = upRamp(hops, endsMin);
  const maxDownRamp = downRamp(hops, endsMax);
  const minDownRamp = downRamp(hops, endsMin);
  const ramps = { maxUpRamp, minUpRamp, maxDownRamp, minDownRamp };
  const computed = { compressedAsPath, hops, ramps };
  // Step 4. Not even the longest ramps cover the path: it goes up again after it went down.
  if (maxUpRamp + maxDownRamp < N) {
    return { outcome: 'invalid', step: 4, reason: 'not-provider', neighborCheck, computed };
  }
  // Step 5. The ramps that are attested leave a gap.
  if (minUpRamp + minDownRamp < N) {
    return { outcome: 'unknown', step: 5, reason: 'no-attestation', neighborCheck, computed };
  }
  // Step 6. They leave none.
  return { outcome: 'valid', step: 6, reason: 'covered', neighborCheck, computed };
}
