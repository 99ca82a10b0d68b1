import { type CurveEnd, curveEnds, ENDS_WIDTH } from './curve-ends.js';
import { type CurveDot, type CurvePiece, curveDots, curvePieces } from './curve-pieces.js';
import { type Box, FONT_SIZE, fitted, type Label, type Line, type Part, textWidth } from './drawing.js';
import type { Point } from './graph.js';
import { ticks } from './ticks.js';

/** A curve: its name, and a value with its bounds for each place. */
export interface Curve {
  readonly name: string;
  readonly points: readonly CurvePoint[];
  /** Which of 32 colours and strokes it has; its place among the curves when absent. */
  readonly look?: number;
}

/** A value of a curve, between its bounds, and where it stands. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

/** What a chart of curves says of itself. */
export interface CurveWording {
  readonly title: string;
  /** What the curves are above, and what they show. */
  readonly x: string;
  readonly y: string;
}

/** A curve with its place in the drawing. */
export interface DrawnCurve {
  /** Index of the part. */
  readonly part: number;
  /** Where it is alone: lengths of strokes and gaps; empty for a whole line. Neighbours and curves of one colour differ by it. */
  readonly dashes: readonly number[];
  readonly line: readonly Point[];
  /** The line as it is drawn: where several lie upon each other they take turns. */
  readonly pieces: readonly CurvePiece[];
  readonly dots: readonly CurveDot[];
  /** Around what lies between the bounds. */
  readonly band: readonly Point[];
  /** What it says to a reader who points at it, by point. */
  readonly texts: readonly string[];
}

/** A chart of curves as values: what stands where. `curveSvg` writes it down. */
export interface CurveDrawing {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  readonly parts: readonly Part[];
  readonly plot: Box;
  readonly curves: readonly DrawnCurve[];
  readonly grid: readonly Line[];
  readonly labels: readonly Label[];
  /** The number of each curve at the end of its line. */
  readonly ends: readonly CurveEnd[];
  /** The numbers and names of the curves beside the plot, each with a piece of its line. */
  readonly keys: readonly { readonly curve: number; readonly line: Line; readonly label: Label }[];
}

const WIDTH = 640;
const TOP = 16;
const HEIGHT = 260;
/** Below the plot: the numbers of the axis, then what it is. */
const BOTTOM = 38;
const KEY = 24;
const STEP = 18;
const LONGEST_NAME = 150;
/** Told from each other, and from light and dark ground. */
const COLORS = ['#2274a5', '#c8553d', '#2f9e6e', '#8a5fbf', '#b8860b', '#d1679d', '#17888c', '#7f8c8d'];
const DASHES = [[], [7, 4], [2, 3], [9, 3, 2, 3]];

/**
 * Curves over one axis, each with a band between its bounds, their numbers at their ends and their names at the right, in the
 * order in which they are given.
 * The axis of the values begins at 0.
 *
 * @throws {RangeError} for a number that is not finite, and for a value or bound below 0.
 */
