/**
 * The numbers of an axis of counts, from 0 to the first that is not below the largest count: whole numbers with steps of 1,
 * 2 or 5 times a power of ten, about five of them. For no counts: 0 and 1.
 *
 * @throws {RangeError} for a count that is negative or not finite.
 */
export function ticks(largest: number): number[] {
  if (!Number.isFinite(largest) || largest < 0) throw new RangeError(`largest count ${largest}`);
  const rough = Math.max(1, largest / 5);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const count = Math.max(1, Math.ceil(largest / step));
  return Array.from({ length: count + 1 }, (_, i) => i * step);
}
