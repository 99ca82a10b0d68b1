import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toHex } from 'pathsec/bytes';
import { listenRtr } from 'pathsec/node';
import { readPayloads } from 'pathsec/rpki';
import { createRtrCache } from 'pathsec/rtr';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createServerNotes } from '../../src/cli/rtr/server-notes.js';
import { keyOf } from '../bgpsec/world.js';
import { keys, LOCAL, UPDATE } from './bgpsec-world.js';
import { aspaFile, jsonLines, run, temporaryFile } from './run.js';

const ROAS = [{ asn: 64496, prefix: '192.0.2.0/24', maxLength: 24 }];
const PAYLOADS = { roas: ROAS, aspas: [{ customer_asid: 64496, providers: [64498] }] };

/** A cache with the payloads above; HOST:PORT of it. */
async function cache(payloads: object = PAYLOADS): Promise<string> {
  const rtr = createRtrCache({ sessionId: 7 });
  rtr.replace(readPayloads(JSON.stringify(payloads)));
  const server = await listenRtr(rtr, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  return `127.0.0.1:${server.port}`;
}

const slurm = () =>
  temporaryFile(
    'local.slurm',
    JSON.stringify({
      slurmVersion: 1,
      validationOutputFilters: { prefixFilters: [{ asn: 64496 }], bgpsecFilters: [] },
      locallyAddedAssertions: {
        prefixAssertions: [{ asn: 64497, prefix: '192.0.2.0/24' }],
        bgpsecAssertions: [],
      },
    }),
  );

describe('--rpki SOURCE', () => {
  it('is a file, stdin or an RTR cache, wherever payloads are read, under both names', async () => {
    const routes = temporaryFile('routes', '192.0.2.0/24|64498 64496|64498\n');
    const commands: readonly (readonly string[])[] = [
      ['rov', 'validate', '-a', '64496', '-p', '192.0.2.0/24'],
      ['aspa', 'verify', '64498 64496', '--neighbor-role', 'customer'],
      ['aspa', 'explain', '64498 64496', '--neighbor-role', 'customer'],
      ['aspa', 'compare', routes, '--neighbor-role', 'customer'],
      ['audit', routes, '--json'],
    ];
    const file = temporaryFile('rpki.json', JSON.stringify(PAYLOADS));
    const address = await cache();
    for (const command of commands) {
      const expected = await run([...command, '--rpki', file]);
      expect([expected.code, expected.stderr]).toEqual([0, '']);
      for (const option of ['--rpki', '--aspa']) {
        expect(await run([...command, option, address])).toEqual(expected);
        expect(await run([...command, option, '-'], { stdin: JSON.stringify(PAYLOADS) })).toEqual(expected);
      }
    }
    const converted = await run(['rpki', 'convert', address, '--to', 'openbgpd']);
    expect(converted).toEqual(await run(['rpki', 'convert', file, '--to', 'openbgpd']));
  });

  it('several make a union, of files and caches', async () => {
    const address = await cache({ aspas: [{ customer_asid: 64498, providers: [64499] }] });
    const argv = ['aspa', 'verify', '64499 64498 64496', '--neighbor-role', 'customer', '--rpki', address];
    expect((await run(argv)).stdout).toBe('unknown\n');
    expect((await run([...argv, '--aspa', aspaFile({ 64496: [64498] })])).stdout).toBe('valid\n');
  });

  it.each(['localhost:65536', '127.0.0.1:99999', '[::1]:123456'])(
    '%s is no missing file: there is no such port',
    async (source) => {
      const { code, stdout, stderr } = await run(['rpki', 'convert', source, '--to', 'json']);
      const said = `pathsec: ${source}: no such file, and no HOST:PORT: ports go to 65535\n`;
      expect([code, stdout, stderr]).toEqual([2, '', said]);
    },
  );

  it('a file whose name looks like an address wins', async () => {
    const folder = join(dirname(temporaryFile('x', '')), 'deep');
    mkdirSync(folder);
    writeFileSync(join(folder, '127.0.0.1:1'), JSON.stringify(PAYLOADS));
    const before = process.cwd();
    process.chdir(folder);
    onTestFinished(() => process.chdir(before));
    const argv = ['rov', 'validate', '-a', '64496', '-p', '192.0.2.0/24', '--rpki', '127.0.0.1:1'];
    expect((await run(argv)).stdout).toBe('valid\n');
  });

  it('a cache that is not there, or has no data, is exit code 2 and named', async () => {
    const server = await listenRtr(createRtrCache({ sessionId: 1 }), { host: '127.0.0.1', port: 0 });
    onTestFinished(() => server.close());
    for (const address of [`127.0.0.1:${server.port}`, '127.0.0.1:1']) {
      const argv = ['rov', 'validate', '-a', '1', '-p', '192.0.2.0/24', '--rpki', address];
      const { code, stdout, stderr } = await run(argv);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr.startsWith(`pathsec: ${address}: `)).toBe(true);
    }
  });
});

