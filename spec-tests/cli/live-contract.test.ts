import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMessageSplitter } from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import { describe, expect, it, onTestFinished } from 'vitest';
import { END_OF_RIB, update4 } from '../speaker/peer.js';
import { receiver } from './bgp-inject-peer.js';
import { CUSTOMER_ROUTE, peer, rpki } from './bgp-peer.js';
import { folder, keys, UPDATE } from './bgpsec-world.js';
import { aspaFile, jsonLines, run, temporaryFile } from './run.js';
import { type Line, until } from './running.js';

// What programs that drive the live commands rely on, seen from outside: real processes, signals and exit codes.

const BIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));

interface Process {
  lines(): Line[];
  stderr(): string;
  /** Where it listens, once it says so. */
  port(): Promise<number>;
  until(members: Line): Promise<void>;
  send(signal: NodeJS.Signals): void;
  /** Its exit code and all lines, when it has ended. */
  ended(): Promise<{ readonly code: number | null; readonly lines: Line[] }>;
}

function command(...argv: readonly string[]): Process {
  const child = spawn(process.execPath, [BIN, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => {
      texts[name] += chunk.toString();
    });
  const closed = once(child, 'close');
  const lines = (): Line[] => jsonLines(texts.stdout.slice(0, texts.stdout.lastIndexOf('\n') + 1));
  return {
    lines,
    stderr: () => texts.stderr,
    async port() {
      const said = /listening on \S+:([0-9]+)\n/;
      await until(() => said.test(texts.stderr) || child.exitCode !== null);
      return Number(said.exec(texts.stderr)?.[1]);
    },
    async until(members) {
      const wanted = expect.objectContaining(members);
      await until(() => lines().some((line) => wanted.asymmetricMatch(line)) || child.exitCode !== null);
      expect(lines(), texts.stderr).toContainEqual(wanted);
    },
    send: (signal) => void child.kill(signal),
    async ended() {
      const [code] = (await closed) as [number | null];
      return { code, lines: lines() };
    },
  };
}

/** The names of the members of all lines of a type, each form once. */
const formsOf = (lines: readonly Line[], type: string): string[] => [
  ...new Set(lines.filter((line) => line.type === type).map((line) => Object.keys(line).join(' '))),
];

describe('the options of the live commands', () => {
  it.each<[string, readonly string[]]>([
    [
      'bgp listen',
      ['--local-as', '--listen', '--address', '--port', '--peer-as', '--role', '--rpki', '--aspa', '--slurm'],
    ],
    ['bgp listen', ['--config', '--for', '--metrics', '--seed', '--json']],
    [
      'bgp connect',
      ['--local-as', '--peer-as', '--role', '--rpki', '--aspa', '--slurm', '--for', '--metrics'],
    ],
    [
      'bgp inject',
      ['--local-as', '--routes', '--rate', '--as-received', '--prepend', '--next-hop', '--sign'],
    ],
    [
      'bgp inject',
      ['--generate-keys', '--keys-out', '--write', '--play', '--count', '--hops', '--seed', '--format'],
    ],
    ['bmp listen', ['--listen', '--address', '--port', '--rpki', '--slurm', '--for', '--metrics', '--json']],
    [
      'live',
      ['--bgp', '--bmp', '--ris', '--rpki', '--aspa', '--slurm', '--for', '--metrics', '--seed', '--json'],
    ],
    [
      'conformance router',
      [
        '--profile',
        '--start',
        '--connect',
        '--rtr-listen',
        '--bgp-listen',
        '--local-as',
        '--timeout',
        '--suite',
      ],
    ],
    ['conformance router', ['--only', '--skip', '--random', '--seed', '--print-config', '--json', '--junit']],
    ['conformance router', ['--known-failures', '--marks', '--hello']],
  ])('%s has %j', async (name, options) => {
    const { code, stdout } = await run([...name.split(' '), '--help']);
    expect(code).toBe(0);
    const there = new Set(stdout.match(/--[a-z-]+/g));
    expect(options.filter((option) => !there.has(option))).toEqual([]);
  });
});

describe('bgp listen and bgp connect', () => {
  const ROUTE = 'type time peer prefix path localRole neighborRole rov aspa';

  it('print these members, read their files again on SIGHUP, and end with 0 on SIGTERM', async () => {
    const file = rpki();
    const listening = command(
      ...['bgp', 'listen', '--local-as', '64500', '--listen', '127.0.0.1:0', '--role', 'provider'],
      ...['--rpki', file],
    );
    const damaged = { flags: 0xc0, code: 8, value: new Uint8Array(3) };
    const messages = [
      CUSTOMER_ROUTE,
      update4(['198.51.100.0/24'], [], [], [64499, 1]),
      update4([], ['198.51.100.0/24']),
      update4(['203.0.113.0/24'], [], [damaged]),
      END_OF_RIB,
    ];
    await peer({ port: await listening.port() }, messages, { role: 'customer' });
    await listening.until({ type: 'end', family: '1/1' });
    writeFileSync(file, readFileSync(aspaFile({ 64496: [1] })));
    listening.send('SIGHUP');
    await listening.until({ type: 'change' });
    listening.send('SIGTERM');
    const { code, lines } = await listening.ended();
    expect(code).toBe(0);
    expect(formsOf(lines, 'route')).toEqual([ROUTE]);
    expect(formsOf(lines, 'change')).toEqual([`${ROUTE} was cause`]);
    expect(lines.filter(({ type }) => type === 'change')).toMatchObject([
      {
        ...{ prefix: '192.0.2.0/24', rov: 'not-found', aspa: 'invalid' },
        ...{ was: { rov: 'valid', aspa: 'valid' }, cause: 'payload' },
      },
    ]);
    expect(formsOf(lines, 'withdraw')).toEqual(['type time peer prefix']);
    expect(formsOf(lines, 'fault')).toEqual(['type time peer code treatment message offset']);
    expect(formsOf(lines, 'end')).toEqual(['type time peer family', 'type time peer counts']);
    const states = lines.filter(({ type }) => type === 'session').map(({ state }) => state);
    expect(states).toEqual(['open-sent', 'open-confirm', 'established', 'down']);
    for (const { peer: one } of lines.slice(0, -1))
      expect(Object.keys(one as object)).toEqual(['address', 'as', 'id']);
    expect(lines.every(({ time }) => Number(time) > 1.7e9 && Number(time) < 1e10)).toBe(true);
  });

  it('without a role tell both procedures; signed routes have bgpsec, and a key is a cause', async () => {
    const file = keys(64496, 64499);
    const listening = command(
      ...['bgp', 'listen', '--local-as', '64500', '--address', '127.0.0.1', '--port', '0', '--bgpsec'],
      ...['--aspa', file],
    );
    const messages = [fromHex(UPDATE), update4(['198.51.100.0/24'], [], [], [64499])];
    await peer({ port: await listening.port() }, messages, { bgpsec: ['send'] });
    await until(() => listening.lines().filter(({ type }) => type === 'route').length === 2);
    writeFileSync(file, readFileSync(keys(64499)));
    await listening.until({ type: 'change', cause: 'key' });
    listening.send('SIGINT');
    const { code, lines } = await listening.ended();
    expect(code).toBe(0);
    const plain = 'type time peer prefix path localRole neighborRole rov aspa aspaBoth';
    expect(formsOf(lines, 'route').sort()).toEqual([plain, `${plain} bgpsec`].sort());
    for (const { aspa, aspaBoth } of lines.filter(({ type }) => type === 'route')) {
      expect(aspa).toBeNull();
      expect(Object.keys(aspaBoth as object)).toEqual(['upstream', 'downstream']);
    }
  });

  it('connect ends with 0 on SIGTERM, though nobody is there', async () => {
    const connecting = command('bgp', 'connect', '127.0.0.1:1', '--local-as', '64500');
    await connecting.until({ type: 'session', state: 'idle' });
    connecting.send('SIGTERM');
    const { code, lines } = await connecting.ended();
    expect(code).toBe(0);
    expect(lines.at(-1)).toMatchObject({ type: 'end', peer: null });
  });

  it.each([
    ['listen', '--local-as', '64500', '--rpki', '/nowhere/rpki.json', '--port', '0'],
    ['listen', '--local-as', '64500', '--nonsense'],
    ['connect', '127.0.0.1:1', '--local-as', '64500', '--rpki', '/nowhere/rpki.json'],
  ])('%s %j ends with 2', async (...argv) => {
    const wrong = command('bgp', ...argv);
    expect(await wrong.ended()).toEqual({ code: 2, lines: [] });
    expect(wrong.stderr()).toMatch(/^pathsec: .*\n$|^error: .*\n/);
  });
});

describe('live', () => {
  it('takes BGP and BMP and a file at once, and ends with 0 on SIGTERM', async () => {
    const config = { localAs: 64500, listen: '127.0.0.1:0', peers: [{ localRole: 'provider' }] };
    const routes = temporaryFile('routes', '198.51.100.0/24|64499 64496|64499\n');
    const all = command(
      ...['live', routes, '--rpki', rpki(), '--bmp', '127.0.0.1:0'],
      ...['--bgp', temporaryFile('peers.json', JSON.stringify(config))],
    );
    await until(() => /bgp: listening[\s\S]*bmp: listening/.test(all.stderr()));
    const port = Number(/bgp: listening on 127\.0\.0\.1:([0-9]+)/.exec(all.stderr())?.[1]);
    await peer({ port }, [CUSTOMER_ROUTE, END_OF_RIB], { role: 'customer' });
    await all.until({ type: 'end', family: '1/1' });
    await all.until({ type: 'route', prefix: '198.51.100.0/24' });
    all.send('SIGTERM');
    const { code, lines } = await all.ended();
    expect(code).toBe(0);
    const routeOf = (prefix: string) => lines.find((line) => line.type === 'route' && line.prefix === prefix);
    expect(routeOf('192.0.2.0/24')).toMatchObject({ localRole: 'provider', rov: 'valid', aspa: 'valid' });
    expect(routeOf('198.51.100.0/24')).toMatchObject({
      ...{ peer: { as: 64499, source: routes }, localRole: null, neighborRole: null, aspa: null },
      aspaBoth: { upstream: 'valid', downstream: 'valid' },
    });
  });
});

describe('bgp inject', () => {
  const WORDS = ['--local-as', '64499'] as const;
  const routes = (): string => temporaryFile('routes', '192.0.2.0/24|64498 64496|64498\n');

  it('puts the own AS in front for an external peer alone, withdraws on SIGTERM and ends with 0', async () => {
    for (const [options, argv, path] of [
      [{}, [], '64499 64498 64496'],
      [{}, ['--prepend'], '64499 64498 64496'],
      [{}, ['--as-received'], '64498 64496'],
      [{ localAs: 64499 }, [], '64498 64496'],
    ] as const) {
      const other = await receiver(options);
      const words = [`127.0.0.1:${other.port}`, ...WORDS, '--routes', routes(), '--rate', '100', ...argv];
      const injecting = command('bgp', 'inject', ...words);
      await injecting.until({ type: 'announced', routes: 1 });
      await until(() => other.held.size === 1);
      expect([...other.held]).toEqual([['192.0.2.0/24', path]]);
      injecting.send('SIGTERM');
      const { code, lines } = await injecting.ended();
      expect([code, lines.at(-1)]).toMatchObject([
        0,
        { type: 'end', peer: null, counts: { withdrawals: 1 } },
      ]);
      await until(() => other.heard.includes('6/2'));
      expect(other.held.size).toBe(0);
    }
  });

  it('ends with 1 where the peer ends the session, with 2 for wrong use', async () => {
    const other = await receiver();
    const injecting = command('bgp', 'inject', `127.0.0.1:${other.port}`, ...WORDS, '--routes', routes());
    await injecting.until({ type: 'announced' });
    await other.stop('enough');
    expect((await injecting.ended()).code).toBe(1);
    expect((await command('bgp', 'inject', '127.0.0.1:1', ...WORDS).ended()).code).toBe(2);
  });

  it('writes messages one behind the other, MRT, or questions, and the keys of those that signed', async () => {
    const place = folder();
    const made = ['--peer-as', '64500', '--count', '5', '--hops', '3', '--seed', '7'];
    const keysOut = join(place, 'keys.json');
    const write = async (...format: readonly string[]): Promise<Buffer> => {
      const file = join(place, format.at(-1) ?? 'default');
      const writing = command(
        ...['bgp', 'inject', ...WORDS, ...made, '--keys-out', keysOut, '--write', file, ...format],
      );
      expect((await writing.ended()).code, writing.stderr()).toBe(0);
      return readFileSync(file);
    };
    const raw = await write();
    expect(await write('--format', 'raw')).toEqual(raw);
    const splitter = createMessageSplitter(true);
    splitter.push(raw);
    const messages: Uint8Array[] = [];
    for (let one = splitter.next(); one; one = splitter.next()) messages.push(one.slice());
    expect([messages.length, splitter.pending]).toEqual([5, 0]);
    const questions = jsonLines((await write('--format', 'jsonl')).toString());
    expect(questions.map(({ message }) => fromHex(String(message)))).toEqual(messages);
    expect(questions.map(({ localAs, peerAs }) => [localAs, peerAs])).toEqual(
      new Array(5).fill([64500, 64499]),
    );
    const judged = await run(['bgpsec', 'verify', '--batch', join(place, 'jsonl'), '--keys', keysOut]);
    expect(jsonLines(judged.stdout).map(({ outcome }) => outcome)).toEqual(new Array(5).fill('valid'));
    await write('--format', 'mrt');
    const audited = await run(['audit', '--json', '--rpki', keysOut, join(place, 'mrt')]);
    expect(JSON.parse(audited.stdout)).toMatchObject({ routes: 5 });
  });
});
