import { describe, expect, it } from 'vitest';
import { bandedRatios } from '../../bench/study/bands.js';
import { selfChecks } from '../../bench/study/checks.js';
import { compareRuns, comparisonText } from '../../bench/study/compare.js';
import { times } from '../../bench/study/report/analysis.js';
import { answers } from '../../bench/study/report/hypotheses/index.js';
import { disturbances } from '../../bench/study/report/run-sections.js';
import type { TaskResults } from '../../bench/study/results.js';
import { spread } from '../../bench/study/statistics.js';
import { LIVE, TOMBSTONE_CHECK } from '../../bench/study/tasks/churn-names.js';
import { impossibleCells } from '../../bench/study/tasks/memory-cells.js';
import { cell, resultsOf, task } from './made-run.js';

const lengths = [1, 2, 4];
type Milliseconds = number | readonly number[];
/** ECDSA takes 9.2 ms at four hops: PLAIN of 28 to 46 ms and CHAIN of 65 to 73 are as predicted. */
const byLength = (
  plain: Milliseconds,
  rov: (length: number) => number = () => 1e-4,
  chain: Milliseconds = 69,
) =>
  task(
    'byLength',
    lengths.flatMap((length) => [
      cell('S1', length, 2.3 * length),
      cell('S2', length, plain),
      cell('S3 literal', length, chain),
      cell('ROV', length, rov(length)),
    ]),
    null,
  );
const batches = task('batches', [cell('S1', 1, 9), cell('S2 cached', 1, 25), cell('S3 aggregate', 1, 50)], {
  hops: 4,
  signers: [{ n: 1, ofPool: 4 }],
});
const operations = task('operations', [cell('pairing', 1, 11), cell('P-256 verification', 1, 2.3)], null);

describe('numbers of the study', () => {
  it('an interval of the median leaves out as many ranks as 95 % allow', () => {
    const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
    expect(spread(upTo(5))).toMatchObject({ median: 3, q1: 2, q3: 4, low: 1, high: 5 });
    expect(spread(upTo(6))).toMatchObject({ low: 1, high: 6 });
    expect(spread(upTo(12))).toMatchObject({ median: 6.5, low: 3, high: 10 });
    expect(spread([])).toMatchObject({ count: 0 });
  });

  it('a machine that is half as fast in some rounds changes no ratio', () => {
    const slow = [1, 1, 1, 1, 1, 1, 2.1, 2.1, 2.1, 2.1, 2.1, 2.1];
    const results = resultsOf(task('byLength', [cell('S1', 4, 9), cell('S2', 4, 27, slow)], null));
    const ratio = times(results, 'byLength', 'S2', 4);
    for (const value of [ratio.low, ratio.median, ratio.high]) expect(value).toBeCloseTo(3, 6);
  });
});

describe('a run of the study looks at itself', () => {
  it('holds where origin validation does not see the path', () => {
    const checks = selfChecks(resultsOf(byLength(25)));
    expect(checks.map(({ disturbed }) => disturbed)).toEqual([false, false, false]);
    expect(disturbances(resultsOf(byLength(25)))).toContain('All 3 checks');
  });

  it('is disturbed where it does', () => {
    const results = resultsOf(byLength(25, (length) => (length === 4 ? 2.1e-4 : 1e-4)));
    expect(selfChecks(results).filter(({ disturbed }) => disturbed)).toMatchObject([{ parameter: 4 }]);
    expect(disturbances(results)).toContain('**This run was disturbed**: 1 of 3');
  });

  it('says that other programs ran beside what it took times of, not beside octets', () => {
    const besides = (name: 'byLength' | 'memory'): string => {
      const own = byLength(25).byLength;
      return disturbances(resultsOf({ [name]: { ...own, task: name, others: 999 } } as TaskResults));
    };
    expect(besides('byLength')).toContain('**Other programs kept the machine busy**');
    expect(besides('memory')).not.toContain('**Other programs kept the machine busy**');
  });

  it('and where one by one depends on the bad routes', () => {
    const cells = [cell('one by one', 0, 800), cell('one by one', 2, 1200)];
    expect(selfChecks(resultsOf(task('failures', cells, null)))).toMatchObject([
      { parameter: 2, disturbed: true },
    ]);
  });
});

