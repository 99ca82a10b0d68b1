import { describe, expect, it } from 'vitest';
import { run } from '../cli/run.js';
import { lackingFor } from './place.js';

/** A VRP for the default route ends its bgpd (docs/routers.md). */
const LEFT_OUT = ['--skip', 'rov/table-default', '--skip', 'rov/table-other-family'];

describe('origin validation of FRR', () => {
  const program = '/usr/lib/x86_64-linux-gnu/frr/modules/bgpd_rpki.so';
  const lacking = lackingFor({ program, package: 'frr-rpki-rtrlib', needs: 'root' });
  if (lacking) {
    it.skip(`FRR: ${lacking}`, () => {});
    return;
  }

  it('is that of the vectors, but for covered routes without origin', async () => {
    const { code, stderr, stdout } = await run([
      ...['conformance', 'router', '--profile', 'frr', '--start', '--programs', 'here', '--suite', 'rov'],
      ...[...LEFT_OUT, '--timeout', '120', '--json'],
    ]);
    expect([code, stderr]).toEqual([1, '']);
    const { notes, results } = JSON.parse(stdout) as {
      notes: unknown[];
      results: { id: string; verdict: string }[];
    };
    expect(notes).toEqual([]);
    const left = results.filter(({ verdict }) => verdict !== 'passed' && verdict !== 'not-playable');
    expect(left.map(({ id, verdict }) => `${verdict} ${id}`)).toEqual([
      'failed rov/route-08',
      'failed rov/route-28',
    ]);
  });
});
