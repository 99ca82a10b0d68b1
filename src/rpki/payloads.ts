// The door to the side of the room that reads and writes payload files: what needs no library for ASN.1 is loaded without it.

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
  ownJsonPieces,
  routinatorJsonPieces,
  rpkiClientJsonPieces,
  type WriteOptions,
  writeOwnJson,
  writeRoutinatorJson,
  writeRpkiClientJson,
} from './json/write-json.js';
export type { PayloadDialect, PayloadFile, ReadOptions } from './payload-file.js';
export { octetPayloadFormatOf, type PayloadFileKind, payloadFileKindOf } from './payload-formats.js';
export type { Problem, Problems } from './problem.js';
export { readPayloadPieces, readPayloads } from './read-payloads.js';
export { applySlurm } from './slurm/apply-slurm.js';
export { mergeSlurm } from './slurm/merge-slurm.js';
export { readSlurm } from './slurm/read-slurm.js';
export type {
  AspaAssertion,
  AspaFilter,
  BgpsecAssertion,
  BgpsecFilter,
  PrefixAssertion,
  PrefixFilter,
  Slurm,
} from './slurm/slurm.js';
export { slurmOfPayloads, slurmPieces, writeSlurm } from './slurm/write-slurm.js';
export { type AsRelationships, readAsRelationships } from './text/as-rel-reader.js';
export { birdPieces, writeBird } from './text/bird-writer.js';
export {
  formatAspaNotation,
  formatVrpNotation,
  parseAspaNotation,
  parseVrpNotation,
} from './text/notation.js';
export {
  aspaNotationPieces,
  vrpNotationPieces,
  writeAspaNotation,
  writeVrpNotation,
} from './text/notation-writer.js';
export { openBgpdPieces, writeOpenBgpd } from './text/openbgpd-writer.js';
export { applyPayloadChange, type PayloadChange, parsePayloadChange } from './text/payload-change.js';
export {
  type LeftOut,
  WRITTEN_FORMATS,
  WRITTEN_OCTETS,
  type WrittenFormatName,
  type WrittenOctetsName,
} from './written-formats.js';
