export { DEFAULT_MAX_PROVIDERS } from '../payload/index.js';
export {
  type Applicability,
  applicability,
  type ReceivedOn,
  type SessionKind,
} from './applicability.js';
export {
  type AspaEntry,
  type AspaTable,
  type AspaTableOptions,
  createAspaTable,
  type TableNote,
  type TableNoteCode,
} from './aspa-table.js';
export {
  ASRA_DRAFT,
  type AsraAlgorithm,
  type AsraEvidence,
  type AsraFacts,
  type AsraHop,
  type AsraReason,
  type AsraStep,
  type AsraTables,
  verifyAsra,
} from './asra.js';
export { type AsraEntry, type AsraListing, type AsraTable, createAsraTable } from './asra-table.js';
export {
  type BgpRole,
  neighborRoleOf,
} from './bgp-role.js';
export {
  compareRevisions,
  type RevisionComparison,
  type RevisionDifference,
} from './compare-revisions.js';
export {
  CURRENT_REVISION,
  compareNeighbor,
  compressAsPath,
  type Hop,
  isRsClientOf,
  mostRecentlyAddedAs,
  type NeighborCheck,
  type Ramps,
  type Reason,
  type Section,
  type Step,
} from './draft-28.js';
export {
  type EgressAdvice,
  type EgressEvidence,
  type EgressInput,
  egressVerification,
  fastVerifyEgress,
  recommendedEgress,
  verifyEgress,
} from './egress.js';
export {
  type Comparison,
  EGRESS_DRAFT,
  type EgressFacts,
  type EgressMode,
  type Evidence,
  type EvidenceWarning,
  type EvidenceWarningCode,
  type NotProviderHop,
  type ProcedureReason,
  type UnattestedAs,
} from './evidence.js';
export { pathWarnings } from './evidence-warnings.js';
export { fastVerifyAsra } from './fast-asra.js';
export { DECIDING_WORDS, fastDecidingHops } from './fast-hops.js';
export {
  downstreamOutcome,
  fastVerify,
  fastVerifyAll,
  fastVerifyAsPath,
  fastVerifyProcedure,
  type PackedOutcomes,
  sequenceAsns,
  upstreamOutcome,
} from './fast-verify.js';
export { formatExplanation } from './format-explanation.js';
export { explainRepairs, formatRepairs, type RepairSentence } from './format-repairs.js';
export {
  type AsPart,
  type HopMark,
  type HopPart,
  type LaidOutAs,
  type LaidOutHop,
  layoutRamps,
  type RampLayout,
  type RulerBound,
} from './layout-ramps.js';
export { type Mitigation, recommendedMitigation } from './mitigation.js';
export { type OtcEgress, type OtcIngress, otcEgress, otcIngress } from './otc.js';
export {
  chooseEgressProcedure,
  chooseProcedure,
  egressProcedureOfRole,
  type ProcedureChoice,
  procedureOfRole,
} from './procedure-choice.js';
export {
  type Addition,
  MAX_REPAIRED_LENGTH,
  MAX_REPAIRS,
  type NoRepairs,
  type Repair,
  type Repairs,
  repairs,
} from './repairs.js';
export {
  ASPA_REVISIONS,
  type AspaRevision,
  createRevisionTables,
  type RevisionInput,
  type RevisionOutcome,
  type RevisionTables,
  type RevisionVerdict,
  verifyByRevision,
} from './revisions.js';
export {
  AS_PARTS,
  comparisonText,
  explainOutcome,
  explainStep,
  HOP_PARTS,
  type Sentence,
  type SentenceCode,
} from './sentences.js';
export {
  type AspaTableDiff,
  type ChangedEntry,
  type CustomerSet,
  changedCustomers,
  diffAspaTables,
  pathsToReverify,
} from './table-diff.js';
export type { AspaOutcome, Authorization, NeighborRole, Procedure } from './terms.js';
export type { VerificationContext, VerificationInput } from './verification-input.js';
export { verifyAsPath } from './verify-as-path.js';
