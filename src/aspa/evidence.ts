import type { AsPathSegment } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import type { AspaOutcome, Authorization, NeighborRole, Procedure } from './terms.js';

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

/** How the procedure was chosen (draft-28 §5.5, §5.6, §6.4). */
export type ProcedureReason = 'neighbor-role' | 'caller' | 'complex-segregated' | 'complex-fallback';

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

/** Ramp lengths of draft-28 §5.4, in ASes (not hops). The upstream procedure sets both down-ramps to 0. */
export interface Ramps {
  readonly maxUpRamp: number;
  readonly minUpRamp: number;
  readonly maxDownRamp: number;
  readonly minDownRamp: number;
}

/** A hop of a direction that the procedure uses, found `not-provider+` (draft-28 §6.6 asks for these in logs). */
export interface NotProviderHop {
  readonly index: number;
  readonly direction: 'up' | 'down';
  readonly customer: Asn;
  readonly provider: Asn;
  /** The ramp that this hop ends, or null where the ramp had ended before. */
  readonly bounds: 'maxUpRamp' | 'maxDownRamp' | null;
}

/** An AS without an entry in the table whose hop ended a minimum ramp. */
export interface UnattestedAs {
  readonly index: number;
  readonly direction: 'up' | 'down';
  readonly asn: Asn;
  readonly bounds: 'minUpRamp' | 'minDownRamp';
}

export type EvidenceWarningCode =
  | 'as-0-in-path'
  | 'as-trans-in-path'
  | 'neighbor-check-skipped'
  | 'complex-fallback'
  | 'table-note';

/** Something a reader of the verdict should know; it never changes the outcome. */
export interface EvidenceWarning {
  readonly code: EvidenceWarningCode;
  readonly message: string;
  readonly asn?: Asn;
}

/** One of the comparisons of steps 4 and 5: `up + down < n`. */
export interface Comparison {
  readonly up: number;
  readonly down: number;
  readonly sum: number;
  readonly n: number;
  /** Whether the sum is below n, so that the step halts. */
  readonly below: boolean;
}

/**
 * Everything a verdict rests on, complete enough to recompute it by hand: a plain value that goes through
 * `JSON.stringify` unchanged. Halts at steps 1 to 3 carry no hops, ramps or sums, and `n` is null.
 */
export interface Evidence {
  readonly outcome: AspaOutcome;
  readonly step: Step;
  readonly reason: Reason;
  readonly procedure: Procedure;
  readonly procedureReason: ProcedureReason;
  readonly section: '5.5' | '5.6';
  readonly revision: '28';
  readonly neighborAs: Asn | null;
  readonly neighborRole: NeighborRole | null;
  readonly neighborCheck: NeighborCheck;
  /** The path as given, wire order. */
  readonly asPath: readonly AsPathSegment[];
  /** COMPRESSED_AS_PATH, wire order: A(N) first, the origin A(1) last. */
  readonly compressedAsPath: readonly Asn[];
  readonly n: number | null;
  readonly hops: readonly Hop[];
  readonly ramps: Ramps | null;
  readonly notProviderHops: readonly NotProviderHop[];
  readonly unattested: readonly UnattestedAs[];
  readonly sums: { readonly step4: Comparison; readonly step5: Comparison } | null;
  readonly warnings: readonly EvidenceWarning[];
}
