export { type Audit, createAudit } from './audit.js';
export type { AuditOptions, InputFacts } from './options.js';
export { isKnownPeer } from './peer-directory.js';
export type {
  AspaCounts,
  AuditProblem,
  AuditReport,
  DecidingHop,
  HopCount,
  InvalidOrigin,
  InvalidPath,
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
export type { Rows } from './rows.js';
