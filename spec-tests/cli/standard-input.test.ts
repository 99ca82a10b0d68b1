import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { encodePkcs8 } from 'pathsec/bgpsec';
import { pemOf } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { keyOf } from '../bgpsec/world.js';
import { keys, LOCAL, privateFile, UPDATE } from './bgpsec-world.js';
import { aspaFile, type Run, run, temporaryFile } from './run.js';

const sample = (name: string): string => new URL(`../../src/sample/${name}`, import.meta.url).pathname;
const RIB = readFileSync(sample('rib.mrt.gz'));
const ROUTES = '192.0.2.0/24|3 2 1|3\n198.51.100.0/24|3 {2,,1}|3\n192.0.2.0/24|3 1|3\n';
const PAYLOADS = '{"roas":[{"asn":1,"prefix":"192.0.2.0/24"}],"aspas":[{"customer_asid":1,"providers":[2]}]}';
const payloads = (): string => aspaFile({ 1: [2] }, [{ asn: 1, prefix: '192.0.2.0/24' }]);
const key = (): string => pemOf('PRIVATE KEY', encodePkcs8(keyOf(LOCAL)));
const QUESTION = '{"path":"2 1","direction":"upstream","prefix":"192.0.2.0/24"}\n';
const SIGN = ['--as', String(LOCAL), '--peer-as', '64511', '--prefix', '192.0.2.0/24', '--backend', 'noble'];

/** A command that reads a file, by what it reads; `FILE` stands for it. */
const READERS: readonly [name: string, content: string | Uint8Array, args: () => string[]][] = [
  ['audit: MRT', gunzipSync(RIB), () => ['audit', 'FILE', '--rpki', sample('rpki.json')]],
  ['audit: text', ROUTES, () => ['audit', 'FILE', '--rpki', payloads(), '--json']],
  [
    'audit --roles',
    '{"3":"customer"}',
    () => ['audit', temporaryFile('r', ROUTES), '--roles', 'FILE', '--rpki', payloads()],
  ],
  ['audit --rpki', PAYLOADS, () => ['audit', temporaryFile('r', ROUTES), '--rpki', 'FILE']],
  [
    'aspa compare: MRT',
    gunzipSync(RIB),
    () => ['aspa', 'compare', 'FILE', '--direction', 'downstream', '--rpki', sample('rpki.json')],
  ],
  [
    'aspa compare: text',
    ROUTES,
    () => ['aspa', 'compare', 'FILE', '--direction', 'upstream', '--rpki', payloads()],
  ],
  ['aspa verify --batch', QUESTION, () => ['aspa', 'verify', '--batch', 'FILE', '--rpki', payloads()]],
  ['aspa explain', PAYLOADS, () => ['aspa', 'explain', '2 1', '--direction', 'upstream', '--rpki', 'FILE']],
  ['rov validate --batch', QUESTION, () => ['rov', 'validate', '--batch', 'FILE', '--rpki', payloads()]],
  [
    'rov validate --input',
    '192.0.2.0/24 => 1\n',
    () => ['rov', 'validate', '--input', 'FILE', '--rpki', payloads()],
  ],
  ['rpki convert', PAYLOADS, () => ['rpki', 'convert', 'FILE']],
  [
    '--slurm',
    '{"slurmVersion":1,"validationOutputFilters":{"prefixFilters":[{"asn":1}],"bgpsecFilters":[]},"locallyAddedAssertions":{"prefixAssertions":[],"bgpsecAssertions":[]}}',
    () => ['rpki', 'convert', payloads(), '--slurm', 'FILE'],
  ],
  ['rpki show', 'hello', () => ['rpki', 'show', 'FILE']],
  ['bgpsec decode', UPDATE, () => ['bgpsec', 'decode', 'FILE']],
  [
    'bgpsec verify',
    UPDATE,
    () => [
      'bgpsec',
      'verify',
      'FILE',
      '--local-as',
      String(LOCAL),
      '--peer-as',
      '64499',
      '--keys',
      keys(64496, 64499),
    ],
  ],
  ['bgpsec sign', key(), () => ['bgpsec', 'sign', '--key', 'FILE', ...SIGN]],
  ['bgpsec csr', key(), () => ['bgpsec', 'csr', '--key', 'FILE', '--backend', 'noble']],
];

const withFile = (args: readonly string[], file: string): string[] =>
  args.map((word) => (word === 'FILE' ? file : word));

