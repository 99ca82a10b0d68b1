import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../cli/run.js';
import { freePort, startDaemon } from './daemon.js';
import { lackingFor } from './place.js';

const WORDS = ['conformance', 'router', '--only', 'rov/route-', '--suite', 'rov'] as const;

/** Plays the routes of RFC 6811 to a BIRD that the test starts itself, and gives what was not passed. */
async function leftOf(where: string, change: (config: string) => string): Promise<string[]> {
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
    notes: unknown[];
    results: { id: string; verdict: string }[];
  };
  expect(notes).toEqual([]);
  expect(results.filter(({ verdict }) => verdict === 'passed').length).toBeGreaterThan(5);
  return results
    .filter(({ verdict }) => verdict !== 'passed' && verdict !== 'not-playable')
    .map(({ id, verdict }) => `${verdict} ${id}`);
}

describe('a router that somebody else runs', () => {
  const lacking = lackingFor({ program: 'bird', package: 'bird2', needs: 'program' });
  if (lacking) {
    it.skip(`BIRD: ${lacking}`, () => {});
    return;
  }

  it('is reached where it listens', async () => {
    expect(await leftOf('', (config) => config)).toEqual(['refused rov/route-15']);
  });

  it('reaches us where it connects', async () => {
    const port = await freePort();
    const connecting = (config: string): string =>
      config
        .replaceAll('passive;', 'connect delay time 1;')
        .replace(/(neighbor) 127\.1\.0\.([0-9]+) as/g, `$1 127.3.0.$2 port ${port} as`);
    expect(await leftOf(`127.3.0.1:${port}`, connecting)).toEqual(['refused rov/route-15']);
  });
});
