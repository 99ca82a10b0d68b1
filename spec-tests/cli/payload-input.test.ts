import { truncateSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { readPayloads } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { MAX_HAND_WRITTEN, readText } from '../../src/cli/shared/input.js';
import type { Io } from '../../src/cli/shared/io.js';
import { describeShared, shared } from '../support.js';
import { aspaFile, run, temporaryFile } from './run.js';

const VRP = '{"asn":64496,"prefix":"192.0.2.0/24","maxLength":24}';
const convert = (...argv: string[]) => run(['rpki', 'convert', ...argv]);

/** Text that unpacks to `size` octets of blanks: members of 16 MiB each, as gzip may have several. */
async function* bomb(size: number): AsyncGenerator<Uint8Array> {
  const member = gzipSync(Buffer.alloc(1 << 24, 0x20));
  for (let done = 0; done < size; done += 1 << 24) yield member;
}

describe('files that are read whole', () => {
  const io = (stdin: AsyncIterable<Uint8Array>): Io => ({ stdin }) as unknown as Io;
  const text = 'ab€'.repeat(1000);

  it.each([
    ['plain', Buffer.from(text)],
    ['packed', gzipSync(text)],
  ])('are bounded, %s: the limit itself is read, one octet more is not', async (_, octets) => {
    const size = Buffer.byteLength(text);
    const file = temporaryFile('x', octets);
    const stdin = async function* () {
      for (let at = 0; at < octets.length; at += 7) yield octets.subarray(at, at + 7);
    };
    expect(await readText(file, io(stdin()), size)).toBe(text);
    expect(await readText('-', io(stdin()), size)).toBe(text);
    for (const name of [file, '-']) {
      await expect(readText(name, io(stdin()), size - 1)).rejects.toThrow(
        `${name}: more than ${size - 1} octets unpacked, the limit of a file that is read whole`,
      );
    }
  });

  it('stop a gzip bomb at the limit, with a sentence', async () => {
    let members = 0;
    const counted = async function* () {
      yield gzipSync('{"roas":[');
      for await (const member of bomb(2 ** 36)) {
        members++;
        yield member;
      }
    };
    const { code, stdout, stderr } = await run(['rpki', 'convert', '-'], { stdin: counted() });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^pathsec: -: more than 5\d{8} octets unpacked, the limit of a file that is read whole\n$/,
    );
    expect(members).toBeLessThan(40); // 33 make the limit; the stream is not read to its end
  });

  it('of nothing but blanks are refused long before the limit', async () => {
    const { code, stdout, stderr } = await run(['rpki', 'convert', '-'], { stdin: bomb(2 ** 36) });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^pathsec: -: .*nothing but blanks and comments in the first 16 Mi characters/);
  });

  it('of more than 512 MiB are refused before they are read', async () => {
    const file = temporaryFile('big.json', '{"roas":[');
    truncateSync(file, 2 ** 30); // takes no room on the disk
    const { code, stderr } = await convert(file);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(new RegExp(`^pathsec: ${file}: more than 5\\d{8} octets`)),
    ]);
    const slurm = temporaryFile('slurm.json', '{}');
    truncateSync(slurm, MAX_HAND_WRITTEN + 1);
    const other = await convert(aspaFile({ 1: [2] }), '--slurm', slurm);
    expect([other.code, other.stderr]).toEqual([
      2,
      expect.stringContaining(`${slurm}: more than 67108864 octets`),
    ]);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['that are cut off', '{"roas":[', 'json-truncated'],
    ['of no dialect', 'hello', 'unknown-dialect'],
    ['that are lists of numbers', '[1, 2]', 'unknown-dialect'],
    ['whose packing is damaged', gzipSync('{"roas":[]}').subarray(0, 15), 'gzip-damaged'],
  ])('%s: the error names file, place and code', async (_, content, code) => {
    const [good, bad] = [aspaFile({ 1: [2] }), temporaryFile('bad', content)];
    const result = await convert(good, bad);
    expect([result.code, result.stdout]).toEqual([2, '']);
    expect(result.stderr).toMatch(new RegExp(`^pathsec: ${bad}: \\w+ at offset \\d+: .* \\(${code}\\)\\n$`));
  });
});

