import { describe, expect, it } from 'vitest';
import type { StudyResults, TaskResults } from '../../bench/study/results.js';
import { routerViewOf, routerViewSection } from '../../bench/study/router-view/section.js';
import type { RouterViewSettings } from '../../bench/study/router-view/settings.js';
import { cell, resultsOf, task } from './made-run.js';

const byLength = task(
  'byLength',
  [1, 2, 4].flatMap((length) => [cell('S1', length, 2 * length), cell('S2 cached', length, 10 + 5 * length)]),
  null,
);
const speed = (ratio: number) => ({
  version: 'OpenSSL 3.5.9',
  times: [
    { algorithm: 'ecdsap256', operation: 'verify', ms: 0.05 },
    { algorithm: 'ML-DSA-44', operation: 'verify', ms: 0.05 * ratio },
  ],
});
const postQuantum = (native: unknown): TaskResults =>
  task(
    'postQuantum',
    [
      cell('ECDSA, OpenSSL', 'verify', 0.08),
      cell('ECDSA, OpenSSL', 'UPDATE of 4 hops', 0.4),
      cell('ECDSA, noble', 'UPDATE of 4 hops', 8),
      cell('ML-DSA-44', 'UPDATE of 4 hops', 6),
    ],
    { signMs: {}, native: [native] },
  );
const batches = task(
  'batches',
  [1, 16, 64, 256].map((n) => cell('S2g 128 bits', n, 10)),
  null,
);
const withSettings = (tasks: TaskResults, routerView: RouterViewSettings): StudyResults => {
  const results = resultsOf(tasks);
  return { ...results, config: { ...results.config, routerView } };
};

/** Two hops, two peers, ten prefixes: 20 routes. */
const small = { prefixes: 10, peers: [2], cores: [1], pathLengths: [0, 1] };
const coreMs = (tasks: TaskResults): Record<string, number | undefined> =>
  Object.fromEntries(
    routerViewOf(withSettings(tasks, small)).rows.map(({ protection, startUp }) => [
      `${protection.scheme} (${protection.engine}), ${protection.verified}`,
      startUp.coreSeconds && Math.round(1e6 * startUp.coreSeconds.median) / 1e3,
    ]),
  );

describe("the router's view of a run", () => {
  it('takes its unit costs from the cells', () => {
    expect(coreMs({ ...byLength, ...batches, ...postQuantum(speed(1.5)) })).toMatchObject({
      'BGPsec (noble), every route': 80,
      'BGPsec (noble), best paths': 40,
      'BGPsec (OpenSSL), every route': 4,
      'PLAIN (noble), every route': 400,
      'PLAIN, batches of 64 (noble), every route': 100,
      'BGPsec with ML-DSA-44 (noble), every route': 60,
      'BGPsec with ML-DSA-44 (OpenSSL), every route': 4.8,
      'BGPsec with ML-DSA-44 + P-256 (noble), every route': 140,
      'BGPsec with ML-DSA-44 + P-256 (OpenSSL), every route': 8,
    });
  });

  it('has no number where a cell is absent, also of a part', () => {
    const costs = coreMs({ ...byLength, ...postQuantum({ absent: 'no such root' }) });
    for (const name of [
      'FC-BGP (OpenSSL)',
      'ASPA (pathsec)',
      'PLAIN, batches (noble)',
      'BGPsec with ML-DSA-44 (OpenSSL)',
    ]) {
      expect(costs).toHaveProperty([`${name}, every route`], undefined);
    }
    expect(costs['BGPsec with ML-DSA-44 + P-256 (OpenSSL), every route']).toBeUndefined();
    expect(costs['BGPsec with ML-DSA-65 + P-256 (noble), every route']).toBeUndefined();
    const page = routerViewSection(withSettings(byLength, small));
    expect(page).toMatch(/\| BGPsec with FN-DSA-512 \| OpenSSL \|( absent \|){5}/);
    expect(page).not.toMatch(/NaN|n\/a|undefined|Infinity/);
  });

  it('prints every assumption with its source, as a model', () => {
    const page = routerViewSection(withSettings(byLength, small));
    expect(page).toContain('A MODEL, and no measurement');
    expect(page).toContain('| prefixes of a full feed | `prefixes` | 10 | given |');
    expect(page).toContain('| `bestShare` | 0.092 | updates of 14 peers, 2007');
    expect(page).toContain('What the model leaves out');
  });
});
