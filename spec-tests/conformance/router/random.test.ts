import fc from 'fast-check';
import {
  judgeRouterRun,
  planRouterRun,
  questionsOf,
  randomOriginFile,
  randomPathFile,
  reportOf,
  type VectorFile,
} from 'pathsec/conformance';
import { seededRandom } from 'pathsec/tables';
import { describe, expect, it } from 'vitest';
import { byPath, byRole } from './abilities.js';
import { playPlan, rightRouter, routerWithMistake } from './player.js';

const families = ['ipv4-unicast', 'ipv6-unicast'] as const;
const made = (seed: number, count: number): readonly VectorFile[] => {
  const options = { count, random: seededRandom(seed), avoid: [byRole.localAs], families };
  return [randomPathFile(options), randomOriginFile(options)];
};

/** How often each verdict is expected. */
function tally(file: VectorFile): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { expected } of file.groups.flatMap(({ cases }) => cases)) {
    const word = String(expected.outcome ?? expected.validity);
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}

describe('random routes', () => {
  const files = made(1, 2500);

  it('are the same for the same seed, and others for another', () => {
    expect(made(1, 200)).toEqual(made(1, 200));
    expect(made(2, 200)).not.toEqual(made(1, 200));
  });

  it('have every verdict often', () => {
    for (const file of files) {
      const counts = Object.values(tally(file));
      expect(counts).toHaveLength(3);
      for (const count of counts) expect(count).toBeGreaterThan(250);
    }
  });

  it('have long and short paths, prepends, sets, and numbers of all sizes', () => {
    const paths = questionsOf(files.slice(0, 1)).map(
      ({ request }) => request.asPath as { type: string; asns: number[] }[],
    );
    const lengths = new Set(paths.map(([first]) => new Set(first?.asns).size));
    for (let length = 1; length <= 9; length++) expect(lengths).toContain(length);
    const asns = paths.flatMap((path) => path.flatMap((segment) => segment.asns));
    for (const [from, to] of [
      [1, 255],
      [256, 0xffff],
      [0x1_0000, 0x7fff_ffff],
      [0x8000_0000, 0xffff_fffe],
    ]) {
      expect(asns.some((asn) => asn >= Number(from) && asn <= Number(to))).toBe(true);
    }
    expect(asns).not.toContain(byRole.localAs);
    expect(asns.filter((asn) => asn === 0 || asn === 23_456)).toEqual([]);
    expect(paths.filter((path) => path.length > 1).length).toBeGreaterThan(10);
    expect(
      paths.filter(([first]) => first?.asns.some((asn, i) => asn === first.asns[i + 1])).length,
    ).toBeGreaterThan(100);
  });

  it.each([
    ['by role', byRole],
    ['by path', byPath],
  ])('fit a round for each table, and pathsec judges them as they are made, %s', (_, abilities) => {
    const plan = planRouterRun(files, questionsOf(files), abilities);
    expect(plan.rounds).toHaveLength(3);
    expect(plan.sessions.length).toBeLessThanOrEqual(8 * 5 + 1);
    const { counts } = reportOf(files, judgeRouterRun(plan, playPlan(plan, abilities, rightRouter())));
    expect(counts).toEqual({ passed: 5000 });
  });

  it('are judged alike by the second implementation', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const some = made(seed, 60);
        const plan = planRouterRun(some, questionsOf(some), byRole);
        const answers = playPlan(plan, byRole, routerWithMistake('none'));
        expect(reportOf(some, judgeRouterRun(plan, answers)).counts).toEqual({ passed: 120 });
      }),
      { numRuns: 5 },
    );
  });

  it('show a mistake in some of them', () => {
    const some = made(3, 300);
    const plan = planRouterRun(some, questionsOf(some), byRole);
    for (const mistake of ['aspa-R8', 'aspa-P1', 'rov-longest-only', 'rov-max-length-ignored']) {
      const answers = playPlan(plan, byRole, routerWithMistake(mistake));
      expect(reportOf(some, judgeRouterRun(plan, answers)).counts.failed).toBeGreaterThan(2);
    }
  });
});
