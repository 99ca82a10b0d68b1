import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';
import { aspaFile, jsonLines, run, temporaryFile } from './run.js';

const ROAS = [
  { asn: 64496, prefix: '192.0.2.0/24', maxLength: 25 },
  { asn: 'AS64497', prefix: '2001:db8::/32', maxLength: 48 },
];
const ASPAS = { 1: [2], 2: [3], 3: [0] };

describe('usage', () => {
  it('--help and --version go to stdout and are no fault', async () => {
    const help = await run(['--help']);
    expect([help.code, help.stderr]).toEqual([0, '']);
    expect(help.stdout).toContain('aspa');
    const version = await run(['--version']);
    expect([version.code, version.stderr]).toEqual([0, '']);
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await run(['audit', '--help'])).stdout).toContain('--neighbor-check');
  });

  it.each([
    [['frobnicate']],
    [['aspa']],
    [['aspa', 'frobnicate']],
    [['aspa', 'verify', '--no-such-option']],
    [['aspa', 'verify', '1 2']],
    [['aspa', 'verify', '1 2', '--neighbor-role', 'friend']],
    [['aspa', 'verify', '1 2', '--neighbor-as', '-1']],
    [['audit', 'file', '--neighbor-check', 'maybe']],
    [['audit']],
    [['rov', 'validate', '-a', '1']],
    [['rpki', 'convert', '--to', 'cuneiform', 'x']],
    [['audit', '/no/such/file', '--rpki', '/no/such/file']],
    [['audit', '--sample', 'more']],
    [['audit', '-', '--rpki', '-']],
  ])('%j is refused with 2, on stderr', async (argv) => {
    const { code, stdout, stderr } = await run(argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).not.toBe('');
    expect(stderr).not.toMatch(/\bat .*\.[jt]s:\d+/); // no stack: it is not the program's fault
  });
});

describe('aspa verify and explain, one path', () => {
  const verify = (path: string, ...more: string[]) =>
    run(['aspa', 'verify', '--aspa', aspaFile(ASPAS), path, ...more]);

  it.each([
    ['3 2 1', 0, 'valid'],
    ['9 2 1', 1, 'invalid'],
    ['9 8', 3, 'unknown'],
  ])('%s gives %i and %s', async (path, code, outcome) => {
    expect(await verify(path, '--neighbor-role', 'customer')).toEqual({
      code,
      stdout: `${outcome}\n`,
      stderr: '',
    });
    const json = await verify(path, '--neighbor-role', 'customer', '--json');
    expect([json.code, JSON.parse(json.stdout)]).toEqual([code, { outcome, revision: '28' }]);
  });

  it('runs step 2 when it knows the neighbour', async () => {
    expect((await verify('2 1', '--neighbor-role', 'customer', '--neighbor-as', 'AS9')).code).toBe(1);
    expect((await verify('2 1', '--neighbor-role', 'rs', '--neighbor-as', '9')).code).toBe(0);
  });

  it('explain draws and gives the same code; --json is the evidence', async () => {
    const argv = ['aspa', 'explain', '--aspa', aspaFile(ASPAS), '9 2 1', '--neighbor-role', 'customer'];
    const text = await run(argv);
    expect(text.code).toBe(1);
    expect(text.stdout).toContain('invalid');
    const evidence = JSON.parse((await run([...argv, '--json'])).stdout) as Record<string, unknown>;
    expect(evidence).toMatchObject({ outcome: 'invalid', step: 4, reason: 'not-provider', n: 3 });
    const same = await run(['aspa', 'verify', '--explain', ...argv.slice(2)]);
    expect([same.code, same.stderr]).toEqual([text.code, text.stderr]);
    expect(text.stdout.startsWith(same.stdout)).toBe(true);
    expect(text.stdout.slice(same.stdout.length)).toContain('repair     valid with 1 addition:');
    expect(evidence).toMatchObject({ repairs: { toValid: [{ outcome: 'valid' }] } });
  });

  it('unites several files', async () => {
    const argv = [
      '--aspa',
      aspaFile({ 1: [7] }),
      '--rpki',
      aspaFile({ 1: [2] }),
      '--neighbor-role',
      'customer',
    ];
    expect((await run(['aspa', 'verify', '2 1', ...argv])).code).toBe(0);
    expect((await run(['aspa', 'verify', '7 1', ...argv])).code).toBe(0);
    expect((await run(['aspa', 'verify', '8 1', ...argv])).code).toBe(1);
  });

  it('notes faulty records, and --strict makes them fatal', async () => {
    const aspa = temporaryFile(
      'x.json',
      '{"aspas":[{"customer_asid":-1,"providers":[2]},{"customer_asid":1,"providers":[2]}]}',
    );
    const argv = ['aspa', 'verify', '2 1', '--aspa', aspa, '--neighbor-role', 'customer'];
    const lenient = await run(argv);
    expect([lenient.code, lenient.stdout]).toEqual([0, 'valid\n']);
    expect(lenient.stderr).toContain('aspas[0]');
    expect((await run([...argv, '--strict'])).code).toBe(2);
  });

  it('--now drops what has expired', async () => {
    const aspa = temporaryFile('x.json', '{"aspas":[{"customer_asid":1,"providers":[2],"expires":1000}]}');
    const argv = ['aspa', 'verify', '2 1', '--aspa', aspa, '--neighbor-role', 'customer'];
    expect((await run([...argv, '--now', '999'])).code).toBe(0);
    expect((await run([...argv, '--now', '1001'])).code).toBe(3);
    expect((await run([...argv, '--now', 'soon'])).code).toBe(2);
  });
});

