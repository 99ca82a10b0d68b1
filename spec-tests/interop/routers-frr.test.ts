import { describe, expect, it } from 'vitest';
import { run } from '../cli/run.js';
import { lackingFor } from './place.js';
import { notesBesideRepeats } from './router-notes.js';

describe('origin validation of FRR', () => {
  const program = '/usr/lib/x86_64-linux-gnu/frr/modules/bgpd_rpki.so';
  const lacking = lackingFor({ program, package: 'frr-rpki-rtrlib', needs: 'root' });
  if (lacking) {
    it.skip(`FRR: ${lacking}`, () => {});
    return;
  }

  it('is that of the vectors, but for covered routes without origin, and for a default route, which ends it', async () => {
    const { code, stderr, stdout } = await run([
      ...['conformance', 'router', '--profile', 'frr', '--start', '--programs', 'here', '--suite', 'rov'],
      ...['--timeout', '120', '--json'],
    ]);
    expect([code, stderr]).toEqual([1, '']);
    const { notes, results } = JSON.parse(stdout) as {
      notes: string[];
      results: { id: string; verdict: string }[];
    };
    // It is started again each time, and goes on.
    expect(notesBesideRepeats(notes).at(-1)).toMatch(
      /^the router ended by itself [0-9]+ times, and was started again /,
    );
    const left = results.filter(({ verdict }) => verdict !== 'passed' && verdict !== 'not-playable');
    expect(left.map(({ id, verdict }) => `${verdict} ${id}`)).toEqual([
      'failed rov/route-08',
      'failed rov/route-28',
      'crashed rov/table-default-route',
      'crashed rov/table-default-route-itself',
      'crashed rov/table-other-family',
    ]);
  });
});