describe('hypotheses', () => {
  const verdictOf = (id: string, tasks: TaskResults) =>
    answers(resultsOf(tasks)).find((one) => one.id === id);

  it('are not asked without their tasks', () => {
    expect(answers(resultsOf({})).map(({ verdict }) => verdict)).toEqual(new Array(6).fill('not asked'));
    expect(verdictOf('H3', {})?.interval).toBe('needs byLength, batches, operations');
  });

  const CPU = 'PLAIN 3 to 5: %s; literal CHAIN 7 to 8: %s; never below ECDSA: %s';
  it.each([
    ['not refuted', 37, 69, ['not refuted', 'not refuted', 'not refuted']],
    ['undecided', [26, 30], 69, ['undecided', 'not refuted', 'not refuted']],
    ['undecided', 37, [72, 75], ['not refuted', 'undecided', 'not refuted']],
    ['refuted in part', 25, 69, ['refuted', 'not refuted', 'not refuted']],
    ['refuted in part', 37, 80, ['not refuted', 'refuted', 'not refuted']],
    ['refuted in part', [26, 30], 60, ['undecided', 'refuted', 'not refuted']],
    ['refuted in part', [9.1, 9.3], 69, ['refuted', 'not refuted', 'undecided']],
    ['refuted', 8, 80, ['refuted', 'refuted', 'refuted']],
  ] as const)('CPU is %s for PLAIN of %j ms and CHAIN of %j', (verdict, plain, chain, parts) => {
    const found = verdictOf('H3', { ...byLength(plain, undefined, chain), ...batches, ...operations });
    expect(found).toMatchObject({ verdict, interval: expect.stringContaining('L = ') });
    const said = CPU.split('; ').map((part, i) => part.replace('%s', parts[i] ?? ''));
    for (const part of said) expect(found?.interval).toContain(part);
  });

  it('a range for which nothing was measured is not decided', () => {
    const cells = [cell('S1', 1, 2.3), cell('S2', 1, 18)];
    const found = verdictOf('H3', { ...task('byLength', cells, null), ...batches, ...operations });
    expect(found?.verdict).toBe('undecided');
    expect(found?.interval).toContain('PLAIN 3 to 5: undecided, not measured');
  });

  it.each([
    ['refuted in part', 40],
    ['not refuted', 49.5],
    ['undecided', [46, 49]],
  ])('batching is %s', (verdict, ms) => {
    const cells = [cell('S3 aggregate', 1, 50), cell('S3 aggregate', 16, ms)];
    const tasks = { ...task('batches', cells, { hops: 4, signers: [] }), ...operations };
    expect(verdictOf('H4', tasks)).toMatchObject({ verdict });
  });

  it.each([
    ['refuted', 130],
    ['refuted in part', 260],
    ['undecided', [120, 190]],
  ])('churn is %s', (verdict, last) => {
    const cells = [cell(TOMBSTONE_CHECK, 0, 130), cell(TOMBSTONE_CHECK, 32, last)];
    expect(verdictOf('H6', task('churn', cells, { replays: [] }))).toMatchObject({
      verdict,
      text: expect.stringContaining(`${LIVE} live routes`),
    });
  });

  it('failures are refuted by one miss', () => {
    const facts = { n: 32, searches: 10, misses: 1, falseAccusations: 0, passes: [] };
    expect(verdictOf('H5', task('failures', [], facts))).toMatchObject({ verdict: 'refuted' });
  });
});

describe('two runs', () => {
  const run = (plain: number) => resultsOf({ ...byLength(plain), ...batches, ...operations });

  it('agree where all bands meet', () => {
    const comparison = compareRuns(run(33), run(36));
    expect(comparison).toMatchObject({ agree: true, alone: 0 });
    expect(bandedRatios(run(33))[0]).toMatchObject({ task: 'operations' });
  });

  it('do not agree where some do not, and name them', () => {
    const [a, b] = [run(25), run(35)];
    expect(compareRuns(a, b).agree).toBe(false);
    expect(comparisonText(a, b)).toContain(
      'byLength, S2 at 4, times S1: 2.72 (2.45 to 2.99), 3.8 (3.42 to 4.18)',
    );
  });

  it('do not agree where a verdict differs', () => {
    expect(compareRuns(run(25), resultsOf(byLength(25)))).toMatchObject({ agree: false });
  });

  it('do not agree where nothing is in both', () => {
    expect(compareRuns(resultsOf({}), resultsOf({}))).toMatchObject({ ratios: [], agree: false });
  });
});

describe('memory of the study', () => {
  it('below the size of its own arrays is no result', () => {
    const sample = (scheme: string, process: number, heapAndExternal: number, arrays = 0) => {
      const none = { rss: 0, distinctPaths: 0, meanHops: 4, payload: 3e6 };
      return { scheme, routes: 10_000, process, heapAndExternal, arrays, ...none };
    };
    const of = (octets: number) => ({
      samples: [sample('S0', 0, 4e6), sample('S0', 1, 4.2e6), sample('ECDSA', 2, octets, 3.1e6)],
    });
    expect(impossibleCells(of(7.5e6))).toEqual([]);
    expect(impossibleCells(of(7.1e6))).toMatchObject([{ scheme: 'ECDSA', routes: 10_000, processes: 1 }]);
  });
});
