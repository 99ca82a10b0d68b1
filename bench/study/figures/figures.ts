import {
  cellsOf,
  factsOf,
  memoryRows,
  milliseconds,
  parametersOf,
  ratioOf,
  schemesOf,
  times,
  unitMilliseconds,
} from '../report/analysis.js';
import type { StudyResults } from '../results.js';
import type { Spread } from '../statistics.js';
import { SEARCHES } from '../tasks/failure-facts.js';
import type { TaskName } from '../tasks/names.js';
import type { Figure, Panel, Point } from './figure.js';

/** What the systems are, for readers who see the picture alone. */
const LEGEND: Readonly<Record<string, string>> = {
  S1: 'ECDSA',
  S1p: 'ECDSA, key tables',
  S2: 'PLAIN',
  'S2 cached': 'PLAIN, cached lines',
  'S2g 128 bits': 'PLAIN, 128 bits',
  'S2g 64 bits': 'PLAIN, 64 bits',
  'S2g 128 bits, distinct signers': 'PLAIN, distinct signers',
  'S3 literal': 'CHAIN, literal',
  'S3 cached': 'CHAIN, merged, cached',
  'S3 aggregate': 'CHAIN, aggregate',
  'S4 aggregate, no coefficients': 'PLAIN, aggregate',
  ROV: 'origin validation',
  'PLAIN, CHAIN: transit': 'aggregate, transit',
  'PLAIN, CHAIN: stub': 'aggregate, stub',
  'half-aggregated Schnorr': 'half-agg. Schnorr',
  'SLH-DSA-SHA2-128s': 'SLH-DSA-128s',
};
const legend = (scheme: string): string => LEGEND[scheme] ?? scheme;

/** All figures whose tasks the run has. */
export function figuresOf(results: StudyResults): Figure[] {
  return FIGURES.filter(({ needs }) => results.tasks[needs] !== undefined).map(({ draw }) => draw(results));
}

const FIGURES: readonly { readonly needs: TaskName; readonly draw: (results: StudyResults) => Figure }[] = [
  { needs: 'byLength', draw: cpuByLength },
  { needs: 'byLength', draw: ratioByLength },
  { needs: 'octets', draw: octetsByLength },
  { needs: 'memory', draw: memoryBySize },
  { needs: 'batches', draw: costByBatch },
  { needs: 'failures', draw: costByBad },
  { needs: 'churn', draw: tombstones },
];

function at(x: number, { median, q1, q3 }: Spread, scheme: string, factor = 1): Point {
  return { x, y: factor * median, low: factor * q1, high: factor * q3, series: legend(scheme) };
}

function exactly(x: number, y: number, series: string): Point {
  return { x, y, low: y, high: y, series };
}

const numbers = (results: StudyResults, task: TaskName): number[] => parametersOf(results, task).map(Number);

function cpuByLength(results: StudyResults): Figure {
  const lengths = numbers(results, 'byLength');
  const units = unitMilliseconds(results);
  const points = (schemes: readonly string[], factor: number): Point[] =>
    schemes.flatMap((scheme) =>
      lengths.map((length) => at(length, milliseconds(results, 'byLength', scheme, length), scheme, factor)),
    );
  const light = ['ROV', 'ASPA'];
  const schemes = schemesOf(results, 'byLength');
  const panels: Panel[] = [
    {
      y: 'CPU, ms',
      logY: true,
      points: points(
        schemes.filter((scheme) => !light.includes(scheme)),
        1,
      ),
    },
    {
      y: 'CPU, ns',
      points: points(
        schemes.filter((scheme) => light.includes(scheme)),
        1e6,
      ),
    },
  ];
  return {
    file: 'cpu-by-length',
    caption:
      'CPU to verify one UPDATE, from attribute octets to verdict: signatures above, validation without signatures below. ' +
      `Median of the rounds, times ${units.pairing.median.toPrecision(3)} ms for the pairing beside each; bands are quartiles.`,
    x: 'hops in the path',
    ticks: lengths,
    panels: panels.filter((panel) => panel.points.length > 0),
  };
}

function ratioByLength(results: StudyResults): Figure {
  const lengths = numbers(results, 'byLength');
  const schemes = schemesOf(results, 'byLength').filter((scheme) => !['S1', 'ASPA', 'ROV'].includes(scheme));
  return {
    file: 'ratio-by-length',
    caption: 'CPU to verify one UPDATE, divided by ECDSA in the same round. Medians; bands are quartiles.',
    x: 'hops in the path',
    ticks: lengths,
    panels: [
      {
        y: 'times ECDSA',
        points: schemes.flatMap((scheme) =>
          lengths.map((length) => at(length, times(results, 'byLength', scheme, length), scheme)),
        ),
      },
    ],
  };
}

