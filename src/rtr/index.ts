export type { AspaChange, AspaRecord, AspaRecords } from './aspa-records.js';
export { createRtrCache, type RtrCache, type RtrCacheOptions } from './cache/cache.js';
export type { Misbehaviour, MisbehaviourContext } from './cache/misbehaviour.js';
export type { CacheOutput } from './cache/output.js';
export { type CacheSession, type CacheSessionOptions, createCacheSession } from './cache/session.js';
export { type CacheUnion, createCacheUnion, type UnionMember } from './cache/union.js';
export { createRtrClient, type RtrClient, type RtrClientStatus } from './client/client.js';
export type { RtrClientLimits, RtrClientOptions } from './client/options.js';
export type { ClientCommand, ClientEvent, ClientOutput } from './client/output.js';
export { MISBEHAVIOURS, misbehaviourNamed } from './lab/misbehaviours.js';
export { parseScript, type ScriptStep } from './lab/script.js';
export { createScriptPlayer, type ScriptEffect, type ScriptPlayer } from './lab/script-player.js';
export { describePdus } from './pdu/describe-pdu.js';
export { ERROR_CODE, errorCodeName } from './pdu/error-code.js';
export type { RtrFaultCode } from './pdu/fault-codes.js';
export type { AspaLayout, RtrVersion } from './pdu/format.js';
export { PDU_TYPE } from './pdu/header.js';
export { type DecodePduOptions, decodePdu, encodePdu, firstVersionOf, type Pdu } from './pdu/pdu.js';
export { RtrError } from './pdu/rtr-error.js';
export { DEFAULT_TIMING, type Timing } from './pdu/timing.js';
export type { RecordSet } from './record-set.js';
export {
  applyPayloadChanges,
  countChanges,
  listsOfChanges,
  type PayloadChanges,
  type PayloadStore,
  packPayloads,
  storeSize,
  UNSPOKEN_KINDS,
} from './rtr-kinds.js';
export { compareSerial, nextSerial } from './serial.js';
export {
  createRtrTranscript,
  type RtrSpeaker,
  type RtrTranscript,
  rtrSpeakerOf,
  type TranscriptEvent,
  type TranscriptOptions,
} from './transcript.js';
export { packVrps, type VrpRecords, vrpsNotIn, vrpsOf } from './vrp-records.js';
