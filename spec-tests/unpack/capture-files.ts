import { concatOctets } from 'pathsec/bytes';
import { parseAddress } from 'pathsec/inet';

/** One end of a connection, `192.0.2.1:179` or `[2001:db8::1]:179`. */
export type End = string;

export const A: End = '192.0.2.1:179';
export const B: End = '192.0.2.2:40000';

/** A segment of TCP from one end to another. */
export interface SegmentParts {
  readonly from: End;
  readonly to: End;
  readonly sequence: number;
  readonly syn?: boolean;
  readonly payload?: Uint8Array;
}

/** A number of `width` octets, the highest first, or the lowest. */
export function number(width: number, value: number | bigint, little = false): Uint8Array {
  const octets = new Uint8Array(width);
  let rest = BigInt(value);
  for (let i = 0; i < width; i++, rest >>= 8n) octets[little ? i : width - 1 - i] = Number(rest & 0xffn);
  return octets;
}

function endOf(end: End): { readonly address: Uint8Array; readonly port: number } {
  const [, bracketed, plain, port] = /^(?:\[(.*)\]|([^:]*)):(\d+)$/.exec(end) ?? [];
  return { address: parseAddress(bracketed ?? plain ?? ''), port: Number(port) };
}

/** A TCP segment with a header of 20 octets, without a check sum, as those are that network cards complete. */
export function tcp({ from, to, sequence, syn = false, payload }: SegmentParts): Uint8Array {
  return concatOctets([
    number(2, endOf(from).port),
    number(2, endOf(to).port),
    number(4, sequence),
    number(4, 0),
    Uint8Array.of(0x50, syn ? 2 : 0x10, 0xff, 0xff, 0, 0, 0, 0),
    payload ?? new Uint8Array(0),
  ]);
}

/** An IP packet that carries `content`; `fragment` is the field of flags and offset of IPv4. */
export function ip(
  { from, to }: Pick<SegmentParts, 'from' | 'to'>,
  content: Uint8Array,
  { protocol = 6, fragment = 0, length = content.length } = {},
): Uint8Array {
  const [source, destination] = [endOf(from).address, endOf(to).address];
  const header =
    source.length === 4
      ? [
          Uint8Array.of(0x45, 0),
          number(2, length === 0 ? 0 : 20 + length),
          number(2, 1),
          number(2, fragment),
          Uint8Array.of(64, protocol, 0, 0),
        ]
      : [Uint8Array.of(0x60, 0, 0, 0), number(2, length), Uint8Array.of(protocol, 64)];
  return concatOctets([...header, source, destination, content]);
}

/** The IP packet of a segment. */
export const packet = (parts: SegmentParts): Uint8Array => ip(parts, tcp(parts));

const MACS = Uint8Array.of(2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1);

/** An Ethernet frame of an IP packet, behind the types and fields of `tags`, filled up as short ones are. */
export function ethernet(packet: Uint8Array, ...tags: readonly Uint8Array[]): Uint8Array {
  const type = number(2, (packet[0] as number) >> 4 === 4 ? 0x0800 : 0x86dd);
  const frame = concatOctets([MACS, ...tags, type, packet]);
  return frame.length >= 60 ? frame : concatOctets([frame, new Uint8Array(60 - frame.length)]);
}

/** A packet in a file: its octets, when it was seen, how long it was. */
export interface FilePacket {
  readonly octets: Uint8Array;
  readonly seconds?: number;
  /** Of a second, in the unit of the file. */
  readonly fraction?: number;
  /** Octets on the wire, where not all of them were captured. */
  readonly length?: number;
}

export interface PcapOptions {
  readonly little?: boolean;
  readonly nanoseconds?: boolean;
  readonly linkType?: number;
}

/** A pcap file; Ethernet unless told otherwise. */
export function pcap(
  packets: readonly (FilePacket | Uint8Array)[],
  { little = false, nanoseconds = false, linkType = 1 }: PcapOptions = {},
): Uint8Array {
  const n = (width: number, value: number) => number(width, value, little);
  const header = [
    n(4, nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4),
    n(2, 2),
    n(2, 4),
    n(4, 0),
    n(4, 0),
    n(4, 262_144),
    n(4, linkType),
  ];
  const records = packets.map((one, i) => {
    const { octets, seconds = 1_700_000_000 + i, fraction = i, length = octets.length } = asFilePacket(one);
    return concatOctets([n(4, seconds), n(4, fraction), n(4, octets.length), n(4, length), octets]);
  });
  return concatOctets([...header, ...records]);
}

