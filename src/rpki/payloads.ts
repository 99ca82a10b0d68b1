// The door to the side of the room that reads and writes payload files in text: what needs no package is loaded without any.

export { parseStrictJson } from './json/strict-json.js';
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
