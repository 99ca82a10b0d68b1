/** A closed interval of numbers: ASNs, or addresses read as unsigned integers. */
export interface Range {
  readonly min: bigint;
  readonly max: bigint;
}

/** Whether every number of `inner` lies in `outer`; `outer` in canonical form (RFC 3779 §2.2.3.6). */
export function rangesContain(outer: readonly Range[], inner: readonly Range[]): boolean {
  return inner.every(({ min, max }) => outer.some((range) => range.min <= min && max <= range.max));
}

/** The numbers that both lists hold. */
export function intersectRanges(a: readonly Range[], b: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const x of a) {
    for (const y of b) {
      if (y.max < x.min || x.max < y.min) continue;
      // The later start and the earlier end bound what they share.
      const start = x.min < y.min ? y : x;
      const end = x.max < y.max ? x : y;
      result.push({ min: start.min, max: end.max });
    }
  }
  return result;
}

/** Whether the list is in canonical form: ascending, no overlap, no adjacency. */
export function areCanonical(ranges: readonly Range[]): boolean {
  return ranges.every(
    ({ min, max }, i) => min <= max && (i === 0 || min > (ranges[i - 1] as Range).max + 1n),
  );
}