describe('--slurm FILE', () => {
  it('stands wherever --rpki stands: filters, then assertions, over the union', async () => {
    const rov = ['rov', 'validate', '-p', '192.0.2.0/24', '--rpki', await cache(), '--slurm', slurm()];
    expect((await run([...rov, '-a', '64497'])).stdout).toBe('valid\n');
    expect((await run([...rov, '-a', '64496'])).stdout).toBe('invalid\n');
    const routes = temporaryFile('routes', '192.0.2.0/24|64498 64496|64498\n');
    const argv = ['audit', routes, '--json', '--rpki', temporaryFile('p', JSON.stringify(PAYLOADS))];
    expect(JSON.parse((await run(argv)).stdout).rov).toMatchObject({ valid: 1 });
    const { stdout } = await run([...argv, '--slurm', slurm()]);
    expect(JSON.parse(stdout).rov).toMatchObject({ invalid: 1 });
    for (const command of [
      ['aspa', 'verify'],
      ['aspa', 'explain'],
      ['aspa', 'compare'],
      ['rpki', 'convert'],
      ['rpki', 'lab'],
      ['bgpsec', 'verify'],
    ]) {
      expect((await run([...command, '--help'])).stdout).toContain('--slurm <file>');
    }
  });

  it('stdin is read once', async () => {
    const argv = ['rov', 'validate', '-a', '1', '-p', '192.0.2.0/24', '--rpki', '-'];
    for (const more of [
      ['--slurm', '-'],
      ['--aspa', '-'],
    ]) {
      expect((await run([...argv, ...more])).stderr).toBe('pathsec: stdin can be read only once\n');
    }
  });
});

describe('router keys', () => {
  it('come by --rpki as by --keys', async () => {
    const argv = ['bgpsec', 'verify', UPDATE, '--local-as', `${LOCAL}`, '--peer-as', '64499'];
    const one = await run([...argv, '--rpki', keys(64496, 64499)]);
    expect(one).toEqual({ code: 0, stdout: 'valid (ok; RFC 8205 5.2)\n', stderr: '' });
    const both = await run([...argv, '--rpki', keys(64496), '--keys', keys(64499)]);
    expect(both).toEqual(one);
    const key = {
      asn: 64496,
      ski: toHex(keyOf(64496).ski),
      pubkey: Buffer.from(keyOf(64496).spki).toString('base64'),
    };
    const address = await cache({ bgpsec_keys: [key] });
    expect(await run([...argv, '--keys', address, '--keys', keys(64499)])).toEqual(one);
  });
});

describe('--json everywhere', () => {
  it('every command has it', async () => {
    const help = (await run(['--help'])).stdout;
    for (const [, group] of (help.split('\nCommands:\n')[1] ?? '').matchAll(/^ {2}([a-z]+) /gm)) {
      if (group === undefined || group === 'help') continue;
      const text = (await run([group, '--help'])).stdout.split('\nCommands:\n')[1];
      const names = [...(text ?? '').matchAll(/^ {2}([a-z]+) {2}/gm)].map(([, name = '']) => name);
      const commands = text === undefined ? [[group]] : names.map((name) => [group, name]);
      expect([group, commands.length > 0]).toEqual([group, true]);
      for (const command of commands) {
        const { stdout } = await run([...command, '--help']);
        expect([...command, stdout.includes('-j, --json')]).toEqual([...command, true]);
      }
    }
  });

  it('a server tells what happens, an object a line on stdout', async () => {
    const file = temporaryFile('rpki.json', JSON.stringify(PAYLOADS));
    const argv = ['rtr', 'serve', file, '--listen', '127.0.0.1:0', '--for', '1'];
    const { code, stdout, stderr } = await run([...argv, '--json']);
    expect([code, stderr]).toEqual([0, '']);
    const notes = jsonLines(stdout).map(({ note }) => note);
    expect(notes[0]).toContain(`${file}: last changed `);
    expect(notes[1]).toMatch(/^serial \d+: 2 changes$/);
    expect(notes[2]).toMatch(/^serving on 127\.0\.0\.1:\d+$/);
    const plain = await run(argv);
    expect([plain.code, plain.stdout]).toEqual([0, '']);
    expect(plain.stderr).toMatch(/^.*: last changed .*\nserial \d+: 2 changes\nserving on /);
    const faults = jsonLines((await run(['rtr', 'serve', '--list-faults', '--json'])).stdout);
    expect(Object.keys(faults[0] ?? {})).toEqual(['name', 'section', 'what']);
  });

  it('an event of a router has its members beside the words', async () => {
    const written: string[] = [];
    const output = { isTerminal: false, write: async (text: string) => void written.push(text) };
    const never = { isTerminal: false, write: async () => expect.unreachable() };
    const io = {
      stdin: (async function* () {})(),
      stdout: output,
      stderr: never,
      env: {},
      now: () => 0,
      seed: 1,
    };
    const { event, note } = createServerNotes(io, 'json');
    event(3, { kind: 'error-received', errorCode: 2, text: '\u001b[2J\n' });
    note('ready\u001b[2J');
    expect(written.join('')).not.toContain('\u001b');
    expect(jsonLines(written.join(''))).toEqual([
      { router: 3, kind: 'error-received', errorCode: 2, text: '\u001b[2J\n', note: expect.any(String) },
      { note: 'ready\u001b[2J' },
    ]);
  });
});
