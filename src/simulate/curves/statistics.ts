/** A sample in a few numbers. */
export interface Summary {
  /** How many values there are. */
  readonly trials: number;
  readonly mean: number;
  /** Bounds of the 95 % interval of the mean, by Student's t; the mean itself of a single value. */
  readonly low: number;
  readonly high: number;
  readonly q05: number;
  readonly q25: number;
  readonly q50: number;
  readonly q75: number;
  readonly q95: number;
}

/** The sample in a few numbers; values are summed up in their order. @throws {RangeError} for none. */
export function summarize(values: Float64Array): Summary {
  const trials = values.length;
  if (trials === 0) throw new RangeError('a sample has one value at least');
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / trials;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const half = trials === 1 ? 0 : studentQuantile(trials - 1) * Math.sqrt(squares / (trials - 1) / trials);
  const sorted = values.slice().sort();
  const quantile = (p: number): number => {
    const at = (trials - 1) * p;
    const low = sorted[Math.floor(at)] as number;
    return low + ((sorted[Math.ceil(at)] as number) - low) * (at - Math.floor(at));
  };
  return {
    trials,
    mean,
    low: mean - half,
    high: mean + half,
    q05: quantile(0.05),
    q25: quantile(0.25),
    q50: quantile(0.5),
    q75: quantile(0.75),
    q95: quantile(0.95),
  };
}

/** Exact up to four degrees of freedom, where the series below is too far off. */
const FEW = [Number.NaN, 12.706204736, 4.30265273, 3.182446305, 2.776445105];
const NORMAL = 1.959963984540054;

/**
 * The 97.5 % quantile of Student's t with so many degrees of freedom, at least one: the expansion by the normal quantile of
 * Abramowitz and Stegun 26.7.5, off by less than 0.001.
 */
export function studentQuantile(degrees: number): number {
  const few = FEW[degrees];
  if (few !== undefined) return few;
  const z = NORMAL;
  const terms = [
    z,
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  return terms.reduce((sum, term, i) => sum + term / degrees ** i, 0);
}
