import { DecodeError } from '../../bytes/index.js';
import { BIG_ENDIAN, type ByteOrder, LITTLE_ENDIAN } from './byte-order.js';
import type { CaptureFormat } from './packet.js';

/** Octets of the header of the file, and of a packet (draft-ietf-opsawg-pcap §4, §5). */
const FILE_HEADER = 24;
const PACKET_HEADER = 16;

/** NON-SPEC: octets of the longest packet, as libpcap has it. */
const MAX_PACKET = 1 << 18;

const MAGIC_MICROSECONDS = 0xa1b2c3d4;
const MAGIC_NANOSECONDS = 0xa1b23c4d;

/** The byte order and the fraction of a second that the first octets tell; undefined for what is no such file. */
function kindOf(head: Uint8Array): { readonly order: ByteOrder; readonly fractions: number } | undefined {
  if (head.length < 6) return undefined;
  for (const order of [BIG_ENDIAN, LITTLE_ENDIAN]) {
    const magic = order.u32(head, 0);
    if ((magic !== MAGIC_MICROSECONDS && magic !== MAGIC_NANOSECONDS) || order.u16(head, 4) !== 2) continue;
    return { order, fractions: magic === MAGIC_NANOSECONDS ? 1000 : 1 };
  }
  return undefined;
}

/** Whether octets begin like a pcap file: magic number and major version 2 (draft-ietf-opsawg-pcap §4). */
export function looksLikePcap(head: Uint8Array): boolean {
  return kindOf(head) !== undefined;
}

/** How packets stand in the pcap file that begins so; undefined for something else. */
export function pcapFormatOf(head: Uint8Array): CaptureFormat | undefined {
  const kind = kindOf(head);
  if (kind === undefined) return undefined;
  const { order, fractions } = kind;
  let linkType = 0;
  let number = 0;
  return {
    headerLength: PACKET_HEADER,
    lengthOf(octets, start, position) {
      if (position === 0) return FILE_HEADER;
      const length = order.u32(octets, start + 8);
      if (length <= MAX_PACKET) return PACKET_HEADER + length;
      throw new DecodeError('pcap-length', `a packet of ${length} octets, more than ${MAX_PACKET}`, {
        field: 'pcap.captured-length',
        offset: position + 8,
      });
    },
    packetOf(record, position) {
      if (position === 0) {
        // The upper half says how long the frame check sequence is; the IP header says what belongs to the packet.
        linkType = order.u32(record, 20) & 0xffff;
        return undefined;
      }
      // A fraction of more than a second carries over, as in MRT (docs/decisions/routes.md D-mrt-microseconds).
      const microseconds = Math.floor(order.u32(record, 4) / fractions);
      return {
        number: ++number,
        offset: position + PACKET_HEADER,
        seconds: order.u32(record, 0) + Math.floor(microseconds / 1_000_000),
        microseconds: microseconds % 1_000_000,
        linkType,
        octets: record.subarray(PACKET_HEADER),
      };
    },
  };
}
