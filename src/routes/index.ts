export {
  copyElement,
  type Element,
  type PathElement,
  type Peer,
  type RouteElement,
  type StateElement,
  type WithdrawalElement,
} from './element.js';
export type { ElementSource, OnElement, PathOctets } from './element-source.js';
export type { ReadOptions } from './emitter.js';
export { routesByBeginning } from './formats.js';
export { joinSummaries, plainSummary } from './join-summaries.js';
export { describeMrt } from './mrt/describe-mrt.js';
export { createMrtReader } from './mrt/mrt-reader.js';
export type { MrtRecord } from './mrt/record-splitter.js';
export { createRibCutter, type RibCutter, type RibPiece } from './mrt/rib-cutter.js';
export {
  type CapturedMessage,
  type CaptureMessages,
  createCaptureMessages,
} from './pcap/capture-messages.js';
export type { Problem, ProblemLog } from './problem.js';
export { type ReadElementsOptions, readElements } from './read-elements.js';
export type { ReadFrom } from './read-from.js';
export type { RouteReader } from './reader.js';
export { isRibDump } from './rib-dump.js';
export { createRouteReader } from './route-reader.js';
export type { AddPathCounts, ReadSummary } from './summary.js';
export {
  createRisLiveDecoder,
  type RisLiveDecoder,
  type RisLiveMessage,
} from './text/ris-live-decoder.js';
export { createTextReader } from './text/text-reader.js';
export { announcedAttributes } from './write/announced-attributes.js';
export {
  type Bgp4mpMessage,
  type Bgp4mpSession,
  encodeBgp4mpMessage,
  encodeBgp4mpStateChange,
} from './write/bgp4mp.js';
export { createBgpdumpWriter } from './write/bgpdump-writer.js';
export { createPrefixScan } from './write/prefix-scan.js';
export { createPrefixSet, type PrefixSet } from './write/prefix-set.js';
export { encodeMrtRecord, type MrtTime } from './write/record.js';
export {
  encodePeerIndexTable,
  encodeRibRecord,
  type PeerIndexTable,
  type RibRecord,
  ribMpReach,
} from './write/table-dump-v2.js';
export {
  createUpdateWriter,
  type OnUpdate,
  type UpdateWriter,
  type UpdateWriterOptions,
} from './write/update-writer.js';
export { withdrawalUpdates } from './write/withdrawals.js';