export const asFilePacket = (one: FilePacket | Uint8Array): FilePacket =>
  one instanceof Uint8Array ? { octets: one } : one;

/** A block of pcapng. */
export function block(type: number, body: Uint8Array, little = false): Uint8Array {
  const padded = concatOctets([body, new Uint8Array(-body.length & 3)]);
  const length = number(4, padded.length + 12, little);
  return concatOctets([number(4, type, little), length, padded, length]);
}

/** An option of a block of pcapng. */
export const option = (code: number, value: Uint8Array, little = false): Uint8Array =>
  concatOctets([
    number(2, code, little),
    number(2, value.length, little),
    value,
    new Uint8Array(-value.length & 3),
  ]);

/** Section Header, Interface Description and Enhanced Packet Blocks of pcapng, in one byte order. */
export function pcapngBlocks(little = false) {
  const n = (width: number, value: number | bigint) => number(width, value, little);
  return {
    section: () =>
      block(0x0a0d0d0a, concatOctets([n(4, 0x1a2b3c4d), n(2, 1), n(2, 0), n(8, -1n & MAX64)]), little),
    link: (linkType = 1, options: readonly Uint8Array[] = [], snapLength = 0) =>
      block(1, concatOctets([n(2, linkType), n(2, 0), n(4, snapLength), ...options]), little),
    enhanced: (octets: Uint8Array, time: bigint, id = 0) =>
      block(
        6,
        concatOctets([
          n(4, id),
          n(4, time >> 32n),
          n(4, time & 0xffff_ffffn),
          n(4, octets.length),
          n(4, octets.length),
          octets,
        ]),
        little,
      ),
    simple: (octets: Uint8Array, length = octets.length) =>
      block(3, concatOctets([n(4, length), octets]), little),
    obsolete: (octets: Uint8Array, time: bigint, id = 0) =>
      block(
        2,
        concatOctets([
          n(2, id),
          n(2, 0),
          n(4, time >> 32n),
          n(4, time & 0xffff_ffffn),
          n(4, octets.length),
          n(4, octets.length),
          octets,
        ]),
        little,
      ),
  };
}

const MAX64 = (1n << 64n) - 1n;

/** A pcapng file of one section and one interface of Ethernet, with times in microseconds. */
export function pcapng(packets: readonly (FilePacket | Uint8Array)[], little = false): Uint8Array {
  const { section, link, enhanced } = pcapngBlocks(little);
  const blocks = packets.map((one, i) => {
    const { octets, seconds = 1_700_000_000 + i, fraction = i } = asFilePacket(one);
    return enhanced(octets, BigInt(seconds) * 1_000_000n + BigInt(fraction));
  });
  return concatOctets([section(), link(), ...blocks]);
}

/** The packets of a connection in the order of its script, with sequence numbers as they go on. */
export class Connection {
  readonly packets: Uint8Array[] = [];
  readonly #numbers: Record<'a' | 'b', number>;
  readonly #ends: Record<'a' | 'b', End>;

  /** Without `syn` the connection has begun before. */
  constructor({ a = A, b = B, syn = true, numberA = 0xffff_fff0, numberB = 1000 } = {}) {
    this.#ends = { a, b };
    this.#numbers = { a: numberA, b: numberB };
    if (!syn) return;
    for (const side of ['b', 'a'] as const) {
      this.packets.push(this.#packet(side, { syn: true }));
      this.#numbers[side] = (this.#numbers[side] + 1) >>> 0;
    }
  }

  #packet(side: 'a' | 'b', parts: Partial<SegmentParts>): Uint8Array {
    const other = side === 'a' ? 'b' : 'a';
    return ethernet(
      packet({ from: this.#ends[side], to: this.#ends[other], sequence: this.#numbers[side], ...parts }),
    );
  }

  /** A packet of the next octets of a side, which is not in {@link packets}. */
  next(side: 'a' | 'b', payload: Uint8Array): Uint8Array {
    const made = this.#packet(side, { payload });
    this.#numbers[side] = (this.#numbers[side] + payload.length) >>> 0;
    return made;
  }

  /** Sends octets, in one packet each. */
  send(side: 'a' | 'b', ...payloads: readonly Uint8Array[]): this {
    for (const payload of payloads) this.packets.push(this.next(side, payload));
    return this;
  }
}
