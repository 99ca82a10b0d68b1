import { describe, expect, it } from 'vitest';
import { run } from '../cli/run.js';
import { lackingFor } from './place.js';
import { notesBesideRepeats } from './router-notes.js';

/** A route keeps the state that it had when it came (docs/routers.md), so that each of these is waited for in vain. */
const LEFT_OUT = ['--skip', 'rov/held-'];

describe('origin validation of GoBGP', () => {
  const lacking = lackingFor({ program: 'gobgpd', package: 'gobgpd', needs: 'peers' });
  if (lacking) {
    it.skip(`GoBGP: ${lacking}`, () => {});
    return;
  }

  it('is that of the vectors, but for covered routes without origin', async () => {
    const { code, stderr, stdout } = await run([
      ...['conformance', 'router', '--profile', 'gobgp', '--start', '--programs', 'peers', '--suite', 'rov'],
      ...[...LEFT_OUT, '--timeout', '120', '--json'],
    ]);
    expect([code, stderr]).toEqual([1, '']);
    const { counts, diagnoses, notes, results } = JSON.parse(stdout) as {
      counts: Record<string, number>;
      diagnoses: { mistake: string }[];
      notes: string[];
      results: { id: string; verdict: string }[];
    };
    expect(notesBesideRepeats(notes)).toEqual([]);
    const wrong = results.filter(({ verdict }) => verdict !== 'passed' && verdict !== 'not-playable');
    expect(wrong.map(({ id, verdict }) => `${verdict} ${id}`)).toEqual([
      'failed rov/route-08',
      'failed rov/route-28',
    ]);
    expect(counts.passed).toBe(56);
    expect(diagnoses.map(({ mistake }) => mistake)).toEqual(['rov-none-not-found']);
  });
});
