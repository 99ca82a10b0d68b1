import { createBmpSplitter, looksLikeBmp } from '../../bmp/index.js';
import { DecodeError } from '../../bytes/index.js';
import type { SeedOptions } from '../../tables/index.js';
import {
  createCaptureReader,
  createTcpStreams,
  type Endpoint,
  type PacketPlace,
  type TcpSide,
  type TcpSink,
  type TcpStart,
  tcpSegmentOf,
} from '../../unpack/captures.js';
import { type BgpStream, createBgpStream, type ForeignStream } from './bgp-stream.js';
import type { OctetQueue } from './octet-queue.js';

/** A message that was captured. */
export interface CapturedMessage {
  readonly protocol: 'bgp' | 'bmp';
  /** Octets of its own; fewer than its header says where octets are missing from the capture. */
  readonly octets: Uint8Array;
  /** The packet with which it was whole. */
  readonly place: PacketPlace;
  readonly from: Endpoint;
  readonly to: Endpoint;
}

/** Takes a capture of packets in pieces. */
export interface CaptureMessages {
  /** @throws {DecodeError} as `createCaptureReader`, after the messages before the damage were given. */
  push(chunk: Uint8Array): void;
  /** Nothing more comes: what still waits is given. */
  end(): void;
  /** Stretches of octets that are missing from the connections that were read. */
  readonly gaps: number;
  /** Packets that were taken. */
  readonly packets: number;
}

/**
 * The messages of BGP and of BMP in a capture (pcap or pcapng), as octets: of all TCP connections in both directions and on any
 * port, in the order in which they were whole, found as the reader of routes finds them (docs/decisions/routes.md
 * D-capture-marker, D-capture-bmp). For who wants to see the octets; `createRouteReader` gives the routes.
 */
export function createCaptureMessages(
  onMessage: (message: CapturedMessage) => void,
  { seed }: SeedOptions = {},
): CaptureMessages {
  const capture = createCaptureReader();
  let gaps = 0;
  let packets = 0;
  const streams = createTcpStreams(
    (start) =>
      sinkOf(start, onMessage, () => {
        gaps++;
      }),
    {},
    { seed },
  );
  return {
    get gaps() {
      return gaps;
    },
    get packets() {
      return packets;
    },
    push(chunk) {
      capture.push(chunk);
      for (let packet = capture.next(); packet !== undefined; packet = capture.next()) {
        packets++;
        const segment = tcpSegmentOf(packet);
        if (typeof segment !== 'string') streams.take(segment, packet);
      }
    },
    end: () => streams.end(),
  };
}

/** Both directions of a connection. */
function sinkOf(
  { ends, isKnown }: TcpStart,
  onMessage: (message: CapturedMessage) => void,
  onGap: () => void,
): TcpSink {
  let interest: TcpSink['interest'] = 'undecided';
  let place: PacketPlace = { number: 0, offset: 0, seconds: 0, microseconds: undefined };
  const give = (side: TcpSide, protocol: CapturedMessage['protocol'], octets: Uint8Array): void => {
    const [from, to] = [ends[side], ends[side === 0 ? 1 : 0]];
    onMessage({ protocol, octets, place, from, to });
  };
  const streamOf = (side: TcpSide): BgpStream =>
    createBgpStream(
      {
        found() {
          interest = 'wanted';
        },
        message: ({ octets }, start, end) => give(side, 'bgp', octets.slice(start, end)),
        unknown() {},
        lost() {},
        foreign(queue) {
          const stream = bmpStream(queue, (message) => give(side, 'bmp', message));
          if (stream !== undefined) interest = 'wanted';
          return stream;
        },
      },
      () => isKnown(side),
    );
  const streams = [streamOf(0), streamOf(1)] as const;
  return {
    get interest() {
      return interest;
    },
    data(side, octets, at, from) {
      place = from;
      const stream = streams[side];
      stream.data(octets, at);
      if (stream.isBgp === false && interest === 'undecided') interest = 'ignored';
    },
    gap(side, missing, _cut, from) {
      place = from;
      streams[side].gap(missing);
      if (streams[side].isRead) onGap(); // what it is may be known by what waited
    },
    overlap() {},
    end() {
      for (const stream of streams) stream.gap(undefined);
    },
  };
}

/** A direction of BMP, where it begins so; nothing is read behind a header that cannot be right, or octets that are missing. */
function bmpStream(queue: OctetQueue, give: (message: Uint8Array) => void): ForeignStream | undefined {
  if (!looksLikeBmp(queue.octets.subarray(queue.start, queue.end))) return undefined;
  const splitter = createBmpSplitter();
  let ended = false;
  return {
    data(from) {
      if (!ended) splitter.push(from.octets.subarray(from.start, from.end));
      from.drop(from.length);
      try {
        for (let message = splitter.next(); message !== undefined; message = splitter.next()) {
          give(message.slice());
        }
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        ended = true;
      }
    },
    gap() {
      ended = true;
    },
  };
}
