import { writeFileSync } from 'node:fs';
import { listenRtr, type RtrServerEvent } from 'pathsec/node';
import { readPayloads } from 'pathsec/rpki';
import { createRtrCache, MISBEHAVIOURS } from 'pathsec/rtr';
import { afterEach, describe, expect, it } from 'vitest';
import { run, temporaryFile } from '../cli/run.js';
import { freePort } from '../interop/daemon.js';
import { runUntilStopped } from './run-until-stopped.js';

const KEY =
  'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEhv5HEBGixUjKJTlenvcD1Axyi07rFdVY1KhN4vMPYy5y0Mx6zfaiEqJN27jK/l61xC36Vsaezd7eXAsZ1AEEsQ==';
const FILE = JSON.stringify({
  roas: [
    { prefix: '192.0.2.0/24', maxLength: 24, asn: 64496 },
    { prefix: '2001:db8::/32', maxLength: 48, asn: 64497 },
  ],
  bgpsec_keys: [{ asn: 64496, ski: '510f485d29a29db7b515f9c478f8ed3cb7aa7d23', pubkey: KEY }],
  aspas: [{ customer_asid: 64500, providers: [64501, 64502] }],
});
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A cache with the payloads of `FILE`, outside the program under test. */
async function cacheOf(text = FILE) {
  const cache = createRtrCache({ sessionId: 1 });
  cache.replace(readPayloads(text));
  let queries = 0;
  const onEvent = (_: number, { kind }: RtrServerEvent): void => {
    if (kind === 'query') queries++;
  };
  const server = await listenRtr(cache, { host: '127.0.0.1', port: 0, notifySeconds: 0, onEvent });
  closers.push(() => server.close());
  return { cache, server, address: `127.0.0.1:${server.port}`, queries: () => queries };
}

/** Waits until a cache that the program serves answers. */
async function dumpWhenUp(address: string, wanted: (stdout: string) => boolean): Promise<string> {
  for (;;) {
    const { stdout } = await run(['rtr', 'dump', address]);
    if (wanted(stdout)) return stdout;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('pathsec rtr dump', () => {
  it('prints all payloads sorted, or as JSON that can be read again', async () => {
    const { address } = await cacheOf();
    const { code, stdout } = await run(['rtr', 'dump', address]);
    expect(code).toBe(0);
    expect(stdout.split('\n').map((line) => line.slice(0, 60))).toEqual([
      'vrp 192.0.2.0/24-24 AS64496',
      'vrp 2001:db8::/32-48 AS64497',
      'router-key AS64496 510f485d29a29db7b515f9c478f8ed3cb7aa7d23 ',
      'aspa AS64500 AS64501 AS64502',
      '',
    ]);
    const json = await run(['rtr', 'dump', address, '--json']);
    const again = temporaryFile('again.json', json.stdout);
    expect(await run(['rtr', 'diff', address, again, '--exit-code'])).toMatchObject({ code: 0, stdout: '' });
    const old = await run(['rtr', 'dump', address, '--rtr-version', '0']);
    expect(old.stdout.split('\n').length).toBe(3);
  });

  it('names what went wrong and exits with 2', async () => {
    const nobody = `127.0.0.1:${await freePort()}`;
    expect(await run(['rtr', 'dump', nobody])).toMatchObject({
      code: 2,
      stderr: `pathsec: ${nobody}: connection refused or lost\n`,
    });
    expect(await run(['rtr', 'dump', 'nowhere'])).toMatchObject({
      code: 2,
      stderr: 'pathsec: nowhere is not HOST:PORT\n',
    });
    const { cache, address } = await cacheOf();
    cache.loseData();
    expect(await run(['rtr', 'dump', address])).toMatchObject({
      code: 2,
      stderr: `pathsec: ${address}: reports error 2: no data yet\n`,
    });
  });
});

describe('pathsec rtr diff', () => {
  it('shows what only the first and only the second has, a replaced ASPA as both', async () => {
    const { address } = await cacheOf();
    const other = temporaryFile(
      'other.json',
      JSON.stringify({
        roas: [{ prefix: '192.0.2.0/24', maxLength: 25, asn: 64496 }],
        aspas: [{ customer_asid: 64500, providers: [64503] }],
      }),
    );
    const { code, stdout } = await run(['rtr', 'diff', address, other, '--exit-code']);
    expect(code).toBe(1);
    expect(stdout.split('\n').map((line) => line.slice(0, 32))).toEqual([
      '+ aspa AS64500 AS64503',
      '+ vrp 192.0.2.0/24-25 AS64496',
      '- aspa AS64500 AS64501 AS64502',
      '- router-key AS64496 510f485d29a',
      '- vrp 192.0.2.0/24-24 AS64496',
      '- vrp 2001:db8::/32-48 AS64497',
      '',
    ]);
    const lines = (await run(['rtr', 'diff', other, address, '--jsonl'])).stdout.trim().split('\n');
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ change: 'announce', type: 'router-key', asn: 64496 });
  });
});

