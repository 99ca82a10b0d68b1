export { DEFAULT_MAX_PROVIDERS } from '../payload/index.js';
export {
  type Applicability,
  applicability,
  type ReceivedOn,
  type SessionKind,
} from './applicability.js';
export type {
  AspaEntry,
  AspaTable,
  AspaTableOptions,
  TableNote,
  TableNoteCode,
} from './aspa-table.js';
export {
  type BgpRole,
  bgpRoleOfValue,
  bgpRoleValue,
  checkBgpRole,
  neighborRoleOf,
  type RoleCheck,
} from './bgp-role.js';
export {
  compareRevisions,
  type RevisionComparison,
  type RevisionDifference,
} from './compare-revisions.js';
export { compressAsPath } from './compress-as-path.js';
export { createAspaTable } from './create-aspa-table.js';
export type {
  Comparison,
  Evidence,
  EvidenceWarning,
  EvidenceWarningCode,
  Hop,
  NeighborCheck,
  NotProviderHop,
  ProcedureReason,
  Ramps,
  Reason,
  Step,
  UnattestedAs,
} from './evidence.js';
export {
  downstreamOutcome,
  fastVerify,
  fastVerifyProcedure,
  type PackedOutcomes,
  upstreamOutcome,
} from './fast-verify.js';
export { fastVerifyAsPath, sequenceAsns } from './fast-verify-as-path.js';
export { formatExplanation } from './format-explanation.js';
export { type Mitigation, recommendedMitigation } from './mitigation.js';
export { type OtcEgress, type OtcIngress, otcEgress, otcIngress } from './otc.js';
export { chooseProcedure, type ProcedureChoice } from './procedure-choice.js';
export { createRevisionTables, type RevisionTables } from './revision-tables.js';
export {
  ASPA_REVISIONS,
  type AspaRevision,
  type RevisionInput,
  type RevisionOutcome,
  type RevisionVerdict,
  verifyByRevision,
} from './revisions.js';
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
