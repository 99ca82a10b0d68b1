import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { run } from '../cli/run.js';
import { freePort, startDaemon } from './daemon.js';
import { lackingFor } from './place.js';
import { notesBesideRepeats } from './router-notes.js';

const WORDS = ['conformance', 'router', '--only', 'rov/route-0', '--suite', 'rov'] as const;
const OWN = '4242420009';
/** Seconds that a test waits for what does not come; BIRD takes some of them for its start. */
const PATIENCE = '15';

interface Report {
  readonly code: number;
  readonly notes: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  readonly texts: readonly string[];
}

/** Plays routes to a BIRD whose configuration marks them otherwise. */
async function reportOf(
  { onTestFinished }: TestContext,
  change: (config: string) => string,
  timeout: string,
): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'pathsec-marks-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const rtr = ['--rtr-listen', `127.0.0.1:${await freePort()}`];
  const bgp = ['--connect', `127.0.0.1:${await freePort()}`];
  const { stdout: config } = await run([...WORDS, '--profile', 'bird', ...rtr, ...bgp, '--print-config']);
  const changed = change(config);
  expect(changed).not.toBe(config);
  writeFileSync(join(folder, 'bird.conf'), changed);
  const bird = startDaemon('bird', ['-f', '-c', join(folder, 'bird.conf'), '-s', join(folder, 'bird.ctl')]);
  onTestFinished(() => bird.stop());
  const generic = ['--profile', 'generic', '--marks', 'rov', '--timeout', timeout, '--json'];
  const { code, stderr, stdout } = await run([...WORDS, ...generic, ...rtr, ...bgp]);
  expect(stderr, bird.output()).toBe('');
  const { counts, notes, results } = JSON.parse(stdout) as Omit<Report, 'code' | 'texts'> & {
    results: { verdict: string; note?: string }[];
  };
  const texts = results.flatMap(({ note, verdict }) => (note === undefined ? [] : `${verdict}: ${note}`));
  return { code, notes: notesBesideRepeats(notes), counts, texts };
}

// They wait for timers of routers most of the time: one beside the other.
describe.concurrent('marks of a router', () => {
  const lacking = lackingFor({ program: 'bird', package: 'bird2', needs: 'program' });
  if (lacking) {
    it.skip(`BIRD: ${lacking}`, () => {});
    return;
  }

  it('that are of others, or of kinds that nobody asked for, are passed over', async (test) => {
    const beside =
      'bgp_large_community.add((64511, 1, 2)); bgp_large_community.add((4242420009, 9, 1)); accept;';
    const { code, counts, notes } = await reportOf(
      test,
      (config) => config.replaceAll('  accept;', beside),
      '120',
    );
    expect([code, notes]).toEqual([0, []]);
    expect(counts.passed).toBeGreaterThan(5);
    expect(counts.failed ?? 0).toBe(0);
  });

  it('that contradict each other are no verdict, and a failure', async (test) => {
    const valid = `bgp_large_community.add((${OWN}, 1, 1));`;
    const both = (config: string): string =>
      config.replaceAll(valid, `${valid} bgp_large_community.add((${OWN}, 1, 2));`);
    const { code, counts, texts } = await reportOf(test, both, '120');
    expect(code).toBe(1);
    expect(counts.garbage).toBeGreaterThan(0);
    expect(texts).toContain('garbage: several marks of kind 1 (rov): 1:1 1:2');
    expect(counts.passed).toBeGreaterThan(0); // those that are not valid
  });

  it('that nobody can take for its own end the run, which says so', async (test) => {
    const foreign = (config: string): string => config.replaceAll(`add((${OWN}, 1,`, 'add((64511, 1,');
    const { code, counts, notes } = await reportOf(test, foreign, PATIENCE);
    expect(code).toBe(1);
    expect(notes).toEqual([
      expect.stringMatching(/: the verdict of the probe \S+ did not follow the table$/),
    ]);
    expect(counts.passed ?? 0).toBe(0);
    expect(counts.timeout).toBeGreaterThan(0);
  });

  it('that replace ours leave no route to be known again', async (test) => {
    const bare = (config: string): string =>
      config.replaceAll(/^filter (\w+) \{$/gm, 'filter $1 {\n  unset(bgp_large_community);');
    const { code, notes } = await reportOf(test, bare, PATIENCE);
    expect(code).toBe(1);
    expect(notes).toEqual([expect.stringMatching(/: the probe \S+ did not come back$/)]);
  });
});
