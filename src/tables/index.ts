export { numberHash, SeededHash } from './hash.js';
export { HashedMap, type KeyKind } from './hashed-map.js';
export { doubled, WordLists } from './lists.js';
export { createNumberMap, type NumberMap } from './number-map.js';
export { seededRandom } from './random.js';
export type { SeedOptions } from './seed.js';
export { createSlotTable, probesOf, removeSlot, reserveSlot, type SlotTable } from './slot-table.js';
