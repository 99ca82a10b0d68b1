import { describe, expect, it } from 'vitest';
import { type Entry, isMet, sayFigure } from '../../bench/page/figures.js';
import { benchmarksPage, readmeTable, SECTIONS } from '../../bench/page/page.js';

const spread = (median: number) => ({ median, q1: median * 0.9, q3: median * 1.1, rounds: 9 });
const entry = (benchmark: string, result: unknown): Entry => ({
  benchmark,
  date: '2026-11-29T12:00:00.000Z',
  cpu: 'A Processor x 2',
  node: 'v20.20.2',
  load: [0.25, 0.5],
  result,
});
const listed = (what: string, value: number, unit: string, target: number | null) => ({
  figures: [{ what, value: spread(value), unit, target }],
});
/** What each benchmark prints, as little as there can be of it. */
const ENTRIES: readonly Entry[] = [
  entry('aspa', listed('path, both directions, fast, 3,400 ASPAs', 44.36, 'ns', 75)),
  entry('rov', {
    ...{ vrps: 999_999, loadMs: 1823, tableOctetsPerVrp: 61.4, nsPerValidation: spread(812) },
    ...{ nsPerChange: 823, jsonReadMs: 3000 },
  }),
  entry('mrt', [
    { file: 'rib.gz', elements: 577_744, seconds: spread(0.4), warmRatio: spread(0.47), coldRatio: 0.7 },
    { file: 'small.gz', elements: 23, seconds: spread(0.01), absent: 'bgpdump' },
  ]),
  entry('audit', { results: [{ file: 'rib.gz', ratio: spread(1.3), peakRssMiB: 86 }] }),
  entry('jobs', {
    table: { routes: 6_000_000, distinctPaths: 1_200_000 },
    jobs: {
      ...{ gainOfTwoProcesses: spread(1.8), gainOfTwoThreads: spread(1.7), twoFilesShare: spread(0.94) },
      ...{ gainOfTwoThreadsOnOneDump: spread(1.4), oneDumpShare: spread(0.78) },
      memoryOfAThreadMiB: spread(123),
    },
    oneCore: { ratio: spread(0.72) },
    growth: { cpuNsARoute: 810, cpuFit: 0.994, octetsADistinctPath: 97, memoryFit: 0.988 },
  }),
  entry('impact', listed('a change of one ASPA, against reading twice', 0.6, 'times', 1)),
  entry('bgpsec', listed('native against openssl speed', 84.1, '%', 80)),
  entry('plain', { absent: ['@chainsafe/blst'], ...listed('noble, batch of 64', 0.71, 'pairings', 0.85) }),
  entry('rtr', {
    ...{ records: 1_003_420, fullImageSeconds: spread(0.8), fullImageWithTablesSeconds: spread(1.8) },
    ...{ updateChanges: 1000, updateMilliseconds: spread(5), updateMillisecondsWorst: 22 },
    ...{ cachePeakMegabytes: 193, routerPeakMegabytes: 164 },
  }),
  entry('simulate', {
    ...{ ases: 75_000, links: 500_000, typedArraysMegabytes: 9.6, rssMegabytes: 300 },
    trials: [
      { what: 'exact against rov at 50 %', cpuMilliseconds: spread(9), most: 10 },
      { what: 'exact against none at 50 %', cpuMilliseconds: spread(6) },
    ],
    ...{ everyLinkOnceMilliseconds: spread(1), twoThreadsAgainstTwoProcesses: spread(0.95) },
  }),
  entry('live', {
    table: {
      ...{ routes: 1_000_000, octetsARoute: 70, octetsAPath: 87, changes: 1_000, touched: 10_600 },
      ...{ changesCpuMilliseconds: spread(52), changesOfWholeTable: spread(0.02) },
    },
    intake: { judgedACpuSecond: spread(210_000), printedACpuSecond: spread(90_000) },
  }),
  entry('inject', listed('--play against exabgp', 1.9, 'times', 1)),
  entry('peers', {
    ...{ vrps: 99_000, seconds: { 'BIRD from pathsec': spread(0.5) }, cacheAgainstStayRTR: {} },
    ...{ routerAgainst: { BIRD: spread(0.9) }, absent: ['StayRTR'] },
  }),
];

