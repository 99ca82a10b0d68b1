import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { formatAsPath } from 'pathsec/bgp';
import { DecodeError, equalOctets, fromHex } from 'pathsec/bytes';
import { decompress, type InputSummary, openInput, readRoutes, routes } from 'pathsec/node';
import type { RouteElement } from 'pathsec/routes';
import { afterAll, describe, expect, it } from 'vitest';
import { concat } from '../routes/collect.js';
import { announcement } from '../routes/fixtures.js';
import { describeWithProgram } from '../support.js';

const folder = mkdtempSync(join(tmpdir(), 'pathsec-input-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, octets: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, octets);
  return path;
};

async function* pieces(octets: Uint8Array, step: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < octets.length; at += step) yield octets.subarray(at, at + step);
}

/** What comes out, and the error at the end if there is one. */
async function read(octets: Uint8Array, step = 1000) {
  const parts: Uint8Array[] = [];
  let error: unknown;
  try {
    for await (const chunk of decompress(pieces(octets, step))) parts.push(chunk);
  } catch (caught) {
    error = caught;
  }
  return { octets: concat(...parts), error };
}

/** Text that compresses, of which no two places are alike. */
const sample = new TextEncoder().encode(
  Array.from({ length: 20_000 }, (_, i) => `64496 ${(i * 7919) % 65521}\n`).join(''),
);
const zeros = new Uint8Array(70_000);

describe('gzip', () => {
  it('one member, several, zeros behind', async () => {
    const two = concat(gzipSync(sample.subarray(0, 9_999)), gzipSync(sample.subarray(9_999)));
    for (const octets of [
      gzipSync(sample),
      two,
      concat(two, zeros),
      concat(gzipSync(sample), new Uint8Array(3)),
    ]) {
      for (const step of [1000, 65_536]) {
        const result = await read(octets, step);
        expect(result.error).toBeUndefined();
        expect(equalOctets(result.octets, sample)).toBe(true);
      }
    }
    expect(await read(gzipSync(new Uint8Array(0)))).toEqual({ octets: new Uint8Array(0), error: undefined });
  });

  it('a cut stream delivers what came before, then one error', async () => {
    const octets = gzipSync(sample);
    for (const length of [2, 9, 500, octets.length - 9, octets.length - 1]) {
      const result = await read(octets.subarray(0, length));
      expect(result.error).toBeInstanceOf(DecodeError);
      expect(result.error).toMatchObject({ code: 'gzip-damaged', offset: length });
      expect(equalOctets(result.octets, sample.subarray(0, result.octets.length))).toBe(true);
      if (length > octets.length - 10) expect(equalOctets(result.octets, sample)).toBe(true);
    }
  });

  it('a damaged stream, and octets that are no member, are errors', async () => {
    const octets = gzipSync(sample);
    octets.fill(0xff, octets.length >> 1, (octets.length >> 1) + 40);
    expect((await read(octets)).error).toMatchObject({ code: 'gzip-damaged' });
    const trailing = await read(concat(gzipSync(sample), new TextEncoder().encode('junk')));
    expect(trailing.error).toMatchObject({ code: 'gzip-damaged' });
    const late = await read(concat(gzipSync(sample), zeros, Uint8Array.of(1)));
    expect(late.error).toMatchObject({ code: 'gzip-damaged' });
  });
});

/** `bzip2` of "64496\n", made once with the program of that name. */
const TINY = '425a68393141592653595311d06e000002480000100520200030cd3418c8414e2ee48a70a120a623a0dc';

describe('bzip2', () => {
  it('a small stream, twice, with zeros behind', async () => {
    const text = new TextEncoder().encode('64496\n');
    for (const step of [1, 7, 1000]) {
      expect(await read(fromHex(TINY), step)).toEqual({ octets: text, error: undefined });
      const twice = concat(fromHex(TINY), fromHex(TINY), new Uint8Array(5));
      expect(await read(twice, step)).toEqual({ octets: concat(text, text), error: undefined });
    }
  });

  it('every truncation and every changed octet is an error, never a wrong result', async () => {
    const whole = fromHex(TINY);
    const text = new TextEncoder().encode('64496\n');
    let errors = 0;
    for (let length = 4; length < whole.length; length++) {
      expect((await read(whole.subarray(0, length))).error).toMatchObject({ code: 'bzip2-damaged' });
      for (const bit of [1, 0x80]) {
        const octets = whole.slice();
        octets[length] = (octets[length] as number) ^ bit;
        const result = await read(octets);
        // A bit that nothing reads (an unused code) may change; then the result is the same.
        if (result.error === undefined) expect(result.octets).toEqual(text);
        else errors++;
      }
    }
    expect(errors).toBeGreaterThan(50);
  });

  it('a crafted endless run is an error at once', async () => {
    // One symbol in use; the first Huffman code gives RUNA for every bit 0, far more often than a block can hold.
    const bits = [
      '0100001001011010' + '01101000' + '00111001', // BZh9
      '001100010100000101011001001001100101001101011001', // block magic
      `${'0'.repeat(32)}0${'0'.repeat(24)}`,
      '1000000000000000' + '1000000000000000', // octet 0 in use
      `010000000111110100${'0'.repeat(500)}`, // two tables, 500 selectors of the first
      ('00001' + '0' + '100' + '0').repeat(2), // lengths 1, 2, 2
      '0'.repeat(20_000),
    ].join('');
    const octets = Uint8Array.from({ length: bits.length >> 3 }, (_, i) =>
      Number.parseInt(bits.slice(8 * i, 8 * i + 8), 2),
    );
    const { error } = await read(octets);
    expect(error).toMatchObject({
      code: 'bzip2-damaged',
      message: expect.stringContaining('a run leaves the block'),
    });
  });

  it('property: any octets behind a bzip2 header end in an error or in octets', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (octets) => {
        const { error } = await read(concat(fromHex('425a6839314159265359'), octets));
        expect(error).toBeInstanceOf(DecodeError);
      }),
      { numRuns: 100 },
    );
  });
});

