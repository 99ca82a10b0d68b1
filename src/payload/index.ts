export { type AspaStore, createAspaStore } from './aspa-store.js';
export { applyDiff, diffPayloads, type PayloadDiff } from './diff.js';
export type { AspaPayload, RouterKey, Vrp } from './payload.js';
export { createPayloadSet, type PayloadSet } from './payload-set.js';
export type { Payloads } from './payloads.js';
export { createRouterKeyStore, type RouterKeyStore, SKI_LENGTH } from './router-key-store.js';
export { unionAspas } from './union-aspas.js';
export type { VrpArena } from './vrp-arena.js';
export { createVrpStore, type VrpStore } from './vrp-store.js';
