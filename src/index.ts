export type { AsPath, AsPathSegment, Route } from './bgp/index.js';
export { DecodeError } from './bytes/index.js';
export type { Asn, Prefix } from './inet/index.js';
export { formatPrefix, parseAsn, parsePrefix } from './inet/index.js';
export type { AspaPayload, RouterKey, Vrp } from './payload/index.js';
