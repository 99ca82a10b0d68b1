export {
  AS_CONFED_SEQUENCE,
  AS_CONFED_SET,
  AS_SEQUENCE,
  AS_SET,
  type AsPath,
  type AsPathSegment,
  type SegmentType,
} from './as-path.js';
export { formatAsPath, parseAsPath, parseAsPathJson } from './as-path-text.js';
export { ATTR_ORIGIN, decodeOrigin, encodeOrigin, type Origin } from './attr-01-origin.js';
export {
  type AsnSize,
  ATTR_AS_PATH,
  decodeAsPath,
  encodeAsPath,
  readAsSequence,
  scanAsPath,
} from './attr-02-as-path.js';
export { ATTR_NEXT_HOP, decodeNextHop, encodeNextHop } from './attr-03-next-hop.js';
export { ATTR_MULTI_EXIT_DISC, decodeMultiExitDisc, encodeMultiExitDisc } from './attr-04-multi-exit-disc.js';
export { ATTR_LOCAL_PREF, decodeLocalPref, encodeLocalPref } from './attr-05-local-pref.js';
export { ATTR_ATOMIC_AGGREGATE, decodeAtomicAggregate } from './attr-06-atomic-aggregate.js';
export {
  type Aggregator,
  ATTR_AGGREGATOR,
  ATTR_AS4_AGGREGATOR,
  decodeAggregator,
  decodeAs4Aggregator,
  encodeAggregator,
} from './attr-07-18-aggregator.js';
export {
  ATTR_COMMUNITIES,
  decodeCommunities,
  encodeCommunities,
  formatCommunity,
} from './attr-08-communities.js';
export { ATTR_MP_REACH_NLRI, decodeMpReach, encodeMpReach, type MpReach } from './attr-14-mp-reach-nlri.js';
export {
  ATTR_MP_UNREACH_NLRI,
  decodeMpUnreach,
  encodeMpUnreach,
  type MpUnreach,
} from './attr-15-mp-unreach-nlri.js';
export {
  ATTR_AS4_PATH,
  countAsns,
  decodeAs4Path,
  mergeAs4Path,
  toOldSpeakerPath,
} from './attr-17-as4-path.js';
export {
  ATTR_LARGE_COMMUNITIES,
  decodeLargeCommunities,
  encodeLargeCommunities,
  type LargeCommunity,
} from './attr-32-large-communities.js';
export {
  ATTR_BGPSEC_PATH,
  ATTR_BGPSEC_PATH_PRINTED,
  type BgpsecPath,
  CONFED_SEGMENT_FLAG,
  decodeBgpsecPath,
  encodeBgpsecPath,
  type SecurePathSegment,
  type SignatureBlock,
  type SignatureSegment,
  SKI_LENGTH,
} from './attr-33-bgpsec-path.js';
export {
  ATTR_ONLY_TO_CUSTOMER,
  decodeOnlyToCustomer,
  encodeOnlyToCustomer,
} from './attr-35-only-to-customer.js';
export { type AttributeValues, pathAttribute } from './attribute-rules.js';
export type { Family, MultiprotocolCapability } from './cap-01-multiprotocol.js';
export type { RouteRefreshCapability } from './cap-02-route-refresh.js';
export type { ExtendedMessageCapability } from './cap-06-extended-message.js';
export type { BgpsecCapability } from './cap-07-bgpsec.js';
export { type BgpRole, type RoleCapability, roleCapability, roleOfValue } from './cap-09-role.js';
export type { FourOctetAsCapability } from './cap-65-four-octet-as.js';
export type { AddPathCapability, AddPathFamily } from './cap-69-add-path.js';
export { type Capability, decodeCapability, encodeCapability, type OpaqueCapability } from './capability.js';
export type { DescribedOctets } from './describe.js';
export { describeMessage, type MessageDescription } from './describe-message.js';
export { BgpError, type Fault, type Notification, strongestTreatment, type Treatment } from './fault.js';
export { type BgpMessage, decodeMessage, encodeMessage, type KeepaliveMessage } from './message.js';
export {
  decodeHeader,
  frameMessage,
  HEADER_LENGTH,
  MAX_EXTENDED_MESSAGE_LENGTH,
  MAX_MESSAGE_LENGTH,
  type MessageHeader,
  MSG_KEEPALIVE,
  MSG_NOTIFICATION,
  MSG_OPEN,
  MSG_ROUTE_REFRESH,
  MSG_UPDATE,
  maxMessageLength,
} from './message-header.js';
export { createMessageSplitter, type MessageSplitter } from './message-splitter.js';
export { type MpScan, scanMpReach, scanMpUnreach } from './mp-scan.js';
export {
  type BgpsecDirection,
  type BgpsecFamily,
  type BgpsecNegotiation,
  type NegotiationNote,
  negotiateBgpsec,
  type Side,
  type UnmetCondition,
} from './negotiate-bgpsec.js';
export {
  createNlriCursor,
  decodeNlri,
  encodeNlri,
  type Nlri,
  type NlriCursor,
  nextNlri,
  nlriIsPlausible,
  resetNlri,
  writePrefix,
} from './nlri.js';
export { hardResetContent, type NotificationMessage, shutdownCommunication } from './notification.js';
export { notificationName } from './notification-names.js';
export { makeOpen, type OpenMessage, openAsn, openCapabilities } from './open.js';
export type { OpenParameters } from './open-parameters.js';
export { passedOnAttributes } from './passed-on-attributes.js';
export {
  createPathAttributeCursor,
  encodePathAttributes,
  FLAG_EXTENDED_LENGTH,
  FLAG_OPTIONAL,
  FLAG_PARTIAL,
  FLAG_TRANSITIVE,
  nextPathAttribute,
  type PathAttributeCursor,
} from './path-attributes.js';
export { readFamilies } from './read-families.js';
export type { Route } from './route.js';
export type { RouteRefreshMessage } from './route-refresh.js';
export { isConfedSegment, reconstructAsPath } from './secure-path.js';
export { type PeerKind, type SessionOptions, sessionOfOpens } from './session.js';
export { decodeUpdate, inspectUpdate, type Update } from './update.js';
export {
  decodeUpdateMessage,
  encodeUpdateMessage,
  type PathAttribute,
  type UpdateMessage,
} from './update-message.js';
export {
  createUpdateScan,
  scanPathAttributes,
  scanUpdate,
  type UpdateScan,
  type Window,
} from './update-scan.js';
