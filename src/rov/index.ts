export { affectedPrefixes } from './affected-prefixes.js';
export { explainOrigin, literalOrigin, type OriginEvidence } from './explain-origin.js';
export { originAs } from './origin-as.js';
export { createRovTable, type RovTable } from './rov-table.js';
export { type OriginValidity, validateOrigin, validateReadOrigin } from './validate-origin.js';
