export { beginningOf, foreignKindOf } from './beginning.js';
export type { CompressionName, Unpacker } from './compressions.js';
export { decompress } from './decompress.js';
export { type Peeked, peek } from './peek.js';
