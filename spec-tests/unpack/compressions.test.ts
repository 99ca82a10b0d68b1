import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { concatOctets, DecodeError, equalOctets, fromHex } from 'pathsec/bytes';
import { decompress as decompressByNode } from 'pathsec/node';
import { type CompressionName, decompress } from 'pathsec/unpack';
import { describe, expect, it } from 'vitest';
import { COMPRESSIONS } from '../../src/unpack/compressions.js';
import { describeWithProgram } from '../support.js';

/** "64496 64497 {64498}" and a newline by each compression; a compression without a sample does not compile. */
const PACKED: Readonly<Record<CompressionName, Uint8Array>> = {
  gzip: gzipSync('64496 64497 {64498}\n'),
  bzip2: fromHex(
    '425a68393141592653592f637e8d00000558800010400005e0000a20002234623420c98889d8639ec34819e2ee48a70a1205ec6fd1a0',
  ),
  xz: fromHex(
    'fd377a585a000004e6d6b4460200210116000000742fe5a30100133634343936203634343937207b36343439387d0a00f0621eba3fae872c00012c14f80a6d031fb6f37d010000000004595a',
  ),
  zstd: fromHex('28b52ffd2414a100003634343936203634343937207b36343439387d0ab86bad80'),
};
const LINE = '64496 64497 {64498}\n';

async function* pieces(octets: Uint8Array, step: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < octets.length; at += step) yield octets.subarray(at, at + step);
}

/** What comes out, and the error at the end if there is one. */
async function unpacked(octets: Uint8Array, step = 1000, by: typeof decompress = decompress) {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of by(pieces(octets, step))) parts.push(part);
  } catch (error) {
    return { octets: concatOctets(parts), error };
  }
  return { octets: concatOctets(parts), error: undefined };
}

const textOf = async (octets: Uint8Array, step?: number, by?: typeof decompress): Promise<string> => {
  const { octets: found, error } = await unpacked(octets, step, by);
  expect(error).toBeUndefined();
  return new TextDecoder().decode(found);
};

describe.each(COMPRESSIONS)('$name', ({ name, begins }) => {
  const packed = PACKED[name];

  it('is told by the beginning of its streams alone', () => {
    const alike = COMPRESSIONS.filter((row) => row.begins.every((octet, i) => packed[i] === octet));
    expect(alike.map((row) => row.name)).toEqual([name]);
  });

  it('is named in docs/cli.md', () => {
    expect(readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8')).toContain(name);
  });

  it.each([1, 7, 1000])('one member, several, zeros behind, in chunks of %d', async (step) => {
    for (const by of [decompress, decompressByNode]) {
      expect(await textOf(packed, step, by)).toBe(LINE);
      expect(await textOf(concatOctets([packed, packed, packed]), step, by)).toBe(LINE.repeat(3));
      expect(await textOf(concatOctets([packed, packed, new Uint8Array(8)]), step, by)).toBe(LINE.repeat(2));
    }
  });

  it('what does not belong behind the last member is damage', async () => {
    for (const rest of ['junk', '\0\0\0\0junk']) {
      const { octets, error } = await unpacked(concatOctets([packed, new TextEncoder().encode(rest)]));
      expect(error).toMatchObject({ code: `${name}-damaged` });
      expect(new TextDecoder().decode(octets)).toBe(LINE);
    }
  });

  it('every cut is an error with its offset, and keeps what came before', async () => {
    for (let length = begins.length; length < packed.length; length++) {
      const { octets, error } = await unpacked(packed.subarray(0, length));
      expect(error, `${length}`).toBeInstanceOf(DecodeError);
      expect(error).toMatchObject({ code: `${name}-damaged`, offset: expect.any(Number) });
      expect(LINE).toContain(new TextDecoder().decode(octets));
    }
  });

  it('every changed octet is an error, or changes nothing', async () => {
    let errors = 0;
    for (let at = begins.length; at < packed.length; at++) {
      for (const bit of [1, 0x80]) {
        const octets = new Uint8Array(packed);
        octets[at] = (octets[at] as number) ^ bit;
        const result = await unpacked(octets);
        if (result.error === undefined) expect(new TextDecoder().decode(result.octets)).toBe(LINE);
        else {
          expect(result.error).toBeInstanceOf(DecodeError);
          errors++;
        }
      }
    }
    expect(errors).toBeGreaterThan(15);
  });

  it('property: any octets behind the beginning end in octets or an error of the format', async () => {
    const ends = [`${name}-damaged`, 'window-too-large', 'compression-unsupported', undefined];
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (octets) => {
        const { error } = await unpacked(concatOctets([Uint8Array.from(begins), octets]), 17);
        expect(ends).toContain(error instanceof DecodeError ? error.code : error);
      }),
      { numRuns: 100 },
    );
  });

  it('a stream that fails is no damage: its error passes', async () => {
    const failing = async function* () {
      yield packed.subarray(0, packed.length - 3);
      throw new RangeError('no more');
    };
    const reading = async () => {
      for await (const part of decompress(failing())) expect(part.length).toBeGreaterThan(0);
    };
    await expect(reading()).rejects.toThrow(RangeError);
  });

  it('a reader that leaves closes the stream', async () => {
    let closed = 0;
    const endless = async function* () {
      try {
        for (;;) yield packed;
      } finally {
        closed++;
      }
    };
    for await (const part of decompress(endless())) {
      expect(part.length).toBeGreaterThan(0);
      break;
    }
    expect(closed).toBe(1);
  });
});