describe.each(READERS)('%s', (_, content, args) => {
  const from = async (octets: string | Uint8Array): Promise<{ file: Run; stdin: Run }> => {
    const words = args();
    const path = words.includes('--key') ? privateFile(LOCAL) : temporaryFile('input', octets);
    const file = await run(withFile(words, path));
    const stdin = await run(withFile(words, '-'), { stdin: octets });
    const anonymous = (text: string): string => text.replaceAll(path, '-');
    return { file: { ...file, stdout: anonymous(file.stdout), stderr: anonymous(file.stderr) }, stdin };
  };

  it('reads stdin as it reads a file', async () => {
    const { file, stdin } = await from(content);
    expect(stdin).toEqual(file);
    expect(stdin.stdout).not.toBe('');
  });

  it('unpacks it', async () => {
    const { stdin } = await from(content);
    const packed = await run(withFile(args(), '-'), { stdin: gzipSync(content) });
    expect([packed.code, packed.stderr]).toEqual([stdin.code, stdin.stderr]);
    expect(packed.stdout.length).toBe(stdin.stdout.length);
  });
});

describe('stdin', () => {
  it('of nothing is no whole file of routes', async () => {
    for (const args of [
      ['audit', '-'],
      ['aspa', 'compare', '-', '--direction', 'upstream'],
    ]) {
      const { code, stderr } = await run([...args, '--rpki', payloads()]);
      expect([code, stderr]).toEqual([2, 'pathsec: -: the input is empty (no-record)\n']);
    }
  });

  it('is read once, whoever asks for it', async () => {
    for (const args of [
      ['audit', '-', '-', '--rpki', payloads()],
      ['audit', '-', '--rpki', '-'],
      ['aspa', 'compare', '-', '--rpki', '-', '--direction', 'upstream'],
      ['rov', 'validate', '--batch', '-', '--rpki', '-'],
      ['rpki', 'show', '-', '-'],
      ['bgpsec', 'cert', '-', '-'],
      ['bgpsec', 'negotiate', '-', '-'],
    ]) {
      const { code, stderr } = await run(args, { stdin: 'x' });
      expect([args, code, stderr.includes('stdin can be read only once')]).toEqual([args, 2, true]);
    }
  });

  it('is answered line by line, however short the first line is', async () => {
    const seen: string[] = [];
    let stdout = '';
    async function* dialogue() {
      yield new TextEncoder().encode('{}\n');
      seen.push(stdout);
    }
    const output = (take: (text: string) => void) => ({
      isTerminal: false,
      write: async (text: string) => take(text),
    });
    const io = {
      stdin: dialogue(),
      stdout: output((text) => (stdout += text)),
      stderr: output(() => {}),
      env: {},
      now: () => 0,
      seed: 1,
    };
    const { main } = await import('../../src/cli/main.js');
    expect(await main(['conformance', 'answer'], io)).toBe(2);
    expect(seen).toEqual([stdout]);
    expect(stdout).toContain('"code":"malformed-request"');
  });
});

describe('of several files one that cannot be read', () => {
  it.each([
    ['rpki', 'show'],
    ['bgpsec', 'cert'],
  ])('does not keep %s %s from the others', async (group, name) => {
    const other = temporaryFile('other.cer', 'hello');
    const missing = `${other}.missing`;
    const { code, stdout, stderr } = await run([group, name, missing, other]);
    expect([code, stderr.split('\n')[0]]).toEqual([
      2,
      `pathsec: ${missing}: no such file or directory (ENOENT)`,
    ]);
    expect(`${stdout}${stderr}`).toContain(`${other}`);
    expect((await run([group, name, other, missing])).stdout).toBe(stdout);
  });

  it('gives no payloads', async () => {
    const missing = `${temporaryFile('a', '')}.missing`;
    const { code, stdout } = await run([
      'rpki',
      'show',
      '--payloads',
      temporaryFile('x.cer', 'hello'),
      missing,
    ]);
    expect([code, stdout]).toEqual([2, '']);
  });
});

describe('faults of an input', () => {
  const bad = Array.from({ length: 25 }, (_, i) => `x${i}\n`).join('');

  it('are told one by one while they are few, and then counted', async () => {
    const file = temporaryFile('routes', `192.0.2.0/24 => 1\n${bad}`);
    const { code, stdout, stderr } = await run(['rov', 'validate', '--input', file, '--rpki', payloads()]);
    const lines = stderr.trimEnd().split('\n');
    expect([code, stdout]).toEqual([2, '192.0.2.0/24 => AS1: valid\n']);
    expect([lines.length, lines[0]?.startsWith(`pathsec: ${file}: line 2: `), lines[10]]).toEqual([
      11,
      true,
      `pathsec: ${file}: 25 faults in all`,
    ]);
  });

  it('of records leave the code at 0, and are fatal with --strict', async () => {
    const records = Array.from({ length: 12 }, () => ({ asn: 'x', prefix: '192.0.2.0/24' }));
    const file = temporaryFile(
      'p.json',
      JSON.stringify({ roas: [{ asn: 1, prefix: '192.0.2.0/24' }, ...records] }),
    );
    const { code, stderr } = await run(['rpki', 'convert', file]);
    expect([code, stderr.trimEnd().split('\n').at(-1)]).toEqual([
      0,
      `pathsec: ${file}: 12 faults in all; --strict makes them fatal`,
    ]);
    expect((await run(['rpki', 'convert', file, '--strict'])).code).toBe(2);
  });
});
