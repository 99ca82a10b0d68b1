import { readU16, readU32 } from '../../bytes/index.js';
import { PROTOCOL_TCP, readIp } from './ip-packet.js';
import { findIp, isLinkType } from './link-layer.js';
import type { CapturedPacket } from './packet.js';

/** One end of a TCP connection. */
export interface Endpoint {
  /** 4 or 16 octets. */
  readonly address: Uint8Array;
  readonly port: number;
}

/** A TCP segment (RFC 9293 §3.1), as far as it was captured. */
export interface TcpSegment {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** Of the first octet of the payload, or of SYN. */
  readonly sequence: number;
  readonly syn: boolean;
  /** A view of what was captured of the payload, which begins at `payloadAt` of the packet. */
  readonly payload: Uint8Array;
  readonly payloadAt: number;
  /** Octets of the payload that the capture left out. */
  readonly cut: number;
}

/**
 * Why a packet gives no segment: the link type is not read; it carries no TCP; it is a fragment of one that does; too little
 * of it was captured; its TCP header cannot be right.
 */
export type NoSegment = 'link-type' | 'other' | 'fragment' | 'cut' | 'damaged';

const HEADER = 20;
const SYN = 0x02;

/** The TCP segment of a packet, or why there is none. Check sums are not looked at: network cards fill them in later. */
export function tcpSegmentOf({ linkType, octets }: CapturedPacket): TcpSegment | NoSegment {
  if (!isLinkType(linkType)) return 'link-type';
  const at = findIp(linkType, octets);
  const packet = at < 0 ? undefined : readIp(octets, at);
  if (packet === undefined || packet.protocol !== PROTOCOL_TCP) return 'other';
  if (packet.fragment) return 'fragment';
  const { start } = packet;
  if (packet.end - start < HEADER) return 'damaged';
  if (octets.length - start < HEADER) return 'cut';
  const header = 4 * ((octets[start + 12] as number) >> 4);
  const payloadAt = start + header;
  if (header < HEADER || payloadAt > packet.end) return 'damaged';
  if (payloadAt > octets.length) return 'cut';
  // What stands behind the packet fills up a frame.
  const captured = Math.min(packet.end, octets.length);
  return {
    source: { address: packet.source, port: readU16(octets, start) },
    destination: { address: packet.destination, port: readU16(octets, start + 2) },
    sequence: readU32(octets, start + 4),
    syn: ((octets[start + 13] as number) & SYN) !== 0,
    payload: octets.subarray(payloadAt, captured),
    payloadAt,
    cut: packet.end - captured,
  };
}