describe('layers', () => {
  it('are undone one by one, in any order', async () => {
    const once = gzipSync('64496\n');
    expect(await textOf(gzipSync(once))).toBe('64496\n');
    expect(await textOf(gzipSync(gzipSync(PACKED.xz)))).toBe(LINE);
    expect(await textOf(gzipSync(PACKED.zstd), 1)).toBe(LINE);
  });

  it('are at most four', async () => {
    const layered = (depth: number): Uint8Array =>
      depth === 0 ? new TextEncoder().encode('64496\n') : gzipSync(layered(depth - 1));
    expect(await textOf(layered(4))).toBe('64496\n');
    expect((await unpacked(layered(5))).error).toMatchObject({ code: 'compression-nested' });
  });

  it('that break off give what came before', async () => {
    const packed = gzipSync(gzipSync(LINE)).subarray(0, -9);
    const { octets, error } = await unpacked(packed);
    expect(error).toMatchObject({ code: 'gzip-damaged' });
    expect(LINE).toContain(new TextDecoder().decode(octets));
  });
});

/** Text that compresses, of which no two places are alike; then noise, runs, and zeros. */
const sample = concatOctets([
  new TextEncoder().encode(
    Array.from({ length: 30_000 }, (_, i) => `64496 ${(i * 7919) % 65521}\n`).join(''),
  ),
  Uint8Array.from({ length: 200_000 }, (_, i) => (Math.imul(i, 2654435761) >>> 13) & 0xff),
  new Uint8Array(300_000),
]);

describe.each<[CompressionName, string, string[][]]>([
  ['gzip', 'gzip', [['-1'], ['-9']]],
  ['bzip2', 'bzip2', [['-1']]],
  [
    'xz',
    'xz',
    [
      ['-0'],
      ['-6'],
      ['-C', 'sha256'],
      ['-C', 'crc32'],
      ['-C', 'none'],
      ['--block-size=100000', '-T2'],
      ['--lzma2=lc=0,lp=2,pb=0'],
    ],
  ],
  ['zstd', 'zstd', [['-1'], ['-19'], ['--ultra', '-22', '--long=27'], ['--no-check']]],
])('%s', (name, program, variants) => {
  describeWithProgram('against the program', program, () => {
    const pack = (options: readonly string[], octets: Uint8Array): Uint8Array =>
      new Uint8Array(execFileSync(program, ['-c', '-q', ...options], { input: octets }));

    it.each(variants.map((options) => [options.join(' '), options] as const))('%s', async (_, options) => {
      const packed = pack(options, sample);
      const { octets, error } = await unpacked(packed, 4096);
      expect(error).toBeUndefined();
      expect(equalOctets(octets, sample)).toBe(true);
      const cut = await unpacked(packed.subarray(0, packed.length >> 1), 4096);
      expect(cut.error).toMatchObject({ code: `${name}-damaged` });
      expect(cut.octets.length).toBeGreaterThan(0);
      expect(equalOctets(cut.octets, sample.subarray(0, cut.octets.length))).toBe(true);
    });

    it('nothing at all, and one octet', async () => {
      expect((await unpacked(pack([], new Uint8Array(0)))).octets).toHaveLength(0);
      expect((await unpacked(pack([], Uint8Array.of(7)))).octets).toEqual(Uint8Array.of(7));
    });

    it('within itself', async () => {
      const { octets, error } = await unpacked(pack([], pack([], sample)), 4096);
      expect(error).toBeUndefined();
      expect(equalOctets(octets, sample)).toBe(true);
    });
  });
});

describeWithProgram('memory that a stream wants', 'zstd', () => {
  it('a window of 128 MiB is given, a larger one refused', async () => {
    const pack = (log: number): Uint8Array =>
      new Uint8Array(execFileSync('zstd', ['-c', '-q', `--long=${log}`, '--ultra', '-3'], { input: sample }));
    expect((await unpacked(pack(27), 4096)).octets).toHaveLength(sample.length);
    expect((await unpacked(pack(28), 4096)).error).toMatchObject({ code: 'window-too-large' });
  });
});

describeWithProgram('what xz can say besides', 'xz', () => {
  it('a dictionary of 128 MiB is read, a larger one and filters for programs are refused', async () => {
    const pack = (...options: string[]): Uint8Array =>
      new Uint8Array(execFileSync('xz', ['-c', '-q', ...options], { input: sample }));
    expect((await unpacked(pack('--lzma2=preset=0,dict=128MiB'), 4096)).octets).toHaveLength(sample.length);
    const larger = await unpacked(pack('--lzma2=preset=0,dict=192MiB'), 4096);
    expect(larger.error).toMatchObject({ code: 'window-too-large' });
    const filtered = await unpacked(pack('--x86', '--lzma2=preset=0'), 4096);
    expect(filtered.error).toMatchObject({ code: 'compression-unsupported' });
  });
});
