import { parse, textMetrics, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Figure, Panel } from './figure.js';

declare module 'vega' {
  /** How vega finds the width of a text; missing in its types. */
  export const textMetrics: {
    width: (item: { readonly fontSize?: number }, text: string | readonly string[]) => number;
  };
}
// Without a canvas vega takes letters of 0.8 em, of which legends become half as wide again as they are.
textMetrics.width = ({ fontSize = FONT }, text) => 0.55 * fontSize * String(text).length;

/** A column of a paper, 8.5 cm, in pixels of CSS. */
const COLUMN = (8.5 / 2.54) * 96;
/** 8 points. */
const FONT = (8 / 72) * 96;
/** A star, as the path of a symbol. */
const STAR = 'M0,.5L.6,.8L.5,.1L1,-.3L.3,-.4L0,-1L-.3,-.4L-1,-.3L-.5,.1L-.6,.8L0,.5Z';
/** Colours and shapes that stay apart, also for readers who see few colours. */
const MARKS: readonly (readonly [colour: string, shape: string])[] = [
  ['#1b6ca8', 'circle'],
  ['#c8553d', 'square'],
  ['#2a9d58', 'triangle-up'],
  ['#8a5fbf', 'diamond'],
  ['#b8860b', 'cross'],
  ['#4d4d4d', 'triangle-down'],
  ['#d1679d', 'triangle-left'],
  ['#17888c', 'triangle-right'],
  ['#7a3b10', STAR],
  ['#5f7a1f', 'arrow'],
];
/** Lines that look the same in every figure, by their place in {@link MARKS}; the others take what is left. */
const FIXED: Readonly<Record<string, number>> = {
  ECDSA: 0,
  'ECDSA, key tables': 7,
  PLAIN: 2,
  'PLAIN, CHAIN': 2,
  'aggregate, transit': 2,
  'PLAIN, cached lines': 6,
  'PLAIN, 128 bits': 3,
  'CHAIN, literal': 1,
  'CHAIN, merged, cached': 4,
  'CHAIN, aggregate': 4,
  'unsigned, ASPA, ROV': 5,
  'FN-DSA-512': 3,
  'ML-DSA-44': 1,
  'SLH-DSA-128s': 8,
  'FC-BGP': 9,
};

function marksOf(series: readonly string[]): (typeof MARKS)[number][] {
  const free = MARKS.filter((_, i) => !series.some((name) => FIXED[name] === i));
  return series.map((name) => MARKS[FIXED[name] ?? -1] ?? free.shift() ?? ['#000000', 'circle']);
}

/** The figure as SVG, as wide as a column. */
export async function draw(figure: Figure): Promise<string> {
  // What axis labels take is known when they are drawn.
  const inner = COLUMN - 50;
  const first = widthOf(await render(specOf(figure, inner)));
  return render(specOf(figure, inner - (first - COLUMN)));
}

async function render(spec: TopLevelSpec): Promise<string> {
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return `${svg}\n`;
}

function widthOf(svg: string): number {
  return Number(/<svg[^>]* width="([\d.]+)"/.exec(svg)?.[1]);
}

function specOf(figure: Figure, width: number): TopLevelSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 2,
    spacing: 8,
    vconcat: figure.panels.map((panel, i) => panelOf(figure, panel, width, i === figure.panels.length - 1)),
    resolve: { scale: { color: 'independent', shape: 'independent' } },
    config: {
      font: 'Helvetica, Arial, sans-serif',
      axis: {
        labelFontSize: FONT,
        titleFontSize: FONT,
        titleFontWeight: 'normal',
        titlePadding: 4,
        labelPadding: 2,
        tickSize: 4,
        gridColor: '#e4e4e4',
      },
      legend: {
        labelFontSize: FONT,
        labelLimit: 0,
        symbolSize: 40,
        rowPadding: 1,
        columnPadding: 8,
        offset: 4,
      },
      view: { stroke: '#999999' },
    },
  };
}

function panelOf({ x, logX, ticks }: Figure, { y, logY, points }: Panel, width: number, last: boolean) {
  const series = [...new Set(points.map((point) => point.series))];
  const marks = marksOf(series);
  const longest = Math.max(...series.map((name) => name.length));
  const all = points.flatMap(({ low, high }) => [low, high]);
  const scale = logY ? logScale(all) : { domain: [0, 1.05 * Math.max(...all)], nice: false };
  const yTicks = logY ? { values: powers(scale.domain) } : { tickCount: 5 };
  const xEncoding = {
    field: 'x',
    type: 'quantitative' as const,
    title: last ? x : null,
    scale: logX
      ? { type: 'log' as const, nice: false, padding: 8 }
      : { domain: [Math.min(...ticks), Math.max(...ticks)], nice: false, padding: 8, zero: false },
    axis: { grid: false, values: [...ticks], format: ',d', labelOverlap: false },
  };
  const colour = {
    field: 'series',
    type: 'nominal' as const,
    title: null,
    sort: series,
    scale: { domain: series, range: marks.map(([colour]) => colour) },
    legend: { orient: 'bottom' as const, columns: longest > 26 ? 1 : 2, symbolOpacity: 1 },
  };
  const yEncoding = (field: string, title: string | null) => ({
    field,
    type: 'quantitative' as const,
    title,
    scale: { ...scale, nice: false },
    axis: { format: ',~r', ...yTicks, labelOverlap: false },
  });
  return {
    width,
    height: last && points.length > 30 ? 150 : 110,
    data: { values: [...points] },
    layer: [
      {
        mark: { type: 'area' as const, opacity: 0.2, clip: true },
        encoding: {
          x: xEncoding,
          y: yEncoding('low', y),
          y2: { field: 'high' },
          color: colour,
        },
      },
      {
        mark: { type: 'line' as const, strokeWidth: 1.2, point: { size: 22, filled: true } },
        encoding: {
          x: xEncoding,
          y: yEncoding('y', y),
          color: colour,
          shape: { ...colour, scale: { domain: series, range: marks.map(([, shape]) => shape) } },
        },
      },
    ],
  };
}

/** From a little below the least to a little above the most, so that no decade is empty. */
function logScale(values: readonly number[]): { type: 'log'; domain: [number, number] } {
  const some = values.filter((value) => value > 0);
  return { type: 'log', domain: [0.8 * Math.min(...some), 1.25 * Math.max(...some)] };
}

/** The powers of ten of a domain; where there are fewer than two, its doubles and fives also. */
function powers([low, high]: readonly number[]): number[] {
  const from = Math.floor(Math.log10(low ?? 1));
  const to = Math.ceil(Math.log10(high ?? 1));
  const decades = Array.from({ length: to - from + 1 }, (_, i) => Number(`1e${from + i}`));
  const inside = (values: readonly number[]): number[] =>
    values.filter((value) => value >= (low ?? 0) && value <= (high ?? 0));
  const tens = inside(decades);
  return tens.length > 1 ? tens : inside(decades.flatMap((ten) => [ten, 2 * ten, 5 * ten]));
}
