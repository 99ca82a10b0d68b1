/** Median and quartiles of a sample. */
export interface Spread {
  readonly median: number;
  readonly q1: number;
  readonly q3: number;
  readonly count: number;
}

/** The value below which a share `p` of the sample lies, interpolated. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** {@link Spread} of a sample. */
export function spread(values: readonly number[]): Spread {
  return {
    median: quantile(values, 0.5),
    q1: quantile(values, 0.25),
    q3: quantile(values, 0.75),
    count: values.length,
  };
}

/** The per-round ratios of two interleaved samples. */
export function ratios(values: readonly number[], unit: readonly number[]): Spread {
  return spread(values.map((value, i) => value / (unit[i] ?? Number.NaN)));
}