describe('pathsec rtr watch', () => {
  it('shows changes as they come, and the union of several caches', async () => {
    const first = await cacheOf();
    const second = await cacheOf(
      JSON.stringify({ roas: [{ prefix: '192.0.2.0/24', maxLength: 24, asn: 64496 }] }),
    );
    const watching = run(['rtr', 'watch', first.address, second.address, '--updates', '3', '--for', '600']);
    // Both answers are on their way then, before the change.
    while (first.queries() === 0 || second.queries() === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    // The first prefix stays, since the second cache has it too.
    first.cache.replace(
      readPayloads(JSON.stringify({ roas: [], aspas: [{ customer_asid: 1, providers: [2] }] })),
    );
    first.server.notify();
    const { code, stdout, stderr } = await watching;
    expect(code).toBe(0);
    expect(stdout.split('\n').map((line) => line.slice(0, 32))).toEqual([
      '- vrp 2001:db8::/32-48 AS64497',
      '- router-key AS64496 510f485d29a',
      '- aspa AS64500 AS64501 AS64502',
      '+ aspa AS1 AS2',
      '',
    ]);
    expect(stderr).toContain(`${first.address}: update, serial 1, 5 changes\n`);
  });
});

describe('pathsec rtr serve', () => {
  it('serves files with local exceptions, follows their changes, and is itself a source', async () => {
    const file = temporaryFile('payloads.json', FILE);
    const slurm = temporaryFile(
      'slurm.json',
      JSON.stringify({
        slurmVersion: 1,
        validationOutputFilters: { prefixFilters: [{ asn: 64496 }], bgpsecFilters: [] },
        locallyAddedAssertions: {
          prefixAssertions: [{ asn: 64511, prefix: '203.0.113.0/24' }],
          bgpsecAssertions: [],
        },
      }),
    );
    const [one, two] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`];
    const lab = ['--notify-interval', '0'];
    const first = runUntilStopped(['rtr', 'serve', file, '--slurm', slurm, '--listen', one, ...lab]);
    const served = await dumpWhenUp(one, (text) => text !== '');
    expect(served).not.toContain('vrp 192.0.2.0/24-24');
    expect(served).toContain('vrp 203.0.113.0/24-24 AS64511');
    const second = runUntilStopped(['rtr', 'serve', one, '--listen', two, ...lab]);
    expect(await dumpWhenUp(two, (text) => text !== '')).toBe(served);
    writeFileSync(file, 'not json');
    writeFileSync(file, JSON.stringify({ roas: [{ prefix: '198.51.100.0/24', maxLength: 24, asn: 64499 }] }));
    const changed = (text: string): boolean => text.includes('198.51.100.0/24');
    expect(await dumpWhenUp(two, changed)).toBe(await dumpWhenUp(one, changed));
    for (const { code, stderr } of await Promise.all([second(), first()])) {
      expect(code).toBe(0);
      expect(stderr).toContain('serving on 127.0.0.1:');
    }
  });

  it('plays a script with changes and a fault', async () => {
    const script = temporaryFile(
      'script.json',
      JSON.stringify({
        steps: [
          { at: 0, replace: JSON.parse(FILE) },
          {
            at: 3,
            announce: { roas: [{ prefix: '10.0.0.0/8', maxLength: 8, asn: 1 }] },
            withdraw: { aspas: [{ customer_asid: 64500, providers: [64501] }] },
          },
          { at: 4, fault: 'garbage' },
        ],
      }),
    );
    const address = `127.0.0.1:${await freePort()}`;
    const watching = run(['rtr', 'watch', address, '--updates', '3', '--for', '600', '--retry', '1']);
    const stop = runUntilStopped([
      ...['rtr', 'serve', '--script', script, '--listen', address],
      ...['--notify-interval', '0', '--session', '7', '--serial', '41'],
    ]);
    const watched = await watching;
    expect(watched.stdout.split('\n').slice(0, 2)).toEqual([
      '- aspa AS64500 AS64501 AS64502',
      '+ vrp 10.0.0.0/8-8 AS1',
    ]);
    expect(watched.stderr).toContain('complete data, serial 41');
    expect(watched.stderr).toContain('update, serial 42, 2 changes');
    expect(watched.stderr).toContain('broke the protocol: ');
    expect(watched.stderr).toContain('all its data dropped: fatal-error');
    const { code, stderr } = await stop();
    expect(code).toBe(0);
    expect(stderr).toContain('script: at 4 s fault garbage, serial 42');
  });

  it('prints an IPv6 address in brackets, as it is given', async () => {
    const file = temporaryFile('payloads.json', FILE);
    const port = await freePort();
    const { code, stderr } = await run(['rtr', 'serve', file, '--listen', `[::1]:${port}`, '--for', '0']);
    if (stderr.includes('EADDRNOTAVAIL'))
      expect(code).toBe(2); // a machine without IPv6
    else expect(stderr).toContain(`serving on [::1]:${port}\n`);
    const nobody = await run(['rtr', 'dump', `[::1]:${port}`]);
    expect(nobody.stderr).toContain(`pathsec: [::1]:${port}: `);
  });

  it('lists the faults, and refuses what it cannot serve', async () => {
    const { stdout } = await run(['rtr', 'serve', '--list-faults']);
    expect(stdout.trim().split('\n').length).toBe(MISBEHAVIOURS.length);
    const bad = temporaryFile('bad.json', '{"steps": [{"at": 1, "fault": "unheard-of"}]}');
    for (const [args, message] of [
      [[], 'nothing to serve'],
      [['--script', bad], `pathsec: ${bad}: steps[0]: fault is one of garbage, `],
      [['--script', temporaryFile('worse.json', '{')], 'worse.json: not JSON; expected {"steps": [...]}\n'],
      [[bad, '--listen', 'here'], '--listen here is not HOST:PORT'],
      [['/does/not/exist.json'], 'ENOENT'],
    ] as const) {
      const { code, stderr } = await run(['rtr', 'serve', ...args]);
      expect(code).toBe(2);
      expect(stderr).toContain(message);
    }
  });

  it('leaves nothing behind that keeps the process up when it is refused', async () => {
    const { address } = await cacheOf();
    const file = temporaryFile('payloads.json', FILE);
    const waiting = () => process.listenerCount('SIGINT');
    const before = waiting();
    const taken = await run(['rtr', 'serve', file, '--listen', address]);
    expect([taken.code, taken.stderr.split('\n').at(-2)]).toEqual([
      2,
      `pathsec: --listen ${address}: address already in use (EADDRINUSE)`,
    ]);
    expect(await run(['rtr', 'watch', address, 'here'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'pathsec: here is not HOST:PORT\n',
    });
    expect(waiting()).toBe(before);
  });
});
