export { type AspaStore, createAspaStore } from './aspa-store.js';
export { SKI_LENGTH } from './check-payload.js';
export { applyDiff, diffPayloads, type PayloadDiff } from './diff.js';
export type { AspaPayload, RouterKey, Vrp } from './payload.js';
export { createPayloadSet, type PayloadSet } from './payload-set.js';
export type { Payloads } from './payloads.js';
export {
  customersOverLimit,
  DEFAULT_MAX_PROVIDERS,
  dropOverLimit,
  type OverLimit,
} from './provider-limit.js';
export { createRouterKeyMap, type RouterKeyMap } from './router-key-map.js';
export { createRouterKeyStore, type RouterKeyStore } from './router-key-store.js';
export { unionAspas } from './union-aspas.js';
export type { VrpArena } from './vrp-arena.js';
export { createVrpStore, type VrpStore } from './vrp-store.js';
