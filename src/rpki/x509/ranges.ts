/** A closed interval of numbers: ASNs, or addresses read as unsigned integers. */
export interface Range {
  readonly min: bigint;
  readonly max: bigint;
}

/**
 * Whether each range of `inner` lies in a range of `outer`. Canonical lists (RFC 3779 §2.2.3.6) hold each number in one
 * range; others are taken as they are. The time grows as sorting does, not with the product of both lengths.
 */
export function rangesContain(outer: readonly Range[], inner: readonly Range[]): boolean {
  const sorted = byStart(outer);
  // The furthest end of all ranges that begin up to here.
  const ends: bigint[] = [];
  for (const { max } of sorted) {
    const before = ends.at(-1);
    ends.push(before !== undefined && before > max ? before : max);
  }
  return inner.every(({ min, max }) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] as Range).min <= min) low = middle + 1;
      else high = middle;
    }
    const end = ends[low - 1];
    return end !== undefined && max <= end;
  });
}

/** The numbers that both lists hold, ascending; overlapping ranges of one list count as one. */
export function intersectRanges(a: readonly Range[], b: readonly Range[]): Range[] {
  const [left, right] = [united(a), united(b)];
  const result: Range[] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const x = left[i] as Range;
    const y = right[j] as Range;
    let { min, max } = x; // Math.max knows no bigint
    if (y.min > min) min = y.min;
    if (y.max < max) max = y.max;
    if (min <= max) result.push({ min, max });
    // Whoever ends first shares nothing with what is still to come of the other.
    if (x.max < y.max) i++;
    else j++;
  }
  return result;
}

/** The ranges without overlap, ascending; those that are empty left out. */
function united(ranges: readonly Range[]): Range[] {
  const result: { min: bigint; max: bigint }[] = [];
  for (const { min, max } of byStart(ranges)) {
    const last = result.at(-1);
    if (min > max) continue;
    if (last === undefined || last.max < min) result.push({ min, max });
    else if (last.max < max) last.max = max;
  }
  return result;
}

/** By their beginning; the same list where it is sorted already. */
function byStart(ranges: readonly Range[]): readonly Range[] {
  const sorted = ranges.every(({ min }, i) => i === 0 || (ranges[i - 1] as Range).min <= min);
  return sorted ? ranges : ranges.toSorted((a, b) => (a.min < b.min ? -1 : a.min > b.min ? 1 : 0));
}

/** Whether the list is in canonical form: ascending, no overlap, no adjacency. */
export function areCanonical(ranges: readonly Range[]): boolean {
  return ranges.every(
    ({ min, max }, i) => min <= max && (i === 0 || min > (ranges[i - 1] as Range).max + 1n),
  );
}
