import { fitted, textWidth } from './drawing.js';
import { boxShape, lineShape, type Picture, type Shape, type Tone, textShape } from './shape.js';

/** A row of a picture of magnitudes. */
export interface LogPoint {
  readonly label: string;
  /** The value in words. */
  readonly text: string;
  /** Absent, or 0: there is no point, and the words say why. */
  readonly value?: number;
  /** Where the value has a range. */
  readonly low?: number;
  readonly high?: number;
  readonly tone: Tone;
  /** A line of dashes leads to the point. */
  readonly dashed?: boolean;
}

/** What a picture of magnitudes says of itself, and how it is placed. */
export interface LogPointsWording {
  readonly title: string;
  /** How a power of ten is written at the axis. */
  readonly tick: (value: number) => string;
  /** A value that is marked through all rows. */
  readonly mark?: { readonly value: number; readonly text: string };
  /** `tall`: the label above its point, for narrow screens. */
  readonly form?: 'wide' | 'tall';
}

const WIDTH = { wide: 760, tall: 316 };
const STEP = { wide: 26, tall: 42 };
const LONGEST = 260;
/** Numbers of the axis, and the words of the mark below them. */
const HEAD = 40;
const RIGHT = 96;
const RADIUS = 5;
const MOST_TICKS = { wide: 8, tall: 4 };

/** The powers of ten around all values; a mark lies between them too. */
function axisOf(values: readonly number[]): { readonly from: number; readonly to: number } {
  const logs = values.filter((value) => value > 0).map(Math.log10);
  if (logs.length === 0) return { from: 0, to: 1 };
  const from = Math.floor(Math.min(...logs));
  return { from, to: Math.max(from + 1, Math.ceil(Math.max(...logs))) };
}

/**
 * Magnitudes that lie far from each other, a row each, as points on an axis of powers of ten: how long a line is says nothing
 * there, and so they are no bars (docs/decisions/playground.md D-playground-magnitudes).
 *
 * @throws {RangeError} for a value, a bound or a mark that is negative or not finite.
 */
export function logPoints(rows: readonly LogPoint[], wording: LogPointsWording): Picture {
  const { form = 'wide', mark, tick, title } = wording;
  const tall = form === 'tall';
  const values = rows.flatMap(({ high, low, value }) =>
    [value, low, high].filter((one) => one !== undefined),
  );
  const all = mark === undefined ? values : [...values, mark.value];
  for (const value of all) {
    if (!Number.isFinite(value) || value < 0) throw new RangeError(`a magnitude of ${value}`);
  }
  const { from, to } = axisOf(all);
  const widest = Math.max(0, ...rows.map(({ label }) => textWidth(label)));
  const left = tall ? 10 : Math.min(LONGEST, widest) + 14;
  const right = WIDTH[form] - RIGHT;
  const xOf = (value: number): number =>
    left + ((right - left) * (Math.max(from, Math.log10(value)) - from)) / (to - from);
  const bottom = HEAD + STEP[form] * rows.length;
  const every = Math.ceil((to - from + 1) / MOST_TICKS[form]);
  const powers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const grid = powers.flatMap((power, i): Shape[] => {
    const x = left + ((right - left) * i) / (to - from);
    const line = lineShape({ x, y: HEAD - 8 }, { x, y: bottom }, 'line', { width: 0.5 });
    return i % every === 0
      ? [line, textShape({ x, y: 12 }, tick(10 ** power), 'quiet', { size: 11 })]
      : [line];
  });
  return {
    width: WIDTH[form],
    height: bottom + 6,
    title,
    description: inWords(rows, mark),
    shapes: [
      ...grid,
      ...(mark === undefined ? [] : markShapes(mark.text, xOf(mark.value), bottom, { left, right })),
      ...rows.flatMap((row, i) => rowShapes(row, { y: HEAD + STEP[form] * i, tall, left, xOf })),
    ],
  };
}

function rowShapes(
  { dashed = false, high, label, low, text, tone, value = 0 }: LogPoint,
  {
    left,
    tall,
    xOf,
    y,
  }: {
    readonly y: number;
    readonly tall: boolean;
    readonly left: number;
    readonly xOf: (value: number) => number;
  },
): Shape[] {
  const middle = y + (tall ? STEP.tall - 14 : STEP.wide / 2);
  const name = tall
    ? textShape({ x: left, y: y + 14 }, label, 'ink', { anchor: 'start' })
    : textShape({ x: left - 10, y: middle + 4 }, fitted(label, LONGEST).text, 'ink', { anchor: 'end' });
  const said = (x: number): Shape => textShape({ x, y: middle + 4 }, text, tone, { anchor: 'start' });
  if (value <= 0) return [name, said(left + 6)];
  const at = xOf(value);
  const ends = { low: xOf(low ?? value), high: xOf(high ?? value) };
  return [
    name,
    lineShape({ x: left, y: middle }, { x: at, y: middle }, tone, {
      width: 1,
      ...(dashed && { dash: '2 3' }),
    }),
    lineShape({ x: ends.low, y: middle }, { x: ends.high, y: middle }, tone, { width: 4 }),
    boxShape(
      { x: at - RADIUS, y: middle - RADIUS, width: 2 * RADIUS, height: 2 * RADIUS },
      tone,
      'full',
      dashed ? 0 : RADIUS,
    ),
    said(Math.max(at + RADIUS, ends.high) + 5),
  ];
}

function markShapes(
  text: string,
  x: number,
  bottom: number,
  { left, right }: { readonly left: number; readonly right: number },
): Shape[] {
  const half = textWidth(text) / 2;
  const anchor = x - half < left ? 'start' : x + half > right + RIGHT ? 'end' : 'middle';
  return [
    lineShape({ x, y: HEAD - 8 }, { x, y: bottom }, 'invalid', { dash: '6 4', width: 1.5 }),
    textShape({ x, y: 27 }, text, 'invalid', { anchor, size: 11 }),
  ];
}

function inWords(rows: readonly LogPoint[], mark: LogPointsWording['mark']): string {
  if (rows.length === 0) return 'nothing to show';
  const said = rows.map(({ label, text }) => `${label}: ${text}`);
  return [...said, ...(mark === undefined ? [] : [mark.text])].join('; ');
}
