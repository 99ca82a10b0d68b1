/** Median, quartiles and an interval of the median. */
export interface Spread {
  readonly median: number;
  readonly q1: number;
  readonly q3: number;
  /** In which the true median lies with 95 %, by the ranks of the sample; of less than six values their range. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** The value below which a share `p` of the sample lies, interpolated. */
export function quantile(values: readonly number[], p: number): number {
  return ofSorted(ascending(values), p);
}

/** {@link Spread} of a sample. */
export function spread(values: readonly number[]): Spread {
  const sorted = ascending(values);
  const outside = ranksOutside(sorted.length);
  return {
    median: ofSorted(sorted, 0.5),
    q1: ofSorted(sorted, 0.25),
    q3: ofSorted(sorted, 0.75),
    low: sorted[outside] ?? Number.NaN,
    high: sorted[sorted.length - 1 - outside] ?? Number.NaN,
    count: sorted.length,
  };
}

/** How many values at each end of a sorted sample of `count` lie outside the 95 % interval of its median. */
function ranksOutside(count: number): number {
  // P(at most k of `count` lie below the true median), summed up while both tails stay below 5 %.
  let term = 0.5 ** count;
  let tail = term;
  let outside = 0;
  while (2 * tail <= 0.05 && outside < count >> 1) {
    outside++;
    term *= (count - outside + 1) / outside;
    tail += term;
  }
  return Math.max(0, outside - 1);
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

function ofSorted(sorted: readonly number[], p: number): number {
  const at = (sorted.length - 1) * p;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}
