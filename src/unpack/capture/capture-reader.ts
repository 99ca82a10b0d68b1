import { concatOctets, createFrameSplitter, DecodeError, type FrameSplitter } from '../../bytes/index.js';
import type { CapturedPacket, CaptureFormat } from './packet.js';
import { looksLikePcap, pcapFormatOf } from './pcap.js';
import { looksLikePcapng, pcapngFormat } from './pcapng.js';

/** So many octets say which format a capture has. */
const LOOKED_AT = 12;

/** Cuts a stream of octets into the packets of a capture. Does no I/O. */
export interface CaptureReader {
  /** Octets received that are in no packet yet. */
  readonly pending: number;
  /** The next octets of the capture, of any size; copied. */
  push(chunk: Uint8Array): void;
  /**
   * The next whole packet, whose octets are its own; undefined when more octets are needed.
   *
   * @throws {DecodeError} `capture-format` for what is neither pcap nor pcapng; `pcap-length`, `pcapng-length`, `pcapng-packet`,
   * `pcapng-interfaces` after all packets before the fault were taken, and at every further call: nothing behind it can be
   * found. Offsets count from the first octet of the stream.
   */
  next(): CapturedPacket | undefined;
}

/** Whether octets begin like a capture of packets, in a form that is read; 12 octets are enough. */
export function looksLikeCapture(head: Uint8Array): boolean {
  return looksLikePcap(head) || looksLikePcapng(head);
}

/**
 * A reader of captures as tcpdump, dumpcap and others write them: pcap (draft-ietf-opsawg-pcap; microseconds and nanoseconds) and
 * pcapng (draft-ietf-opsawg-pcapng; all sections and interfaces), in both byte orders (docs/decisions/unpack.md
 * D-capture-own). It holds what was pushed and not taken; a packet of more than 256 KiB, or a block of more than 16 MiB, is
 * refused by its header.
 */
export function createCaptureReader(): CaptureReader {
  let first: Uint8Array = new Uint8Array(0);
  let found: { readonly format: CaptureFormat; readonly splitter: FrameSplitter } | undefined;
  let position = 0;
  let damage: DecodeError | undefined;
  const choose = (): typeof found => {
    if (first.length < LOOKED_AT) return undefined;
    const format = looksLikePcapng(first) ? pcapngFormat() : pcapFormatOf(first);
    if (format === undefined) {
      throw new DecodeError('capture-format', 'neither pcap nor pcapng', { field: 'capture', offset: 0 });
    }
    const splitter = createFrameSplitter(format.headerLength, format.lengthOf);
    splitter.push(first);
    return { format, splitter };
  };
  const take = (): CapturedPacket | undefined => {
    found ??= choose();
    if (found === undefined) return undefined;
    const { format, splitter } = found;
    for (;;) {
      const record = splitter.next();
      if (record === undefined) return undefined;
      const at = position;
      position += record.length;
      const packet = format.packetOf(record, at);
      if (packet !== undefined) return packet;
    }
  };
  return {
    get pending() {
      return found === undefined ? first.length : found.splitter.pending;
    },
    push(chunk) {
      if (found === undefined) first = concatOctets([first, chunk]);
      else found.splitter.push(chunk);
    },
    next() {
      if (damage !== undefined) throw damage;
      try {
        return take();
      } catch (error) {
        if (error instanceof DecodeError) damage = error;
        throw error;
      }
    },
  };
}
