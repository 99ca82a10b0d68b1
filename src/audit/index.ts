export { type Audit, createAudit } from './audit.js';
export { createImpact, type Impact, type ImpactOptions } from './impact.js';
export type {
  AspaSide,
  ChangeCounts,
  ChangedVerdict,
  CustomerImpact,
  ImpactReport,
  KindOfChange,
  OriginImpact,
  OriginSide,
  PayloadCounts,
  PeerImpact,
  PrefixImpact,
} from './impact-report.js';
export type { InvalidPair } from './invalid-origins.js';
export type { NamedVrp } from './named-vrp.js';
export type { AuditOptions, InputFacts, PeerOptions, TimedAuditOptions } from './options.js';
export {
  type CoveredRoute,
  type LooseVrp,
  MAX_MINIMAL,
  type MoasKind,
  type MoasPrefix,
  type NeedlessVrp,
  type OriginSurveyReport,
  type Unused,
  type UnusedVrp,
} from './origin-report.js';
export { createOriginSurvey, type OriginSurvey, type OriginSurveyOptions } from './origin-survey.js';
export { type AuditPart, emptyPart, type PartPeer } from './part.js';
export type { PartSet, PathRows } from './part-rows.js';
export { type AuditConditions, optionsOfConditions } from './partial/conditions.js';
export { joinFacts, type NamedFacts } from './partial/join-facts.js';
export {
  evidenceOf,
  fileKey,
  type JudgedFile,
  type JudgedSet,
  judgedFileOf,
  timedEvidenceOf,
} from './partial/judged-file.js';
export {
  createPartialMerge,
  EMPTY_PARTIAL,
  mergePartials,
  type PartialMerge,
  type PartialReport,
  reportOfPartial,
} from './partial/merge.js';
export { PACKED_SCHEMA, packJudgedFile, readPackedFile } from './partial/packed-file.js';
export { createPartialReader, type PartialHandler, type PartialReader } from './partial/read-partial.js';
export { PARTIAL_SCHEMA, partialEnd, partialHead, partialLines } from './partial/write-partial.js';
export { isKnownPeer } from './peer-directory.js';
export type {
  NeighborEvidence,
  PassedUp,
  ProviderReport,
  Relation,
  ShownBy,
  Sightings,
} from './provider-report.js';
export {
  createProviderSurvey,
  type ProviderSurvey,
  type ProviderSurveyOptions,
} from './provider-survey.js';
export type {
  AddPathFinding,
  AspaCounts,
  AuditProblem,
  AuditReport,
  DecidingHop,
  HopCount,
  InvalidOrigin,
  InvalidPath,
  JudgedBy,
  LazyAuditReport,
  LengthCounts,
  NeighborCheckMode,
  NotVerified,
  PathsAndRoutes,
  PeerNeighborCheck,
  PeerReport,
  RovCounts,
  SpecialAsns,
} from './report.js';
export { createRouteJudge, type JudgedRoute } from './route-judge.js';
export type { Rows } from './rows.js';
export type { PayloadContent, PayloadContents, PayloadTimeline } from './timeline.js';