describe('the page of the benchmarks', () => {
  it('has every figure with quartiles, aim and where it was taken', () => {
    const page = benchmarksPage(ENTRIES);
    for (const line of [
      '| path, both directions, fast, 3,400 ASPAs | 44.4 (39.9 to 48.8) ns | at most 75 ns |',
      '| native against openssl speed | 84.1 (75.7 to 92.5) % | at least 80 % |',
      '| peak memory of cache and router together | 357 MB | at most 700 MB |',
      '| rib.gz against `bgpdump -m`, warm | 0.47 (0.423 to 0.517) times |  |',
      '| our router against BIRD | 0.9 (0.81 to 0.99) times |  |',
      '| a trial: exact against rov at 50 % | 9 (8.1 to 9.9) ms | at most 10 ms |',
      '| trials of two threads against two processes | 0.95 (0.855 to 1.04) times | at least 0.88 times |',
      '| the same: R² of the straight line | 0.994 |  |',
      '| 6,000,000 routes on 1,200,000 distinct paths on one core against `bgpdump -m` | 0.72 (0.648 to 0.792) times | at most 1 times |',
      '| --play against exabgp | 1.9 (1.71 to 2.09) times | at least 1 times |',
      '## Engines of PLAIN',
      'Not there to compare with: @chainsafe/blst.',
      '`npm run bench -- rtr`, 2026-11-29, A Processor x 2, Node 20.20.2, load average 0.3 and 0.5 before and after.',
    ]) {
      expect(page).toContain(line);
    }
    expect(page).not.toContain('small.gz');
    expect(page).not.toMatch(/NaN|undefined|null/);
  });

  it('counts the aims that are missed, and names them in bold', () => {
    const page = benchmarksPage(ENTRIES);
    expect(page).toContain('Aims missed: 1 of 22, in bold: `pathsec audit rib.gz` against `bgpdump -m`.');
    expect(page).toContain('| **1.3** (1.17 to 1.43) times | at most 1 times |');
    const figure = { what: 'x', value: 2, unit: 's' };
    expect(
      [{ most: 2 }, { most: 1 }, { least: 2 }, { least: 3 }].map((aim) => isMet({ ...figure, aim })),
    ).toEqual([true, false, true, false]);
    expect(sayFigure({ what: 'x', value: 1234.5, unit: 's' })).toBe('1,235 s');
  });

  it('names what was not measured, or is kept in the form of an earlier version', () => {
    const old = entry('aspa', { figures: [{ what: 'path', unit: 'ns', median: 44, target: 75 }] });
    const skipped = entry('audit', { skipped: 'needs bgpdump' });
    const page = benchmarksPage([old, skipped]);
    expect(page).toContain(
      'Not measured yet: `aspa`, `rov`, `mrt`, `jobs`, `impact`, `bgpsec`, `plain`, `simulate`, `rtr`, `live`, `inject`, `peers`.',
    );
    expect(page).toContain('Not measured: needs bgpdump.');
    expect(page).toContain('Aims missed: 0 of 0.');
  });

  it('gives the README a row of each subject that it names', () => {
    const rows = readmeTable(ENTRIES).split('\n');
    expect(rows.slice(0, 3)).toEqual([
      '| what | figure |',
      '|---|---|',
      '| ASPA: path, both directions, fast, 3,400 ASPAs | 44.4 (39.9 to 48.8) ns |',
    ]);
    expect(rows).toHaveLength(2 + 7);
  });

  it('has a section for every benchmark', () => {
    expect(Object.keys(SECTIONS).sort()).toEqual(ENTRIES.map(({ benchmark }) => benchmark).sort());
  });
});
