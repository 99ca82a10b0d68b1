export { formatAddress, parseAddress } from './address.js';
export { AFI_IPV4, AFI_IPV6, type Afi, addressLength, SAFI_UNICAST } from './afi.js';
export { type AsRelationshipNote, parseAsRelationship, parseAsRelationshipNote } from './as-relationship.js';
export { AS_TRANS, type Asn, distinctAsns, formatAsn, isAsn, MAX_ASN, parseAsn } from './asn.js';
export { requireAsn, requireIterable, requireObject, requirePrefix } from './misuse.js';
export {
  comparePrefix,
  coversPrefix,
  equalPrefix,
  formatPrefix,
  makePrefix,
  maskedOctets,
  type Prefix,
  parsePrefix,
  parsePrefixMasked,
} from './prefix.js';
export { requireFunction, requireNumber, requireOctets } from './value-checks.js';
export { requireText, sayValue } from './value-kind.js';
