import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { jsonLines, run, temporaryFile } from './run.js';

const ROUTES = ['192.0.2.0/24|64499 64498 64498 64496|64499', '2001:db8::/32|64499 64496|64499'];
const NOTE = 'pathsec: NON-STANDARD: an experiment that is no standard and protects nothing\n';

function newFile(name = 'keys.json'): string {
  const folder = mkdtempSync(join(tmpdir(), 'pathsec-apvas-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, name);
}

/** `apvas sign --json` of the routes: its lines, and the file of public keys. */
async function signed(...options: readonly string[]) {
  const keys = newFile();
  const argv = ['apvas', 'sign', ...ROUTES, '--target-as', '64500', '--public', keys, '--json', ...options];
  const { code, stdout, stderr } = await run(argv);
  expect([code, stderr]).toEqual([0, NOTE]);
  return { keys, lines: jsonLines(stdout), text: stdout };
}

const verify = (stdin: string, ...options: readonly string[]) =>
  run(['apvas', 'verify', ...options], { stdin });
const asLines = (lines: readonly unknown[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

describe('apvas sign, apvas verify', () => {
  it.each([
    [['--engine', 'noble'], 'plain'],
    [['--engine', 'mcl-wasm'], 'plain'],
    [['--engine', 'blst'], 'plain'],
    [['--engine', 'mcl-wasm', '--scheme', 'chain'], 'chain'],
    [['--scheme', 'fcbgp'], 'fcbgp'],
  ])('%s: every route is valid, and not towards another AS', async (options, scheme) => {
    const { keys, text, lines } = await signed(...options);
    expect(lines.map(({ id, standard, peerAs }) => [id, standard, peerAs])).toEqual([
      ['192.0.2.0/24 64499 64498 64498 64496', false, 64499],
      ['2001:db8::/32 64499 64496', false, 64499],
    ]);
    const engine = options.slice(0, options[0] === '--engine' ? 2 : 0);
    const good = await verify(text, '--keys', keys, '--json', ...engine);
    expect([good.code, good.stderr]).toEqual([0, NOTE]);
    expect(jsonLines(good.stdout)).toMatchObject([
      { id: lines[0]?.id, standard: false, scheme, verdict: 'valid', pathLength: 3 },
      { id: lines[1]?.id, standard: false, scheme, verdict: 'valid', pathLength: 2 },
    ]);
    const other = asLines(lines.map((line) => ({ ...line, localAs: 64510 })));
    const bad = await verify(other, '--keys', keys, ...engine);
    expect([bad.code, /^valid/m.test(bad.stdout)]).toEqual([1, false]);
  });

  it('text for people: a verdict a line, and the counts', async () => {
    const { keys, lines } = await signed();
    const mixed = asLines([lines[0], { ...lines[1], id: undefined, peerAs: 1 }]);
    const { code, stdout } = await verify(mixed, '--keys', keys, '--together', '1');
    expect(code).toBe(1);
    expect(stdout).toBe(
      [
        'valid      192.0.2.0/24 64499 64498 64498 64496  (signature-verified; plain)',
        'treat-as-withdraw  (peer-as-mismatch)',
        'NON-STANDARD: 2 routes, 1 valid, 1 treat-as-withdraw',
        '',
      ].join('\n'),
    );
    const hex = await run(['apvas', 'sign', ROUTES[0] ?? '', '--target-as', '1', '--public', newFile()]);
    expect(hex.stdout).toMatch(/^f{32}[0-9a-f]+\n$/);
  });

  it('an UPDATE of another suite or without the attribute is unsigned, 3', async () => {
    const { keys, lines } = await signed();
    const empty = `${'ff'.repeat(16)}00170200000000`;
    const question = { ...lines[0], message: empty };
    const { code, stdout } = await verify(asLines([lines[0], question]), '--keys', keys, '--json');
    expect([code, jsonLines(stdout)[1]?.reason]).toEqual([3, 'no-apvas-path']);
  });

  it('questions that cannot be read: an answer of their own, the others are answered, 2', async () => {
    const { keys, lines } = await signed();
    const [line] = lines;
    const wrong = [
      { ...line, schem: 'plain' },
      { ...line, standard: true },
      { ...line, scheme: 'rsa' },
      { ...line, message: 'ff' },
      { ...line, peerAs: 0 },
    ];
    const { code, stdout } = await verify(`nonsense\n${asLines([...wrong, line])}`, '--keys', keys, '--json');
    expect(code).toBe(2);
    const answers = jsonLines(stdout);
    expect(answers.map(({ error }) => (error as { code: string } | undefined)?.code)).toEqual([
      'json-syntax',
      'unknown-member',
      'request-member',
      'request-member',
      'truncated',
      'asn-range',
      undefined,
    ]);
    expect(answers[6]).toMatchObject({ verdict: 'valid' });
    const none = await verify('', '--keys', keys);
    expect([none.code, none.stderr]).toEqual([2, `${NOTE}pathsec: -: no UPDATE to verify\n`]);
  });

  it('keys: those of a variant that the engine does not take, a proof that does not hold, several files', async () => {
    const [plain, fc] = [await signed(), await signed('--scheme', 'fcbgp')];
    const both = await verify(plain.text + fc.text, '--keys', plain.keys, '--keys', fc.keys);
    expect(both.code).toBe(0);
    const blst = await verify(plain.text, '--keys', plain.keys, '--engine', 'blst');
    expect([blst.code, blst.stderr]).toEqual([
      2,
      expect.stringContaining('keys[0]: a key of 96 octets; blst, 96-octet signatures takes keys of 48'),
    ]);
    const file = JSON.parse(readFileSync(plain.keys, 'utf8')) as { keys: { pop: string }[] };
    const [first, second] = file.keys;
    const swapped = { ...file, keys: [{ ...first, pop: second?.pop }] };
    const bad = await verify(plain.text, '--keys', temporaryFile('keys.json', JSON.stringify(swapped)));
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining('keys[0]: ')]);
    expect(bad.stderr).toContain('(key-pop)');
    const unknown = await verify(fc.text, '--keys', plain.keys, '--json');
    expect([unknown.code, jsonLines(unknown.stdout)[0]?.reason]).toEqual([1, 'router-key-missing']);
  });

  it('secrets of a file: the same keys each time, none that is missing or out of range', async () => {
    const secrets = (list: readonly (readonly [number, string])[]) =>
      temporaryFile(
        'secrets.json',
        JSON.stringify({
          format: 'pathsec/apvas-secrets/1',
          keys: list.map(([as, digits]) => ({ as, secret: digits.padStart(64, '0') })),
        }),
      );
    const all = secrets([
      [64496, '1'],
      [64498, '2'],
      [64499, '3'],
    ]);
    for (const scheme of ['plain', 'fcbgp']) {
      const [a, b] = [
        await signed('--secrets', all, '--scheme', scheme),
        await signed('--secrets', all, '--scheme', scheme),
      ];
      expect(readFileSync(a.keys, 'utf8')).toBe(readFileSync(b.keys, 'utf8'));
      expect((await verify(a.text, '--keys', b.keys)).code).toBe(0);
    }
    for (const [list, scheme, message] of [
      [[[64496, '1']], 'plain', 'no secret of AS 64499'],
      [[[64499, '0']], 'plain', 'the secret of AS 64499 is out of range'],
      [[[64499, 'f'.repeat(64)]], 'plain', 'the secret of AS 64499 is out of range'],
      [[[64499, '0']], 'fcbgp', 'the secret of AS 64499 is out of range'],
      [
        [
          [64499, '1'],
          [64499, '1'],
        ],
        'plain',
        'two secrets',
      ],
    ] as const) {
      const keys = newFile();
      const argv = ['apvas', 'sign', ...ROUTES, '--target-as', '1', '--public', keys, '--scheme', scheme];
      const { code, stdout, stderr } = await run([...argv, '--secrets', secrets(list)]);
      expect([code, stdout, existsSync(keys)]).toEqual([2, '', false]);
      expect(stderr).toContain(message);
    }
  });

  it('routes of real files, as many as are wanted; what cannot be signed is passed over and counted', async () => {
    const keys = newFile();
    const argv = ['apvas', 'sign', '--target-as', '64500', '--public', keys, '--json', '--scheme', 'fcbgp'];
    const { code, stdout, stderr } = await run([...argv, 'src/sample/rib.mrt.gz', '--limit', '20']);
    expect([code, jsonLines(stdout).length]).toEqual([0, 20]);
    expect(stderr).toBe(`${NOTE}pathsec: the first 20 routes; --limit takes more\n`);
    expect((await verify(stdout, '--keys', keys)).code).toBe(0);
    const sets = '192.0.2.0/24|1 {2,3}|1\n192.0.2.0/24|1 2|1\n';
    const some = await run([...argv.with(5, newFile()), '-'], { stdin: sets });
    expect([some.code, jsonLines(some.stdout).length]).toEqual([0, 1]);
    expect(some.stderr).toContain('1 route with an AS_SET or without a path passed over');
  });

  it.each([
    [['2 1'], '2 1: no such file'],
    [['192.0.2.0/24|2 1'], 'no record of routes'],
    [[temporaryPath('paths', '2 1\n')], 'a path without a prefix'],
    [['192.0.2.0/24|{2}|2'], 'no route that can be signed'],
    [[ROUTES[0] ?? '', '--engine', 'blst', '--scheme', 'chain'], '--engine blst has no chain'],
    [[ROUTES[0] ?? '', '--target-as', '0'], '--target-as'],
    [[ROUTES[0] ?? '', '--engine', 'rsa'], 'noble, mcl-wasm, blst'],
    [[ROUTES[0] ?? '', '--limit', '0'], '1..9999999'],
  ])('%s is refused', async (args, message) => {
    const files = args.map((arg) => (typeof arg === 'string' ? arg : arg()));
    const keys = newFile();
    const argv = ['apvas', 'sign', '--target-as', '64500', '--public', keys, ...files];
    const { code, stdout, stderr } = await run(argv);
    expect([code, stdout, existsSync(keys)]).toEqual([2, '', false]);
    expect(stderr).toContain(message);
  });

  it('where there are no more routes than wanted, nothing is said of more', async () => {
    const argv = ['apvas', 'sign', ...ROUTES, '--target-as', '64500', '--public', newFile()];
    const all = await run([...argv, '--scheme', 'fcbgp', '--limit', '2']);
    expect([all.code, all.stderr]).toEqual([0, NOTE]);
  });

  it('fcbgp: more than 255 ASes stand in several segments of the AS_PATH', async () => {
    const keys = newFile();
    const route = `192.0.2.0/24|${'64499 '.repeat(300)}64496|64499`;
    const argv = ['apvas', 'sign', route, '--target-as', '64500', '--public', keys, '--json'];
    const { code, stdout } = await run([...argv, '--scheme', 'fcbgp']);
    expect(code).toBe(0);
    const [answer] = jsonLines((await verify(stdout, '--keys', keys, '--json')).stdout);
    expect(answer).toMatchObject({ verdict: 'valid', pathLength: 2 });
  });

  it('an UPDATE of another suite than the line names is an error', async () => {
    const { keys, lines } = await signed('--engine', 'mcl-wasm');
    const { code, stdout } = await verify(
      asLines(lines.map((line) => ({ ...line, scheme: 'chain' }))),
      ...['--keys', keys, '--engine', 'mcl-wasm', '--json'],
    );
    expect(code).toBe(2);
    expect(jsonLines(stdout)).toMatchObject([
      { error: { code: 'request-member', field: 'scheme' } },
      { error: { code: 'request-member', field: 'scheme' } },
    ]);
  });

  it('where a route cannot be signed there is no file of public keys either', async () => {
    const keys = newFile();
    const path = '64499 64498 '.repeat(350);
    const argv = ['apvas', 'sign', ROUTES[0] ?? '', `192.0.2.0/24|${path}|64499`, '--target-as', '1'];
    const { code, stdout, stderr } = await run([...argv, '--scheme', 'fcbgp', '--public', keys]);
    expect([code, stdout, existsSync(keys)]).toEqual([2, '', false]);
    expect(stderr).toContain('192.0.2.0/24 64499');
  });

  it('- is no file of public keys, and is refused before anything is read', async () => {
    const argv = ['apvas', 'sign', 'no-such-file', '--target-as', '1', '--public', '-'];
    const { code, stdout, stderr } = await run(argv);
    expect([code, stdout, existsSync('-')]).toEqual([2, '', false]);
    expect(stderr).toBe('pathsec: - names no file: this needs one of its own (./- is a file of that name)\n');
  });

  it('a file of public keys is never overwritten', async () => {
    const there = temporaryFile('keys.json', 'mine');
    const { code, stdout } = await run([
      ...['apvas', 'sign', ROUTES[0] ?? '', '--target-as', '1', '--public', there, '--scheme', 'fcbgp'],
    ]);
    expect([code, stdout, readFileSync(there, 'utf8')]).toEqual([2, '', 'mine']);
  });
});

function temporaryPath(name: string, content: string): () => string {
  return () => temporaryFile(name, content);
}
