import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { run } from '../cli/run.js';
import { freePort, startDaemon } from './daemon.js';
import { amongPeers, lackingFor, type Peer } from './place.js';
import { notesBesideRepeats } from './router-notes.js';

const WORDS = ['conformance', 'router', '--only', 'rov/route-', '--suite', 'rov'] as const;

/** Plays the routes of RFC 6811 to a BIRD that the test starts itself, and gives what was not passed. */
async function leftOf(
  { onTestFinished }: TestContext,
  where: string,
  change: (config: string) => string,
): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pathsec-generic-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const rtr = ['--rtr-listen', `127.0.0.1:${await freePort()}`];
  const bgp = ['--connect', `127.0.0.1:${await freePort()}`];
  const config = await run([...WORDS, '--profile', 'bird', ...rtr, ...bgp, '--print-config']);
  writeFileSync(join(folder, 'bird.conf'), change(config.stdout));
  const bird = startDaemon('bird', ['-f', '-c', join(folder, 'bird.conf'), '-s', join(folder, 'bird.ctl')]);
  onTestFinished(() => bird.stop());
  const reached = where === '' ? bgp : ['--bgp-listen', where];
  const generic = ['--profile', 'generic', '--marks', 'rov', '--timeout', '120'];
  const { code, stderr, stdout } = await run([...WORDS, ...generic, ...rtr, ...reached, '--json']);
  expect([code, stderr], bird.output()).toEqual([0, '']);
  const { notes, results } = JSON.parse(stdout) as {
    notes: string[];
    results: { id: string; verdict: string }[];
  };
  expect(notesBesideRepeats(notes)).toEqual([]);
  expect(results.filter(({ verdict }) => verdict === 'passed').length).toBeGreaterThan(5);
  return results
    .filter(({ verdict }) => verdict !== 'passed' && verdict !== 'not-playable')
    .map(({ id, verdict }) => `${verdict} ${id}`);
}

// They wait for timers of routers most of the time: one beside the other.
describe.concurrent('a router that somebody else runs', () => {
  const lacking = lackingFor({ program: 'bird', package: 'bird2', needs: 'program' });
  if (lacking) {
    it.skip(`BIRD: ${lacking}`, () => {});
    return;
  }

  it('is reached where it listens', async (test) => {
    expect(await leftOf(test, '', (config) => config)).toEqual(['refused rov/route-15']);
  });

  it('reaches us where it connects', async (test) => {
    const port = await freePort();
    const connecting = (config: string): string =>
      config
        .replaceAll('passive;', 'connect delay time 1;')
        .replace(/(neighbor) 127\.1\.0\.([0-9]+) as/g, `$1 127.3.0.$2 port ${port} as`);
    expect(await leftOf(test, `127.3.0.1:${port}`, connecting)).toEqual(['refused rov/route-15']);
  });
});

/** Whether somebody listens on the port. */
function isThere(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** A router with ASPA, of which the harness is told no more than what it marks. */
interface Judging extends Peer {
  readonly profile: 'bird' | 'openbgpd';
  readonly marks: string;
  readonly hello: object;
  readonly config: string;
  readonly args: (folder: string) => readonly string[];
  readonly change: (config: string, folder: string) => string;
}

const JUDGING: readonly Judging[] = [
  {
    ...{ profile: 'bird', program: 'bird', package: 'bird3', needs: 'peers', config: 'bird.conf' },
    ...{ marks: 'rov,both', hello: { version: '3', families: ['ipv4-unicast'] } },
    args: (folder) => ['bird', '-f', '-c', `${folder}/bird.conf`, '-s', `${folder}/bird.ctl`],
    change: (config) => config,
  },
  {
    ...{ profile: 'openbgpd', program: 'bgpd', package: 'openbgpd', needs: 'peers', config: 'bgpd.conf' },
    ...{ marks: 'rov,role', hello: { asSet: false, rtrVersions: [2], maxProviders: 10_000 } },
    args: (folder) => ['/usr/sbin/bgpd', '-d', '-f', `${folder}/bgpd.conf`],
    change: (config, folder) => `socket "${folder}/bgpd.sock"\n${config}`,
  },
];

describe.concurrent('a router with ASPA that somebody else runs', () => {
  for (const { args, change, config, hello, marks, profile, ...peer } of JUDGING) {
    const lacking = lackingFor(peer);
    if (lacking) {
      it.skip(`${profile}: ${lacking}`, () => {});
      continue;
    }
    it(`${profile} is asked by its marks ${marks}, and what is said of it`, async ({ onTestFinished }) => {
      const place = amongPeers();
      onTestFinished(() => place.leave());
      const asked = ['conformance', 'router', '--suite', 'aspa', '--suite', 'rov'];
      const only = ['--only', 'aspa/killer', '--only', 'rov/route-'];
      const cache = await freePort();
      const rtr = ['--rtr-listen', `127.0.0.1:${cache}`];
      const bgp = ['--connect', `127.0.0.1:${await freePort()}`];
      const where = [...asked, ...only, ...rtr, ...bgp];
      const said = ['--marks', marks, '--hello', JSON.stringify(hello)];
      const printed = await run([...where, '--profile', profile, '--print-config']);
      writeFileSync(join(place.outside, config), change(printed.stdout, place.inside), { mode: 0o600 });
      await place.run('mkdir', '-p', '/run/openbgpd');
      const running = run([...where, ...said, '--profile', 'generic', '--timeout', '120', '--json']);
      let isOver = false;
      const over = (): void => {
        isOver = true;
      };
      running.then(over, over);
      // OpenBGPD lets minutes pass before it asks a cache again that it did not find.
      while (!isOver && !(await isThere(cache))) await new Promise((resolve) => setTimeout(resolve, 20));
      const router = place.start(...(args(place.inside) as [string, ...string[]]));
      onTestFinished(() => router.stop());
      const { code, stderr, stdout } = await running;
      expect([code, stderr], router.output()).toEqual([0, '']);
      const report = JSON.parse(stdout) as {
        notes: string[];
        counts: Record<string, number>;
        router: unknown;
        results: { id: string; verdict: string }[];
      };
      expect(notesBesideRepeats(report.notes)).toEqual([]);
      expect(report.counts.passed).toBeGreaterThan(30);
      const version = 'version' in hello ? hello.version : null;
      expect(report.router).toEqual({ profile: 'generic', version });
    });
  }
});
