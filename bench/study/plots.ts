import { writeFileSync } from 'node:fs';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { memoryPerRoute } from './report/analysis.js';
import type { StudyResults } from './results.js';
import { quantile } from './statistics.js';

/** One point of a line chart. */
interface Point {
  readonly x: number;
  readonly y: number;
  readonly series: string;
}

interface Chart {
  readonly file: string;
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly points: readonly Point[];
  readonly logX?: 2 | 10;
  readonly logY?: boolean;
  /** Ticks of the x axis. */
  readonly ticks?: readonly number[];
}

/** What the systems are, for readers who see the picture alone. */
const LEGEND: Record<string, string> = {
  S1: 'S1: BGPsec, ECDSA',
  S1p: 'S1p: ECDSA, tables for keys',
  S2: 'S2: PLAIN',
  'S2 cached': 'S2: PLAIN, cached lines',
  'S3 literal': 'S3: CHAIN, literal',
  'S3 cached': 'S3: CHAIN, merged, cached lines',
  'S2g 128 bits': 'S2g: grouped, 128-bit coefficients',
  'S2g 64 bits': 'S2g: grouped, 64-bit coefficients',
  'S3 aggregate': 'S3: CHAIN, aggregate, merged',
};

/** Colours that stay apart for readers who see few of them; the shape of the point says the same. */
const COLOURS = [
  '#1b6ca8',
  '#c8553d',
  '#2a9d58',
  '#8a5fbf',
  '#b8860b',
  '#4d4d4d',
  '#d1679d',
  '#17888c',
  '#7a3b10',
];

/** Draws all plots of the report as SVG files in `folder`. */
export async function writePlots(results: StudyResults, folder: string): Promise<void> {
  for (const chart of charts(results)) {
    const view = new View(parse(compile(lineChart(chart)).spec), { renderer: 'none' });
    writeFileSync(`${folder}/${chart.file}.svg`, `${await view.toSVG()}\n`);
    view.finalize();
  }
}

function charts(results: StudyResults): Chart[] {
  const lengths = results.byLength.map(({ length }) => length);
  return [
    {
      file: 'cpu-by-length',
      title: 'CPU to verify one UPDATE',
      x: 'hops in the path',
      y: 'milliseconds of CPU (logarithmic)',
      logY: true,
      ticks: lengths,
      points: results.byLength.flatMap(({ length, samples }) =>
        Object.entries(samples).map(([series, { cpu }]) => ({ x: length, y: quantile(cpu, 0.5), series })),
      ),
    },
    {
      file: 'ratio-by-length',
      title: 'CPU to verify one UPDATE, divided by ECDSA (S1)',
      x: 'hops in the path',
      y: 'times ECDSA',
      ticks: lengths,
      points: results.byLength.flatMap(({ length, samples }) =>
        Object.entries(samples)
          .filter(([series]) => series !== 'ASPA' && series !== 'ROV')
          .map(([series, { cpu }]) => ({
            x: length,
            y: quantile(
              cpu.map((value, i) => value / (samples.S1?.cpu[i] ?? Number.NaN)),
              0.5,
            ),
            series,
          })),
      ),
    },
    {
      file: 'octets-by-length',
      title: 'Octets of one UPDATE message, one IPv4 /24',
      x: 'hops in the path',
      y: 'octets (logarithmic)',
      logY: true,
      ticks: results.octets.map(({ length }) => length),
      points: results.octets.flatMap(({ length, unsigned, ecdsaMean, aggregate, computed }) => [
        { x: length, y: unsigned, series: 'unsigned (also ASPA, ROV)' },
        { x: length, y: ecdsaMean, series: 'BGPsec, ECDSA' },
        { x: length, y: aggregate, series: 'PLAIN, CHAIN' },
        ...Object.entries(computed)
          .filter(([name]) => !/^(ECDSA|PLAIN|Ed25519)/.test(name))
          .map(([series, y]) => ({ x: length, y, series })),
      ]),
    },
    {
      file: 'memory-by-size',
      title: 'Memory beyond unsigned routes, packed stores, measured',
      x: 'routes (logarithmic)',
      y: 'MiB (logarithmic)',
      logX: 10,
      logY: true,
      ticks: [...new Set(results.memory.map(({ routes }) => routes))],
      points: memoryPerRoute(results)
        .filter(({ scheme }) => !scheme.includes('object'))
        .map(({ scheme, routes, measured }) => ({
          x: routes,
          y: Math.max((measured * routes) / 2 ** 20, 0.001),
          series: scheme,
        })),
    },
    {
      file: 'cost-by-batch',
      title: 'CPU per route of a batch, four hops, divided by ECDSA one by one',
      x: 'routes in the batch (logarithmic)',
      y: 'times ECDSA',
      logX: 2,
      ticks: [...new Set(results.batches.map(({ n }) => n))],
      points: batchPoints(results),
    },
    {
      file: 'cost-by-bad-share',
      title: `CPU to name all bad routes in a batch of ${results.config.failureBatch}`,
      x: 'share of bad routes, per cent',
      y: 'times verification one by one',
      points: results.failures.map(({ n, bad, mode, cpu }) => ({
        x: (100 * bad) / n,
        y: quantile(cpu, 0.5) / oneByOne(results),
        series: mode === 'one by one' ? mode : `batch, bisection: ${mode}`,
      })),
    },
    {
      file: 'tombstones',
      title: 'Statements of withdrawn routes that an aggregate must keep (strategy c)',
      x: 'share of the events replayed, per cent',
      y: 'tombstones per live route',
      points: results.churn.replays.flatMap(({ source, tombstones, liveRoutes }) =>
        [0, ...tombstones].map((count, i) => ({ x: 10 * i, y: count / liveRoutes, series: source })),
      ),
    },
  ];
}

