// The door to the captures of packets alone: who reads them, and decompresses nothing, loads no decompressor.

export { createCaptureReader, looksLikeCapture } from './capture/capture-reader.js';
export type { CapturedPacket, PacketPlace } from './capture/packet.js';
export { looksLikePcap } from './capture/pcap.js';
export { looksLikePcapng } from './capture/pcapng.js';
export { type Endpoint, type NoSegment, tcpSegmentOf } from './capture/tcp-segment.js';
export { createTcpStreams, type TcpSide, type TcpSink, type TcpStart } from './capture/tcp-streams.js';