describe('records that are long enough to fill the memory', () => {
  const ones = (count: number, separator = ','): string => Array(count).fill('1').join(separator);
  it.each<[string, string, string]>([
    [
      'an ASPA',
      `{"aspas":[{"customer_asid":1,"providers":[${ones(9e6)}]},{"customer_asid":3,"providers":[4]}]}`,
      'record-length',
    ],
    ['a row of CSV', `ASN,IP Prefix,Max Length\n${ones(40_000)}\nAS3,10.0.0.0/8,8\n`, 'line-length'],
    ['a line of SRx', `addASPA 0 1 ${ones(9e6, ' ')}\naddASPA 0 3 4\n`, 'line-length'],
  ])('%s is reported and skipped', (_, text, code) => {
    const { aspas, vrps, problems } = readPayloads(text);
    expect(problems.listed.map((problem) => problem.code)).toEqual([code]);
    expect([...aspas].map(({ customer }) => customer).concat([...vrps].map(({ asn }) => asn))).toEqual([3]);
  });

  it.each([
    [
      'an entry of OpenBGPD',
      `aspa-set { customer-as 1 provider-as { ${ones(2 ** 21, ' ')} } }`,
      'entry-length',
    ],
    ['a statement of BIRD', `route aspa 1 providers ${ones(2 ** 21, ', ')};`, 'entry-length'],
    ['a word of BIRD', `route aspa 1 providers ${ones(9e6)};`, 'entry-length'],
    ['a filemode object', `{"type":"aspa","customer_asid":1,"providers":[${ones(9e6)}]}`, 'record-length'],
  ])('%s refuses the file', (_, text, code) => {
    expect(() => readPayloads(text)).toThrow(expect.objectContaining({ code }));
  });

  it('are passed over where nobody asks for them', () => {
    expect(readPayloads(`{"other":[${ones(9e6)}],"roas":[${VRP}]}`).vrps.size).toBe(1);
  });
});

describe('a payload file of which nothing can be read', () => {
  it.each([
    [
      'a misspelt maxLength in all records',
      '{"roas":[{"asn":1,"prefix":"192.0.2.0/24","max_length":25}]}',
      /roas\[0\].*"max_length".*maxLength.*member-spelling/,
    ],
    ['quotes that never end', 'ASN,IP Prefix,Max Length\n"AS1,192.0.2.0/24,24\n', /line\[2\].*csv-quotes/],
    ['a list that is none', '{"roas":{}}', /roas: .*list-syntax/],
  ])('%s: exit 2, with the place', async (_, text, message) => {
    const { code, stdout, stderr } = await convert(temporaryFile('x', text));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/: nothing in it can be read\n$/);
  });

  it.each([
    ['empty lists', '{"roas":[]}', []],
    [
      'nothing but expired records',
      '{"roas":[{"asn":1,"prefix":"192.0.2.0/24","expires":5},{}]}',
      ['--now', '9'],
    ],
  ])('%s are no such file', async (_, text, more) => {
    expect((await convert(temporaryFile('x', text), ...more)).code).toBe(0);
  });
});

describe('expiry through rpki convert', () => {
  const file = () =>
    temporaryFile(
      'x.json',
      '{"aspas":[{"customer_asid":64497,"providers":[0],"expires":1800000000},{"customer_asid":64497,"providers":[64500],"expires":1700000000}]}',
    );
  it('does not revive an attestation that has expired', async () => {
    const verify = (aspa: string, now: number) =>
      run([
        'aspa',
        'verify',
        '64500 64497',
        '--neighbor-role',
        'customer',
        '--aspa',
        aspa,
        '--now',
        String(now),
      ]);
    const written = temporaryFile('y.json', (await convert(file())).stdout);
    expect((await verify(written, 1_650_000_000)).stdout).toBe('valid\n');
    expect((await verify(file(), 1_750_000_000)).stdout).toBe('invalid\n');
    expect((await verify(written, 1_750_000_000)).stdout).toBe('unknown\n');
  });
});

describeShared('the small payload files that failed', () => {
  const folder = shared('cases/2026-11/payloads');
  it.each<[string, number, RegExp]>([
    ['12c-fort.csv', 2, /^$/],
    ['12d-crlf-quoted.csv', 2, /^$/],
    ['12g-noheader.csv', 2, /^$/],
    ['12n-routinator-csvcompat.csv', 2, /^$/],
    ['12o-ripe-validator3.csv', 1, /^$/],
    ['15-expired.json', 2, /^$/],
    ['17-short-ca-payloads.json', 1, /^$/],
    ['base.json', 6, /^$/],
    ['08b-slurm2-as0-join.slurm', -1, /slurm-file/],
    ['13-arrays.json', 2, /^$/],
    ['13b-prover-aspas.json', 0, /^$/],
    ['13e-max_length.json', -1, /roas\[0\].*max_length[\s\S]*roas\[1\].*maxPrefixLength/],
    ['19-routes.json', -1, /json at offset 0/],
    ['21-sample.ccr', 5, /^$/],
  ])('%s: %i VRPs, or an error with its place', async (name, vrps, stderr) => {
    const result = await convert(`${folder}/${name}`);
    expect([result.code, result.stderr]).toEqual([vrps < 0 ? 2 : 0, expect.stringMatching(stderr)]);
    expect(result.stdout === '' ? -1 : JSON.parse(result.stdout).roas.length).toBe(vrps);
  });

  it('a ROA under a CA that ends first', async () => {
    const objects = shared('cases/2026-11/objects/obj2');
    const argv = ['--time', '1790000000', '--issuer', `${objects}/issuer`, '--payloads'];
    const { code, stdout } = await run(['rpki', 'show', ...argv, `${objects}/l-short-ca.roa`]);
    expect([code, JSON.parse(stdout).roas[0].expires]).toEqual([0, 1_790_003_600]);
  });
});
