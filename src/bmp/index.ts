export { describeBmp } from './describe-bmp.js';
export {
  BMP_HEADER_LENGTH,
  BMP_INITIATION,
  BMP_PEER_DOWN,
  BMP_PEER_UP,
  BMP_ROUTE_MIRRORING,
  BMP_ROUTE_MONITORING,
  BMP_STATISTICS,
  BMP_TERMINATION,
  looksLikeBmp,
  MAX_BMP_MESSAGE_LENGTH,
} from './header.js';
export {
  type BmpMessage,
  type BmpRouteMonitoring,
  type BmpUnknown,
  decodeBmp,
  encodeBmp,
} from './message.js';
export {
  createOpenBmpSplitter,
  decodeOpenBmp,
  encodeOpenBmp,
  looksLikeOpenBmp,
  OPENBMP_FLAG_IPV6,
  OPENBMP_FLAG_ROUTER,
  OPENBMP_RAW,
  type OpenBmpFrame,
  type OpenBmpRouter,
  openBmpRouterAddress,
} from './openbmp.js';
export {
  asnSizeOfPeer,
  type BmpRib,
  makePeerHeader,
  PEER_FLAG_ADJ_RIB_OUT,
  PEER_FLAG_AS2,
  PEER_FLAG_FILTERED,
  PEER_FLAG_IPV6,
  PEER_FLAG_POST_POLICY,
  PEER_GLOBAL,
  PEER_LOC_RIB,
  PEER_LOCAL,
  PEER_RD,
  type PeerHeader,
  type PeerHeaderFields,
  peerAddress,
  ribOfPeer,
} from './peer-header.js';
export { type BmpPeers, type BmpSession, createBmpPeers, MAX_BMP_PEERS, peerKey } from './peers.js';
export { createBmpSplitter } from './splitter.js';
export {
  type BmpTlv,
  INFORMATION_ADMIN_LABEL,
  INFORMATION_STRING,
  INFORMATION_SYS_DESCR,
  INFORMATION_SYS_NAME,
  INFORMATION_TABLE_NAME,
  tlvTexts,
} from './tlv.js';
export { type BmpStatistics, readStatistic, type Statistic } from './type-01-statistics.js';
export { type BmpPeerDown, describePeerDown } from './type-02-peer-down.js';
export type { BmpPeerUp } from './type-03-peer-up.js';
export { type BmpInitiation, type BmpTermination, describeTermination } from './type-04-05-information.js';
export { type BmpRouteMirroring, type Mirrored, readMirrored } from './type-06-route-mirroring.js';
