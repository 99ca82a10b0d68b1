import { concatOctets, DecodeError } from 'pathsec/bytes';
import { type CapturedPacket, createCaptureReader, looksLikeCapture } from 'pathsec/unpack';
import { describe, expect, it } from 'vitest';
import { block, number, option, pcap, pcapng, pcapngBlocks } from './capture-files.js';

/** The packets of a capture that comes in pieces, and the code and offset of what ended it. */
function read(octets: Uint8Array, step = octets.length || 1) {
  const packets: CapturedPacket[] = [];
  const reader = createCaptureReader();
  try {
    for (let at = 0; at < octets.length; at += step) {
      reader.push(octets.subarray(at, at + step));
      for (let one = reader.next(); one; one = reader.next()) packets.push(one);
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    expect(() => reader.next()).toThrow(error);
    return { packets, pending: reader.pending, damage: [error.code, error.offset] };
  }
  return { packets, pending: reader.pending };
}

const times = (octets: Uint8Array) =>
  read(octets).packets.map(({ seconds, microseconds }) => [seconds, microseconds]);

const DATA = Uint8Array.of(1, 2, 3);
const TWO = [
  { octets: DATA, seconds: 1_700_000_000, fraction: 999_999 },
  { octets: Uint8Array.of(4), seconds: 0xffff_ffff, fraction: 0, length: 70 },
];

describe('pcap', () => {
  it.each([false, true])('is read in both byte orders (little: %s), in pieces of any size', (little) => {
    const octets = pcap(TWO, { little, linkType: 0x3000_0001 });
    expect(looksLikeCapture(octets.subarray(0, 12))).toBe(true);
    const { packets, pending } = read(octets);
    expect(packets).toEqual([
      { number: 1, offset: 40, seconds: 1_700_000_000, microseconds: 999_999, linkType: 1, octets: DATA },
      { number: 2, offset: 59, seconds: 0xffff_ffff, microseconds: 0, linkType: 1, octets: Uint8Array.of(4) },
    ]);
    expect(pending).toBe(0);
    for (const step of [1, 5, 16, 39]) expect(read(octets, step)).toEqual({ packets, pending });
  });

  it('has microseconds or nanoseconds, and a fraction of more than a second carries over', () => {
    const packets = [{ octets: DATA, seconds: 7, fraction: 2_000_001_999 }];
    expect(times(pcap(packets, { nanoseconds: true }))).toEqual([[9, 1]]);
    expect(times(pcap([{ octets: DATA, seconds: 7, fraction: 1_000_001 }]))).toEqual([[8, 1]]);
  });

  it('ends at a length that cannot be right; what stood before it was given', () => {
    const octets = concatOctets([pcap([DATA]), new Uint8Array(8), number(4, 262_145), new Uint8Array(20)]);
    const { packets, damage } = read(octets);
    expect(packets).toHaveLength(1);
    expect(damage).toEqual(['pcap-length', 43 + 8]);
  });

  it('that ends within a packet says how much is pending', () => {
    expect(read(pcap([DATA]).subarray(0, 42))).toEqual({ packets: [], pending: 18 });
    expect(read(pcap([]))).toEqual({ packets: [], pending: 0 });
  });

  it('is nothing else', () => {
    expect(read(new Uint8Array(24)).damage).toEqual(['capture-format', 0]);
    expect(looksLikeCapture(Uint8Array.of(0xa1, 0xb2, 0xc3, 0xd4, 0, 3, 0, 0, 0, 0, 0, 0))).toBe(false);
    expect(looksLikeCapture(new Uint8Array())).toBe(false);
  });
});

describe('pcapng', () => {
  it.each([false, true])('is read in both byte orders (little: %s), in pieces of any size', (little) => {
    const octets = pcapng(TWO, little);
    const { packets, pending } = read(octets);
    expect(packets).toEqual([
      { number: 1, offset: 76, seconds: 1_700_000_000, microseconds: 999_999, linkType: 1, octets: DATA },
      {
        number: 2,
        offset: 112,
        seconds: 0xffff_ffff,
        microseconds: 0,
        linkType: 1,
        octets: Uint8Array.of(4),
      },
    ]);
    for (const step of [1, 7, 12, 33]) expect(read(octets, step)).toEqual({ packets, pending });
  });

  it('has the resolution and the offset of each interface', () => {
    const { section, link, enhanced } = pcapngBlocks();
    const nano = option(9, Uint8Array.of(9));
    const binary = option(9, Uint8Array.of(0x80 | 10));
    const later = option(14, number(8, 100));
    const earlier = option(14, number(8, (1n << 64n) - 1_000n));
    const interfaces = [[nano], [binary], [later, nano], [earlier], []];
    const time = 1_700_000_000_123_456_789n;
    const octets = concatOctets([
      section(),
      ...interfaces.map((options) => link(1, [option(2, DATA), ...options, option(0, new Uint8Array())])),
      enhanced(DATA, time, 0),
      enhanced(DATA, 3n * 1024n + 512n, 1),
      enhanced(DATA, time, 2),
      enhanced(DATA, 5n, 3),
      enhanced(DATA, 5n, 4),
    ]);
    expect(times(octets)).toEqual([
      [1_700_000_000, 123_456],
      [3, 500_000],
      [1_700_000_100, 123_456],
      [0, 5], // before 1970
      [0, 5],
    ]);
  });

  it('has sections with byte orders and interfaces of their own, other blocks, and packets of three kinds', () => {
    const [big, little] = [pcapngBlocks(), pcapngBlocks(true)];
    const octets = concatOctets([
      big.section(),
      block(4, DATA), // names
      big.link(1, [], 2),
      big.enhanced(DATA, 1n),
      big.obsolete(DATA, 2_000_003n),
      big.simple(DATA.subarray(0, 2), 3),
      little.section(),
      little.link(101),
      little.enhanced(DATA, 4n),
      little.simple(DATA),
      little.enhanced(DATA, 5n, 1), // an interface that is not described
      block(0x8000_0001, new Uint8Array(0), true),
    ]);
    const { packets, pending } = read(octets);
    expect(
      packets.map(({ linkType, seconds, microseconds, octets: { length } }) => [
        linkType,
        seconds,
        microseconds,
        length,
      ]),
    ).toEqual([
      [1, 0, 1, 3],
      [1, 2, 3, 3],
      [1, 0, undefined, 2],
      [101, 0, 4, 3],
      [101, 0, undefined, 3],
      [undefined, 0, undefined, 3],
    ]);
    expect(pending).toBe(0);
  });

  it('ends at lengths that cannot be right', () => {
    const { section, link, enhanced } = pcapngBlocks();
    const start = concatOctets([section(), link()]);
    const good = enhanced(DATA, 1n);
    const damaged = (at: number, value: number) => {
      const octets = concatOctets([start, good, good]);
      octets.set(number(4, value), start.length + good.length + at);
      return read(octets);
    };
    const at = start.length + good.length;
    expect(damaged(4, 30).damage).toEqual(['pcapng-length', at + 4]);
    expect(damaged(4, 28).damage).toEqual(['pcapng-length', at + 4]);
    expect(damaged(4, 1 << 25).damage).toEqual(['pcapng-length', at + 4]);
    expect(damaged(good.length - 4, 40).damage).toEqual(['pcapng-length', at + good.length - 4]);
    expect(damaged(20, 5).damage).toEqual(['pcapng-packet', at]);
    expect(damaged(20, 5).packets).toHaveLength(1);
  });

  it('has at most 65,536 interfaces in a section', () => {
    const { section, link } = pcapngBlocks();
    const octets = concatOctets([section(), ...new Array<Uint8Array>(65_537).fill(link())]);
    expect(read(octets).damage?.[0]).toBe('pcapng-interfaces');
  });
});
