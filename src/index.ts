// The standard parts under one roof, for those who want one import. Each comes from the door of its room, where the rest of
// that room is; the aggregate-signature experiment is not here.
export {
  type AspaOutcome,
  type AspaTable,
  createAspaTable,
  type Evidence,
  fastVerifyAsPath,
  formatExplanation,
  type NeighborRole,
  verifyAsPath,
} from './aspa/index.js';
export { type Audit, type AuditReport, createAudit } from './audit/index.js';
export {
  type AsPath,
  type AsPathSegment,
  decodeMessage,
  decodeUpdate,
  encodeMessage,
  formatAsPath,
  parseAsPath,
  type Route,
} from './bgp/index.js';
export {
  type BgpsecResult,
  type BgpsecSession,
  createRouterKeys,
  propagate,
  type RouterKeys,
  verifyUpdate,
} from './bgpsec/index.js';
export { DecodeError, fromHex, toHex } from './bytes/index.js';
export { type Asn, formatPrefix, type Prefix, parseAsn, parsePrefix } from './inet/index.js';
export { createLiveTables, type LiveChange, type LiveTables } from './live/index.js';
export {
  type AspaPayload,
  createPayloadSet,
  type PayloadSet,
  type RouterKey,
  type Vrp,
} from './payload/index.js';
export { createRouteReader, type RouteReader } from './routes/index.js';
export { createRovTable, explainOrigin, originAs, type RovTable, validateOrigin } from './rov/index.js';
export { examineObject, readPayloads, readSlurm } from './rpki/index.js';
export { createCacheSession, createRtrCache, createRtrClient } from './rtr/index.js';