function batchPoints(results: StudyResults): Point[] {
  const base = new Map<number, number[]>();
  for (const { n, samples } of results.batches) if (samples.S1) base.set(n, samples.S1.cpu);
  return results.batches.flatMap(({ n, samples }) =>
    Object.entries(samples)
      .filter(([name]) => name !== 'S1')
      .map(([name, { cpu }]) => ({
        x: n,
        y: quantile(cpu, 0.5) / quantile(base.get(n) ?? [], 0.5),
        series: samples.S1 ? name : `${name}, all signers distinct`,
      })),
  );
}

function oneByOne(results: StudyResults): number {
  const clean = results.failures.filter(({ mode }) => mode === 'one by one').flatMap(({ cpu }) => cpu);
  return quantile(clean, 0.5);
}

function lineChart({ title, x, y, points, logX, logY, ticks }: Chart): TopLevelSpec {
  const named = points.map((point) => ({ ...point, series: LEGEND[point.series] ?? point.series }));
  const series = [...new Set(named.map((point) => point.series))];
  const xScale =
    logX === undefined ? { zero: false, nice: false } : { type: 'log' as const, base: logX, nice: false };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 12,
    width: 560,
    height: 340,
    title: { text: title, anchor: 'start', fontSize: 15, offset: 12 },
    data: { values: named },
    mark: { type: 'line', point: { size: 55, filled: true }, strokeWidth: 2 },
    encoding: {
      x: {
        field: 'x',
        type: 'quantitative',
        title: x,
        scale: xScale,
        axis: { grid: false, ...(ticks === undefined ? {} : { values: [...ticks] }), format: ',d' },
      },
      y: {
        field: 'y',
        type: 'quantitative',
        title: y,
        scale: logY ? { type: 'log', nice: true } : { zero: true },
        axis: logY ? { format: '~g', tickCount: 8 } : { format: ',.2~f' },
      },
      color: {
        field: 'series',
        type: 'nominal',
        title: null,
        sort: series,
        legend: { labelLimit: 400 },
        scale: { domain: series, range: COLOURS.slice(0, series.length) },
      },
      shape: {
        field: 'series',
        type: 'nominal',
        title: null,
        sort: series,
        legend: { labelLimit: 400 },
        scale: { domain: series },
      },
    },
    config: {
      font: 'sans-serif',
      axis: { labelFontSize: 12, titleFontSize: 12, titlePadding: 8, gridColor: '#e4e4e4' },
      legend: { labelFontSize: 12, labelLimit: 320, symbolSize: 90, symbolStrokeWidth: 2 },
      view: { stroke: '#cccccc' },
    },
  };
}
