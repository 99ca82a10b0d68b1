// The door to the side of the room for Canonical Cache Representation, and for every form that payloads are written in, which it is one of: it
// needs a hash, and no library for ASN.1.

export type {
  Ccr,
  CcrEntries,
  CcrForm,
  CcrLocation,
  CcrManifest,
  CcrState,
  CcrStateName,
  CcrStates,
} from './ccr/ccr.js';
export { decodeCcr } from './ccr/decode-ccr.js';
export { type CcrContent, encodeCcr } from './ccr/encode-ccr.js';
export { isCcr } from './ccr/is-ccr.js';
export { readCcr, requireIntactCcr } from './ccr/read-ccr.js';
export {
  type LeftOut,
  WRITTEN_FORMATS,
  WRITTEN_OCTETS,
  type WrittenFormatName,
  type WrittenOctetsName,
} from './written-formats.js';