describe('aspa compare', () => {
  const aspa = { 1: [2], 4: [3] };

  it('counts and shows where two revisions differ', async () => {
    const paths = temporaryFile('paths.txt', '# comment\nprovider 4 3 2 1\nprovider 4 3 2 1\nprovider 2 1\n');
    const argv = ['aspa', 'compare', '--aspa', aspaFile(aspa), paths];
    const { code, stdout } = await run([...argv, '--json']);
    expect(code).toBe(0);
    const [difference, counts] = jsonLines(stdout);
    expect(difference).toEqual({ path: '4 3 2 1', neighborRole: 'provider', '06': 'unknown', '28': 'valid' });
    expect(counts).toMatchObject({ revisions: ['06', '28'], compared: 2, differing: 1 });
    expect((await run(argv)).stdout).toContain('1 of 2 distinct paths differ');
    expect((await run([...argv, '--revisions', '11,28'])).stdout).toContain('0 of 2 distinct paths differ');
    expect((await run([...argv, '--revisions', '28'])).code).toBe(2);
  });

  it('reads MRT, and wants a direction for it', async () => {
    const sample = new URL('../../src/sample/', import.meta.url).pathname;
    const argv = ['aspa', 'compare', '--aspa', `${sample}rpki.json`, `${sample}rib.mrt.gz`];
    expect((await run(argv)).code).toBe(2);
    expect((await run([...argv, '--direction', 'downstream'])).stdout).toContain(
      'of 1048 distinct paths differ',
    );
  });
});

