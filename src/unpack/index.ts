export { beginningOf, foreignKindOf } from './beginning.js';
export { type CaptureReader, createCaptureReader, looksLikeCapture } from './capture/capture-reader.js';
export type { CapturedPacket, PacketPlace } from './capture/packet.js';
export { type Endpoint, type NoSegment, type TcpSegment, tcpSegmentOf } from './capture/tcp-segment.js';
export {
  createTcpStreams,
  type TcpInterest,
  type TcpLimits,
  type TcpSide,
  type TcpSink,
  type TcpStart,
  type TcpStreams,
} from './capture/tcp-streams.js';
export type { CompressionName, Unpacker } from './compressions.js';
export { decompress } from './decompress.js';
export { type Peeked, peek } from './peek.js';
