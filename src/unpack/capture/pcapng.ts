import { DecodeError } from '../../bytes/index.js';
import { BIG_ENDIAN, type ByteOrder, LITTLE_ENDIAN } from './byte-order.js';
import type { CapturedPacket, CaptureFormat } from './packet.js';
import { type Clock, clockOf } from './pcapng-clock.js';

/** Types of blocks (draft-ietf-opsawg-pcapng §4, Appendix A). */
const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE = 1;
const OBSOLETE_PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** Type and length in front, length behind. */
const FRAME = 12;

/** NON-SPEC: octets of the longest block; names and secrets can be long. */
const MAX_BLOCK = 1 << 24;
/** NON-SPEC: interfaces of one section. */
const MAX_INTERFACES = 65_536;

/** An Interface Description Block (§4.2). */
interface Interface {
  readonly linkType: number;
  /** Octets kept of each packet; 0 for all. */
  readonly snapLength: number;
  readonly clock: Clock;
}

/** The byte order that the Section Header Block at `start` tells (§4.1); undefined where it is none. */
function orderAt(octets: Uint8Array, start: number): ByteOrder | undefined {
  if (octets.length - start < FRAME) return undefined;
  return [BIG_ENDIAN, LITTLE_ENDIAN].find((order) => order.u32(octets, start + 8) === BYTE_ORDER_MAGIC);
}

/** Whether octets begin like a pcapng file: a Section Header Block (draft-ietf-opsawg-pcapng §4.1). */
export function looksLikePcapng(head: Uint8Array): boolean {
  return head.length >= FRAME && BIG_ENDIAN.u32(head, 0) === SECTION_HEADER && orderAt(head, 0) !== undefined;
}

/** How packets stand in a pcapng file. Each section has a byte order and interfaces of its own. */
export function pcapngFormat(): CaptureFormat {
  let order = BIG_ENDIAN;
  let interfaces: Interface[] = [];
  let number = 0;

  const packet = (
    record: Uint8Array,
    position: number,
    captured: number,
    at: number,
    of: Interface | undefined,
    time: ReturnType<Clock> | undefined,
  ): CapturedPacket => {
    if (captured > record.length - 4 - at) {
      const message = `a packet of ${captured} octets in a block of ${record.length}`;
      throw new DecodeError('pcapng-packet', message, { field: 'pcapng.captured-length', offset: position });
    }
    return {
      number: ++number,
      offset: position + at,
      ...(time ?? { seconds: 0, microseconds: undefined }),
      linkType: of?.linkType,
      octets: record.subarray(at, at + captured),
    };
  };
  /** The packet of a block whose header has interface, two halves of the time, and the length (§4.3, Appendix A). */
  const timed = (record: Uint8Array, position: number, index: number): CapturedPacket => {
    const of = interfaces[index];
    const time = of?.clock(order.u32(record, 12), order.u32(record, 16));
    return packet(record, position, order.u32(record, 20), 28, of, time);
  };
  return {
    headerLength: FRAME,
    lengthOf(octets, start, position) {
      const type = BIG_ENDIAN.u32(octets, start);
      if (type === SECTION_HEADER) order = orderAt(octets, start) ?? order;
      const length = order.u32(octets, start + 4);
      const least = LEAST[type === SECTION_HEADER ? type : order.u32(octets, start)] ?? FRAME;
      if (length % 4 === 0 && length >= least && length <= MAX_BLOCK) return length;
      throw new DecodeError('pcapng-length', `a block of ${length} octets`, {
        field: 'pcapng.total-length',
        offset: position + 4,
      });
    },
    packetOf(record, position) {
      const { length } = record;
      if (order.u32(record, length - 4) !== length) {
        const message = `the block has ${length} octets in front and ${order.u32(record, length - 4)} behind`;
        const offset = position + length - 4;
        throw new DecodeError('pcapng-length', message, { field: 'pcapng.total-length', offset });
      }
      switch (order.u32(record, 0)) {
        case SECTION_HEADER:
          interfaces = [];
          return undefined;
        case INTERFACE:
          if (interfaces.length >= MAX_INTERFACES) {
            const message = `more than ${MAX_INTERFACES} interfaces`;
            throw new DecodeError('pcapng-interfaces', message, { field: 'pcapng', offset: position });
          }
          interfaces.push({
            linkType: order.u16(record, 8),
            snapLength: order.u32(record, 12),
            clock: clockOf(record, order),
          });
          return undefined;
        case ENHANCED_PACKET:
          return timed(record, position, order.u32(record, 8));
        case OBSOLETE_PACKET:
          return timed(record, position, order.u16(record, 8));
        case SIMPLE_PACKET: {
          // §4.4: of the first interface, without a time; how much of it is there has to be worked out.
          const of = interfaces[0];
          const kept = of?.snapLength || MAX_BLOCK;
          const captured = Math.min(order.u32(record, 8), kept, length - FRAME - 4);
          return packet(record, position, captured, 12, of, undefined);
        }
        default:
          return undefined; // §3.1: what is not known is passed over
      }
    },
  };
}

/** Octets that a block has at least. */
const LEAST: Readonly<Record<number, number>> = {
  [SECTION_HEADER]: 28,
  [INTERFACE]: 20,
  [OBSOLETE_PACKET]: 32,
  [SIMPLE_PACKET]: 16,
  [ENHANCED_PACKET]: 32,
};