describe('rov validate', () => {
  const rov = (...argv: string[]) => ['rov', 'validate', '--rpki', aspaFile({}, ROAS), ...argv];

  it.each([
    ['64496', '192.0.2.0/25', 0, 'valid', undefined],
    ['AS64496', '192.0.2.0/26', 1, 'invalid', 'length'],
    ['1', '192.0.2.0/24', 1, 'invalid', 'as'],
    ['64497', '2001:db8:1::/48', 0, 'valid', undefined],
    ['64497', '2001:db9::/32', 3, 'not-found', undefined],
  ])('AS %s, %s: %i, %s', async (asn, prefix, code, state, reason) => {
    expect(await run(rov('-a', asn, '-p', prefix))).toEqual({ code, stdout: `${state}\n`, stderr: '' });
    const json = JSON.parse((await run(rov('-a', asn, '-p', prefix, '-j'))).stdout);
    const [route] = json.validated_routes;
    expect(route.validity.state).toBe(state);
    expect(route.validity.reason).toBe(reason);
    expect(Object.keys(route.validity.VRPs)).toEqual(['matched', 'unmatched_as', 'unmatched_length']);
  });

  it('takes lists in several spellings and goes on after a bad line', async () => {
    const stdin =
      '192.0.2.0/24 => AS64496\n# c\n\n192.0.2.0/24,1\n2001:db8::/32 64497\nnonsense\n10.0.0.0/8 | 1\n';
    const { code, stdout, stderr } = await run(rov('--input', '-'), { stdin });
    expect(stdout).toBe(
      '192.0.2.0/24 => AS64496: valid\n192.0.2.0/24 => AS1: invalid\n' +
        '2001:db8::/32 => AS64497: valid\n10.0.0.0/8 => AS1: not-found\n',
    );
    expect(code).toBe(2);
    expect(stderr).toContain('line 6');
    const json = jsonLines((await run(rov('--input', '-', '-j'), { stdin })).stdout);
    expect(json).toHaveLength(5);
    expect(json[3]).toMatchObject({ error: { line: 6 } });
  });

  it('takes the JSON of Routinator, and goes on after a route that cannot be read', async () => {
    const routes = [
      { asn: 'AS64496', prefix: '192.0.2.0/24' },
      { asn: 1, prefix: '192.0.2.0/24' },
      { asn: 'x', prefix: '192.0.2.0/24' },
      { asn: 1, prefix: '192.0.2.0/24', max_length: 24 },
      { prefix: '10.0.0.0/8', asn: 1 },
    ];
    const stdin = `\uFEFF \n${JSON.stringify({ routes }, null, 1)}\n`;
    const { code, stdout, stderr } = await run(rov('--input', '-'), { stdin });
    expect(stdout).toBe(
      '192.0.2.0/24 => AS64496: valid\n192.0.2.0/24 => AS1: invalid\n10.0.0.0/8 => AS1: not-found\n',
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/routes\[2\]: .*asn-syntax[\s\S]*routes\[3\]: .*unknown member.*unknown-member/);
    const json = jsonLines((await run(rov('--input', '-', '-j'), { stdin })).stdout);
    expect(json.map((line) => (line as { error?: { field: string } }).error?.field)).toEqual([
      ...[undefined, undefined, 'routes[2].asn'],
      ...['routes[3].max_length', undefined],
    ]);
  });

  it.each([
    ['{"routes":{}}', /no array "routes"/],
    ['{"route":[]}', /unknown member; did you mean routes\? \(unknown-member\); JSON routes are \{"routes"/],
    ['{"routes":[', /not JSON \(json-syntax\)/],
    ['{}', /no array/],
  ])('JSON that is no list of routes is refused as a whole: %s', async (stdin, said) => {
    const { code, stdout, stderr } = await run(rov('--input', '-'), { stdin });
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(said)]);
  });
});

describe('rpki convert', () => {
  it.each(['rpki-client', 'routinator', 'openbgpd', 'bird'])(
    '%s is written, and read again to the same',
    async (to) => {
      const source = aspaFile({ 64496: [64497, 64498], 174: [0] }, ROAS);
      const { code, stdout } = await run(['rpki', 'convert', '--to', to, source]);
      expect(code).toBe(0);
      const again = await run(['rpki', 'convert', '--to', to, '-'], { stdin: gzipSync(stdout) });
      expect(again.stdout).toBe(stdout);
      expect(stdout).toContain('64498');
    },
  );

  it('reports what is of no dialect', async () => {
    for (const content of ['', 'hello', '{"a":1}', '{', '\u0000\u0001\u0002']) {
      const { code, stdout, stderr } = await run(['rpki', 'convert', '-'], { stdin: content });
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^pathsec: /);
    }
  });
});

describe('the package', () => {
  it('names every command in the help', async () => {
    expect(COMMANDS.length).toBeGreaterThan(5);
    for (const { name } of COMMANDS) {
      const { code, stdout } = await run([...name.split(' '), '--help']);
      expect([code, stdout.startsWith('Usage: pathsec')]).toEqual([0, true]);
    }
  });
});
