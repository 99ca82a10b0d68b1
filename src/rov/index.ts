export {
  affectedBy,
  affectedPrefixes,
  explainOrigin,
  literalOrigin,
  type OriginEvidence,
  originAs,
  type PrefixTest,
} from './rfc6811.js';
export {
  createRovTable,
  type OriginValidity,
  type RovTable,
  validateOrigin,
  validateReadOrigin,
} from './validate-origin.js';
