export type { AspaStore } from './aspa-store.js';
export { createAspaStore } from './aspa-store.js';
export { type AsraIdentity, type AsraStore, createAsraStore, unionAsras } from './asra-store.js';
export {
  applyDiff,
  type ChangeFunctions,
  type ChangesOf,
  changesOver,
  type DiffOf,
  diffPayloads,
  type PayloadChangeLists,
  type PayloadDiff,
  type PayloadTarget,
  type TargetOf,
} from './changes.js';
export { SKI_LENGTH } from './check-payload.js';
export {
  createKeyedStore,
  type KeyedKind,
  type KeyedStore,
  type KindLoader,
  type KindStore,
} from './keyed-store.js';
export {
  ALL_KINDS,
  forKinds,
  type IdentityOf,
  type KindMap,
  type KindRow,
  type KindTable,
  type KindTypes,
  kindsOf,
  PAYLOAD_KINDS,
  type PayloadKind,
  type PayloadTypes,
  type StoreOf,
  type ValueOf,
} from './kinds.js';
export type { AspaPayload, AsraPayload, PrefixListPayload, RouterKey, Vrp } from './payload.js';
export {
  type CountsOf,
  chainPayloads,
  countPayloads,
  createPayloadSet,
  type FiltersOf,
  filterPayloads,
  type PayloadSet,
  type Payloads,
  type PayloadsOf,
  type SetFunctions,
  type SetOf,
  setsOver,
  sortedPayloads,
  storeIn,
  unitePayloads,
} from './payload-set.js';
export { createPrefixListStore, type PrefixListStore } from './prefix-list-store.js';
export {
  customersOverLimit,
  DEFAULT_MAX_PROVIDERS,
  dropOverLimit,
  type OverLimit,
} from './provider-limit.js';
export {
  createRouterKeyMap,
  createRouterKeyStore,
  type RouterKeyMap,
  type RouterKeyStore,
} from './router-key-store.js';
export type { PackedVrps, SharedVrps } from './shared-vrps.js';
export { packPayloads, unpackPayloads } from './snapshot.js';
export { sameProviders, unionAspas } from './union-aspas.js';
export type { VrpArena } from './vrp-arena.js';
export { createVrpStore, openVrpStore, type VrpStore } from './vrp-store.js';
