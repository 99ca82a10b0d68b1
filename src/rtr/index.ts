export { applyPayloadChanges, type PayloadTarget } from './apply-changes.js';
export type { AspaRecord } from './aspa-union.js';
export { createRtrCache, type RtrCache, type RtrCacheOptions } from './cache.js';
export type { CacheOutput } from './cache-output.js';
export { type CacheSession, type CacheSessionOptions, createCacheSession } from './cache-session.js';
export { type CacheUnion, createCacheUnion, type UnionMember } from './cache-union.js';
export {
  type AspaChange,
  countChanges,
  type PayloadChanges,
  type VrpRecords,
  vrpsOf,
} from './changes.js';
export { createRtrClient, type RtrClient, type RtrClientStatus } from './client.js';
export type { RtrClientLimits, RtrClientOptions } from './client-options.js';
export type { ClientCommand, ClientEvent, ClientOutput } from './client-output.js';
export { ERROR_CODE, errorCodeName } from './error-code.js';
export type { Fault, FaultContext } from './fault.js';
export { FAULTS, faultNamed } from './faults.js';
export type { AspaLayout, RtrVersion } from './format.js';
export { packVrps, vrpsNotIn } from './packed-vrps.js';
export { type PayloadStore, storeSize } from './payload-store.js';
export { decodePdu, encodePdu, firstVersionOf, type Pdu } from './pdu.js';
export type { RecordSet } from './record-set.js';
export { RtrError } from './rtr-error.js';
export { parseScript, type ScriptStep } from './script.js';
export { createScriptPlayer, type ScriptEffect, type ScriptPlayer } from './script-player.js';
export { compareSerial, nextSerial } from './serial.js';
export { DEFAULT_TIMING, type Timing } from './timing.js';