describeWithProgram('bzip2, against the program', 'bzip2', () => {
  const bzip2 = (octets: Uint8Array, level: number) =>
    new Uint8Array(execFileSync('bzip2', [`-${level}`], { input: octets }));

  it('blocks of all kinds', async () => {
    const runs = concat(
      sample,
      zeros,
      new Uint8Array(259).fill(7),
      new Uint8Array(4).fill(9),
      Uint8Array.of(9, 9, 9, 9, 9),
    );
    const noise = Uint8Array.from({ length: 150_000 }, (_, i) => (Math.imul(i, 2654435761) >>> 13) & 0xff);
    for (const octets of [sample, runs, noise, new Uint8Array(0), Uint8Array.of(1)]) {
      const result = await read(bzip2(octets, 1), 4096);
      expect(result.error).toBeUndefined();
      expect(equalOctets(result.octets, octets)).toBe(true);
    }
    const members = concat(bzip2(sample, 1), bzip2(runs, 9));
    expect(equalOctets((await read(members)).octets, concat(sample, runs))).toBe(true);
  });

  it('a cut stream delivers whole blocks, then one error', async () => {
    const octets = bzip2(sample, 1);
    const { octets: found, error } = await read(octets.subarray(0, octets.length - 100));
    expect(error).toMatchObject({ code: 'bzip2-damaged' });
    expect(found.length).toBeGreaterThan(90_000);
    expect(equalOctets(found, sample.subarray(0, found.length))).toBe(true);
  });
});

describe('no compression', () => {
  it('plain octets pass, however short', async () => {
    for (const length of [0, 1, 3, 7]) {
      const octets = sample.subarray(0, length);
      expect(await read(octets, 1)).toEqual({ octets: octets.slice(), error: undefined });
    }
  });
});

describe('reading routes from files', () => {
  const mrt = concat(announcement('64496'), announcement('64497'));

  it('several files in order, each form by its content', async () => {
    const paths = [file('a.txt', gzipSync(mrt)), file('b.gz', sample), file('c', mrt)];
    const seen: string[] = [];
    let chunks = 0;
    const inputs = await readRoutes(
      paths,
      ({ kind }) => seen.push(kind),
      {},
      () => chunks++,
    );
    expect(seen).toHaveLength(2 + 20_000 + 2);
    expect(inputs.map(({ path, summary }) => [path, summary.routes, summary.paths])).toEqual([
      [paths[0], 2, 0],
      [paths[1], 0, 20_000],
      [paths[2], 2, 0],
    ]);
    expect(chunks).toBeGreaterThanOrEqual(3);
  });

  it('a damaged input is one problem, the next input is read', async () => {
    const cut = gzipSync(mrt).subarray(0, -3);
    const inputs = await readRoutes(
      [file('cut.gz', cut), file('x.xz', fromHex('fd377a585a00')), file('whole', mrt)],
      () => undefined,
    );
    expect(inputs.map(({ summary }) => [summary.routes, ...summary.problems.byCode.keys()])).toEqual([
      [2, 'gzip-damaged'],
      [0, 'xz-damaged'],
      [2],
    ]);
  });

  it('routes of files for a loop: in order, each its own value', async () => {
    const text = file('more.txt', new TextEncoder().encode('10.0.0.0/8|64498|64498\n64496\n'));
    const inputs: string[] = [];
    const found: RouteElement[] = [];
    const options = { onInput: ({ path, summary }: InputSummary) => inputs.push(`${path} ${summary.paths}`) };
    for await (const route of routes([file('a.gz', gzipSync(mrt)), text], options)) found.push(route);
    expect(found.map(({ peerAs, asPath }) => `${peerAs} ${formatAsPath(asPath)}`)).toEqual([
      '64496 64496',
      '64496 64497',
      '64498 64498',
    ]);
    expect(new Set(found).size).toBe(3);
    expect(inputs).toEqual([`${join(folder, 'a.gz')} 0`, `${text} 1`]);
  });

  it('a file that breaks off, is no file of routes, or is not there ends the loop with an error that names it', async () => {
    const cases = [
      ['cut.gz', gzipSync(mrt).subarray(0, -3), 'gzip-damaged', 2],
      ['cut', mrt.subarray(0, -3), 'record-truncated', 1],
      ['empty', new Uint8Array(0), 'no-record', 0],
      ['x.xz', fromHex('fd377a585a00'), 'xz-damaged', 0],
    ] as const;
    for (const [name, content, code, before] of cases) {
      const path = file(name, content);
      let seen = 0;
      const loop = async (): Promise<void> => {
        for await (const _ of routes([path, file('whole', mrt)])) seen++;
      };
      await expect(loop()).rejects.toMatchObject({ code, field: path });
      expect(seen).toBe(before);
    }
    await expect(routes([join(folder, 'absent')]).next()).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('a file that is not there is the error of the system', async () => {
    await expect(readRoutes([join(folder, 'absent')], () => undefined)).rejects.toMatchObject({
      code: 'ENOENT',
    });
    await expect(openInput(folder).next()).rejects.toMatchObject({ code: 'EISDIR' });
  });
});
