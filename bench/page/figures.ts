import type { Spread } from '../lib/spread.js';

/** A figure of the page: what was measured, and what was aimed at. */
export interface Figure {
  readonly what: string;
  /** Absent in what an earlier version has kept. */
  readonly value: number | Spread | undefined;
  readonly unit: string;
  readonly aim?: Aim;
}

/** The median is to be at most, or at least, so much. */
export type Aim = { readonly most: number } | { readonly least: number };

/** What `npm run bench` keeps of a benchmark. */
export interface Entry {
  readonly benchmark: string;
  readonly date: string;
  readonly cpu: string;
  readonly node: string;
  readonly load: readonly number[];
  readonly result: unknown;
}

/** The number by which a figure is judged. */
export function medianOf({ value }: Pick<Figure, 'value'>): number {
  return typeof value === 'number' ? value : (value?.median ?? Number.NaN);
}

/** Whether the aim of a figure is met; true without one. */
export function isMet(figure: Figure): boolean {
  const { aim } = figure;
  if (aim === undefined) return true;
  return 'most' in aim ? medianOf(figure) <= aim.most : medianOf(figure) >= aim.least;
}

/** Three digits that count, thousands with commas. */
export function say(value: number): string {
  if (!Number.isFinite(value)) return 'not measured';
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

/** `0.71 (0.69 to 0.72)`, bold where the aim is missed. */
export function sayFigure(figure: Figure): string {
  const { value, unit } = figure;
  const spread = typeof value !== 'object' ? '' : ` (${say(value.q1)} to ${say(value.q3)})`;
  const number = isMet(figure) ? say(medianOf(figure)) : `**${say(medianOf(figure))}**`;
  return `${number}${spread} ${unit}`.trimEnd();
}