export function curveChart(curves: readonly Curve[], wording: CurveWording): CurveDrawing {
  const all = curves.flatMap(({ points }) => points);
  for (const { x, y, low, high } of all) {
    if ([x, y, low, high].every(Number.isFinite) && Math.min(y, low, high) >= 0) continue;
    throw new RangeError(`a point at ${x} with ${y} between ${low} and ${high}`);
  }
  const marks = ticks(Math.max(0, ...all.map(({ high, y }) => Math.max(high, y))));
  const highest = marks.at(-1) ?? 1;
  const places = [...new Set(all.map(({ x }) => x))].sort((a, b) => a - b);
  const [first, last] = [places[0] ?? 0, places.at(-1) ?? 1];
  const left = 30 + Math.max(...marks.map((mark) => textWidth(String(mark))));
  const names = curves.map(({ name }, i) => `${i + 1} ${name}`);
  const widest = Math.min(LONGEST_NAME, Math.max(0, ...names.map(textWidth)));
  const plot = { x: left, y: TOP, width: WIDTH - left - ENDS_WIDTH - KEY - widest - 16, height: HEIGHT };
  const bottom = plot.y + plot.height;
  const right = plot.x + plot.width;
  const xOf = (x: number): number =>
    plot.x + (last === first ? 0.5 : (x - first) / (last - first)) * plot.width;
  const yOf = (y: number): number => bottom - (plot.height * y) / highest;
  const looks = curves.map(({ look }, i) => look ?? i);
  const shapes = curves.map(({ name, points }, part) => {
    const look = looks[part] as number;
    const dashes = DASHES[(look + Math.floor(look / COLORS.length)) % DASHES.length] ?? [];
    const sorted = [...points].sort((a, b) => a.x - b.x);
    const above = sorted.map(({ x, high }) => ({ x: xOf(x), y: yOf(high) }));
    const below = sorted.map(({ x, low }) => ({ x: xOf(x), y: yOf(low) })).reverse();
    return {
      part,
      dashes,
      line: sorted.map(({ x, y }) => ({ x: xOf(x), y: yOf(y) })),
      band: [...above, ...below],
      texts: sorted.map((point) => `${name} at ${point.x}: ${said(point)}`),
    };
  });
  const lines = shapes.map(({ line }) => line);
  const pieces = curvePieces(shapes);
  const dots = curveDots(lines);
  return {
    width: WIDTH,
    height: Math.max(bottom + BOTTOM, TOP + STEP * curves.length + 8),
    title: wording.title,
    description: `${wording.y} by ${wording.x}: ${inWords(curves)}`,
    parts: curves.map(({ name }, i) => ({
      name,
      color: COLORS[(looks[i] as number) % COLORS.length] as string,
    })),
    plot,
    curves: shapes.map((shape, i) => ({ ...shape, pieces: pieces[i] ?? [], dots: dots[i] ?? [] })),
    grid: marks.map((mark) => ({ x1: plot.x, y1: yOf(mark), x2: right, y2: yOf(mark) })),
    labels: [
      ...marks.map(
        (mark): Label => ({ x: left - 6, y: yOf(mark) + FONT_SIZE / 3, text: String(mark), anchor: 'end' }),
      ),
      ...numbersOf(places, xOf).map(
        (text): Label => ({ x: xOf(Number(text)), y: bottom + 16, text, anchor: 'middle' }),
      ),
      { x: 12, y: plot.y + plot.height / 2, text: wording.y, anchor: 'middle', upright: true },
      { x: plot.x + plot.width / 2, y: bottom + 33, text: wording.x, anchor: 'middle' },
    ],
    ends: curveEnds(lines, plot),
    keys: curves.map((_, curve) => {
      const y = TOP + STEP * (curve + 0.5);
      const line = { x1: right + ENDS_WIDTH, y1: y, x2: right + ENDS_WIDTH + KEY, y2: y };
      const label = { x: line.x2 + 6, y: y + FONT_SIZE / 3, anchor: 'start' as const };
      return { curve, line, label: { ...label, ...fitted(names[curve] as string, LONGEST_NAME) } };
    }),
  };
}

/** The places whose numbers do not run into the one before. */
function numbersOf(places: readonly number[], xOf: (x: number) => number): string[] {
  let end = Number.NEGATIVE_INFINITY;
  return places.map(String).filter((text) => {
    const half = textWidth(text) / 2;
    if (xOf(Number(text)) - half < end + 4) return false;
    end = xOf(Number(text)) + half;
    return true;
  });
}

const said = ({ y, low, high }: CurvePoint): string => `${short(y)} (${short(low)} to ${short(high)})`;
const short = (value: number): string => String(Math.round(10 * value) / 10);

function inWords(curves: readonly Curve[]): string {
  if (curves.length === 0) return 'nothing to show';
  return curves
    .map(({ name, points }) => `${name}: ${points.map((point) => `${point.x}: ${said(point)}`).join(', ')}`)
    .join('; ');
}
