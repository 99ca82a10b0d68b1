import { describe, expect, it } from 'vitest';
import { withoutStack } from './bgpsec-world.js';
import { aspaFile, run, slurmFile, temporaryFile } from './run.js';

describe('rpki convert --slurm', () => {
  const source = () =>
    aspaFile({ 64496: [64497, 64498] }, [
      { asn: 64496, prefix: '192.0.2.0/24', maxLength: 24 },
      { asn: 64497, prefix: '2001:db8::/32', maxLength: 48 },
    ]);
  const convert = async (...argv: string[]) => {
    const { code, stdout, stderr } = await run(['rpki', 'convert', source(), ...argv]);
    expect([code, stderr]).toEqual([0, '']);
    return JSON.parse(stdout);
  };

  it('filters, then assertions; several files are united', async () => {
    const one = slurmFile(
      { prefixFilters: [{ asn: 64496 }] },
      { prefixAssertions: [{ asn: 64496, prefix: '198.51.100.0/24' }] },
    );
    const two = slurmFile(
      { aspaFilters: [{ customerAsid: 64496 }] },
      { aspaAssertions: [{ customerAsn: 64496, providerAsns: [65000] }] },
    );
    const { roas, aspas } = await convert('--slurm', one, '--slurm', two);
    expect(roas.map(({ prefix, asn }: { prefix: string; asn: number }) => [prefix, asn])).toEqual([
      ['198.51.100.0/24', 64496],
      ['2001:db8::/32', 64497],
    ]);
    expect(aspas).toMatchObject([{ customer_asid: 64496, providers: [65000] }]);
  });

  it('--to slurm writes assertions, which give the same again', async () => {
    const file = temporaryFile('s.json', JSON.stringify(await convert('--to', 'slurm')));
    const empty = aspaFile({});
    const again = await run(['rpki', 'convert', empty, '--slurm', file]);
    expect(JSON.parse(again.stdout)).toEqual(await convert());
  });

  it.each<[string, () => string[]]>([
    ['no such file', () => ['--slurm', '/no/such/file']],
    ['a file that is none', () => ['--slurm', temporaryFile('s.json', '{"slurmVersion": 3}')]],
    ['garbage', () => ['--slurm', temporaryFile('s.json', 'garbage')]],
    [
      'files that overlap (RFC 8416 §4.2)',
      () =>
        ['10.0.0.0/8', '10.1.0.0/16'].flatMap((prefix) => [
          '--slurm',
          slurmFile({}, { prefixAssertions: [{ asn: 1, prefix }] }),
        ]),
    ],
  ])('%s: 2', async (_name, argv) => {
    const { code, stdout, stderr } = await run(['rpki', 'convert', source(), ...argv()]);
    expect([code, stdout]).toEqual([2, '']);
    withoutStack(stderr);
  });

  it.each([
    [
      '{"metadata":{},"roas":[{"asn":1,"prefix":"192.0.2.0/24"}]}',
      'this is a file of payloads (JSON), no local',
    ],
    ['192.0.2.0/24|2 1|2\n', 'this is a file of routes (prefix|path|peerAs), no local exceptions'],
    [Uint8Array.of(0x30, 0x82, 1, 2, 3, 4), 'this looks like a signed object (DER), no local exceptions'],
    ['{"slurmVersion":1,"roas":[]}', '"roas" is not defined (slurm-unknown-member)'],
    ['', 'the text ends inside a JSON value (json-truncated)'],
  ])('of something else calls it by its name: %#', async (content, words) => {
    const file = temporaryFile('else', content);
    const { code, stdout, stderr } = await run(['rpki', 'convert', source(), '--slurm', file]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.startsWith(`pathsec: ${file}: `)).toBe(true);
    expect(stderr).toContain(words);
  });

  it('stdin is read only once', async () => {
    const { code, stderr } = await run(['rpki', 'convert', '-', '--slurm', '-'], { stdin: '{}' });
    expect([code, stderr]).toEqual([2, 'pathsec: stdin can be read only once\n']);
  });
});