function octetsByLength(results: StudyResults): Figure {
  const { rows } = factsOf(results, 'octets');
  const points = rows.flatMap(({ length, unsigned, ecdsaMean, aggregate, computed }) => [
    exactly(length, unsigned, 'unsigned, ASPA, ROV'),
    exactly(length, ecdsaMean, 'ECDSA'),
    exactly(length, aggregate, 'PLAIN, CHAIN'),
    ...Object.entries(computed)
      .filter(([name]) => !/^(ECDSA|PLAIN|Ed25519|BLS)/.test(name))
      .map(([scheme, y]) => exactly(length, y, legend(scheme))),
  ]);
  return {
    file: 'octets-by-length',
    caption:
      'Octets of one UPDATE message with one IPv4 /24: encoded messages for unsigned routes, ECDSA, PLAIN and CHAIN, ' +
      'computed for the others.',
    x: 'hops in the path',
    ticks: rows.map(({ length }) => length),
    panels: [{ y: 'octets', logY: true, points }],
  };
}

function memoryBySize(results: StudyResults): Figure {
  const rows = memoryRows(results).filter(({ scheme }) => !scheme.includes('object'));
  return {
    file: 'memory-by-size',
    caption:
      'Memory beyond unsigned routes, packed stores, measured: median of the processes; bands are the most and the least ' +
      'that any two of them differ by.',
    x: 'routes, thousands',
    logX: true,
    ticks: [...new Set(rows.map(({ routes }) => routes / 1000))],
    panels: [
      {
        y: 'MiB',
        logY: true,
        points: rows.map(({ scheme, routes, measured: { median, low, high } }) => {
          const mebi = (octets: number): number => Math.max(1e-3, (octets * routes) / 2 ** 20);
          return {
            x: routes / 1000,
            y: mebi(median),
            low: mebi(low),
            high: mebi(high),
            series: legend(scheme),
          };
        }),
      },
    ],
  };
}

function costByBatch(results: StudyResults): Figure {
  const sizes = numbers(results, 'batches');
  const schemes = schemesOf(results, 'batches').filter((scheme) => scheme !== 'S1');
  return {
    file: 'cost-by-batch',
    caption:
      'CPU per route of a batch, four hops, divided by ECDSA one by one over the same routes. PLAIN with 128 or 64 bits is grouped by ' +
      'signer, with random coefficients of that length; the aggregates have none. Medians; bands are quartiles.',
    x: 'routes in the batch',
    logX: true,
    ticks: sizes,
    panels: [
      {
        y: 'times ECDSA',
        points: schemes.flatMap((scheme) =>
          sizes
            .map((n) => at(n, times(results, 'batches', scheme, n), scheme))
            .filter(({ y }) => Number.isFinite(y)),
        ),
      },
    ],
  };
}

function costByBad(results: StudyResults): Figure {
  const cells = cellsOf(results, 'failures');
  const counts = numbers(results, 'failures');
  const base = cells.find(({ scheme, parameter }) => scheme === 'one by one' && parameter === counts[0]);
  return {
    file: 'cost-by-bad-share',
    caption:
      `CPU to name all bad routes in a batch of ${factsOf(results, 'failures').n}, divided by verification one by one of ` +
      'a batch without any. Medians; bands are quartiles.',
    x: 'bad routes',
    ticks: counts,
    panels: [
      {
        y: 'times one by one',
        points: SEARCHES.flatMap((mode) =>
          cells
            .filter(({ scheme }) => scheme === mode)
            .map((cell) =>
              at(
                Number(cell.parameter),
                ratioOf(cell, base),
                mode === 'one by one' ? mode : `bisection, ${mode}`,
              ),
            ),
        ),
      },
    ],
  };
}

function tombstones(results: StudyResults): Figure {
  const { replays } = factsOf(results, 'churn');
  return {
    file: 'tombstones',
    caption:
      'Statements of withdrawn routes that an aggregate must keep (tombstones, strategy c), for each live route, while a ' +
      'stream of updates is replayed.',
    x: 'share of the events, per cent',
    ticks: [0, 20, 40, 60, 80, 100],
    panels: [
      {
        y: 'tombstones / route',
        points: replays.flatMap(({ source, tombstones: counts, liveRoutes }) =>
          [0, ...counts].map((count, i) => exactly(10 * i, count / liveRoutes, source)),
        ),
      },
    ],
  };
}
