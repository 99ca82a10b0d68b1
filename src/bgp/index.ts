export type { DescribedOctets } from '../bytes/index.js';
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
export { ATTR_ORIGIN, decodeOrigin, encodeOrigin, type Origin } from './attribute/attr-01-origin.js';
export {
  type AsnSize,
  ATTR_AS_PATH,
  decodeAsPath,
  encodeAsPath,
  readAsSequence,
  scanAsPath,
} from './attribute/attr-02-as-path.js';
export { ATTR_NEXT_HOP, decodeNextHop, encodeNextHop } from './attribute/attr-03-next-hop.js';
export {
  ATTR_MULTI_EXIT_DISC,
  decodeMultiExitDisc,
  encodeMultiExitDisc,
} from './attribute/attr-04-multi-exit-disc.js';
export { ATTR_LOCAL_PREF, decodeLocalPref, encodeLocalPref } from './attribute/attr-05-local-pref.js';
export { ATTR_ATOMIC_AGGREGATE, decodeAtomicAggregate } from './attribute/attr-06-atomic-aggregate.js';
export {
  type Aggregator,
  ATTR_AGGREGATOR,
  ATTR_AS4_AGGREGATOR,
  decodeAggregator,
  decodeAs4Aggregator,
  encodeAggregator,
} from './attribute/attr-07-18-aggregator.js';
export {
  ATTR_COMMUNITIES,
  decodeCommunities,
  encodeCommunities,
  formatCommunity,
} from './attribute/attr-08-communities.js';
export {
  ATTR_MP_REACH_NLRI,
  decodeMpReach,
  encodeMpReach,
  type MpReach,
} from './attribute/attr-14-mp-reach-nlri.js';
export {
  ATTR_MP_UNREACH_NLRI,
  decodeMpUnreach,
  encodeMpUnreach,
  type MpUnreach,
} from './attribute/attr-15-mp-unreach-nlri.js';
export {
  ATTR_AS4_PATH,
  countAsns,
  decodeAs4Path,
  mergeAs4Path,
  toOldSpeakerPath,
} from './attribute/attr-17-as4-path.js';
export {
  ATTR_LARGE_COMMUNITIES,
  decodeLargeCommunities,
  encodeLargeCommunities,
  type LargeCommunity,
} from './attribute/attr-32-large-communities.js';
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
} from './attribute/attr-33-bgpsec-path.js';
export {
  ATTR_ONLY_TO_CUSTOMER,
  decodeOnlyToCustomer,
  encodeOnlyToCustomer,
} from './attribute/attr-35-only-to-customer.js';
export { type MpScan, scanMpReach, scanMpUnreach } from './attribute/mp-scan.js';
export {
  createPathAttributeCursor,
  encodePathAttributes,
  FLAG_EXTENDED_LENGTH,
  FLAG_OPTIONAL,
  FLAG_PARTIAL,
  FLAG_TRANSITIVE,
  nextPathAttribute,
  type PathAttributeCursor,
} from './attribute/path-attributes.js';
export { isConfedSegment, reconstructAsPath } from './attribute/secure-path.js';
export type { Family, MultiprotocolCapability } from './capability/cap-01-multiprotocol.js';
export type { RouteRefreshCapability } from './capability/cap-02-route-refresh.js';
export type { ExtendedMessageCapability } from './capability/cap-06-extended-message.js';
export type { BgpsecCapability } from './capability/cap-07-bgpsec.js';
export { type BgpRole, type RoleCapability, roleCapability, roleOfValue } from './capability/cap-09-role.js';
export type { FourOctetAsCapability } from './capability/cap-65-four-octet-as.js';
export type { AddPathCapability, AddPathFamily } from './capability/cap-69-add-path.js';
export {
  type Capability,
  decodeCapability,
  encodeCapability,
  type OpaqueCapability,
} from './capability/capability.js';
export { readFamilies } from './capability/read-families.js';
export { describeMessage, describeMessageIn, type MessageDescription } from './describe/message.js';
export { describeAttributesIn } from './describe/update.js';
export { BgpError, type Fault, type Notification, strongestTreatment, type Treatment } from './fault.js';
export type { BgpFaultCode } from './fault-codes.js';
export { pathAttributeFault } from './message/attribute-check.js';
export { type AttributeValues, pathAttribute } from './message/attribute-rules.js';
export { checkBgpRole, type RoleCheck } from './message/check-role.js';
export { type BgpMessage, decodeMessage, encodeMessage, type KeepaliveMessage } from './message/message.js';
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
} from './message/message-header.js';
export { createMessageSplitter, type MessageSplitter } from './message/message-splitter.js';
export {
  type BgpsecDirection,
  type BgpsecFamily,
  type BgpsecNegotiation,
  type NegotiationNote,
  negotiateBgpsec,
  type Side,
  type UnmetCondition,
} from './message/negotiate-bgpsec.js';
export { hardResetContent, type NotificationMessage, shutdownCommunication } from './message/notification.js';
export { notificationName } from './message/notification-names.js';
export { makeOpen, type OpenMessage, openAsn, openCapabilities } from './message/open.js';
export type { OpenParameters } from './message/open-parameters.js';
export { DEFAULT_LOCAL_PREF, NOT_PASSED_ON, passedOnAttributes } from './message/passed-on-attributes.js';
export type { RouteRefreshMessage } from './message/route-refresh.js';
export { type PeerKind, type SessionOptions, sessionOfOpens } from './message/session.js';
export { createUpdateDecoder, decodeUpdate, inspectUpdate, type Update } from './message/update.js';
export {
  decodeUpdateMessage,
  encodeUpdateMessage,
  type PathAttribute,
  type UpdateMessage,
} from './message/update-message.js';
export {
  createUpdateScan,
  scanPathAttributes,
  scanUpdate,
  type UpdateScan,
  type Window,
} from './message/update-scan.js';
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
export type { Route } from './route.js';
