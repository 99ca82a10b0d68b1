import { quantile } from '../study/statistics.js';

/** Median and quartiles, as `npm run bench` prints and keeps them. */
export interface Spread {
  readonly median: number;
  readonly q1: number;
  readonly q3: number;
  readonly rounds: number;
}

/** {@link Spread} of rounds, with `digits` significant digits. */
export function spreadOf(values: readonly number[], digits = 4): Spread {
  const at = (p: number): number => Number(quantile(values, p).toPrecision(digits));
  return { median: at(0.5), q1: at(0.25), q3: at(0.75), rounds: values.length };
}

/** The ratio of two sides measured in turn, round by round. */
export function ratioOf(own: readonly number[], other: readonly number[]): Spread {
  return spreadOf(own.map((value, i) => value / (other[i] ?? Number.NaN)));
}
