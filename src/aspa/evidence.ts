import type { AsPathSegment } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import type { CURRENT_REVISION, Hop, NeighborCheck, Ramps, Reason, Section, Step } from './draft-28.js';
import type { AspaOutcome, NeighborRole, Procedure } from './terms.js';

/** How the procedure was chosen (draft-28 §5.5, §5.6, §6.4). */
export type ProcedureReason = 'neighbor-role' | 'caller' | 'complex-segregated' | 'complex-fallback';

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

/** The document of egress verification; docs/drafts.json says in which revision. */
export const EGRESS_DRAFT = 'draft-zhang-sidrops-aspa-egress';

/** `basic`: the path as it is sent (§4.1). `augmented`: the receiver in front of it, where it is a provider or a customer (§4.2). */
export type EgressMode = 'basic' | 'augmented';

/** What an egress verification was about; the sections are those of {@link EGRESS_DRAFT}. */
export interface EgressFacts {
  readonly draft: typeof EGRESS_DRAFT;
  readonly section: '4.1' | '4.2';
  readonly mode: EgressMode;
  readonly localAs: Asn | null;
  /** Whether `asPath` of the evidence has the receiver in front, who is not in the path that is sent. */
  readonly prepended: boolean;
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
  readonly section: Section;
  readonly revision: typeof CURRENT_REVISION;
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
  /** Of a route that was verified before it is sent: neighbour and role are then those of the receiver. */
  readonly egress?: EgressFacts;
}
