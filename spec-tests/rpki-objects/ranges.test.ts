import fc from 'fast-check';
import type { Range } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { areCanonical, intersectRanges, rangesContain } from '../../src/rpki/x509/ranges.js';

/** Ranges in any order, overlapping, adjacent and empty ones among them. */
const anyRanges: fc.Arbitrary<Range[]> = fc.array(
  fc.tuple(fc.bigInt(0n, 60n), fc.bigInt(-1n, 12n)).map(([min, size]) => ({ min, max: min + size })),
  { maxLength: 12 },
);

const numbersOf = (ranges: readonly Range[]): Set<bigint> => {
  const numbers = new Set<bigint>();
  for (const { min, max } of ranges) for (let n = min; n <= max; n++) numbers.add(n);
  return numbers;
};

/** `count` ranges of five numbers with gaps of five. */
const spaced = (count: number, shift: bigint): Range[] =>
  Array.from({ length: count }, (_, i) => ({ min: BigInt(10 * i) + shift, max: BigInt(10 * i + 4) + shift }));

describe('ranges of resources (RFC 3779)', () => {
  it('property: a list contains another when each of its ranges lies in one of the first', () => {
    fc.assert(
      fc.property(anyRanges, anyRanges, (outer, inner) => {
        const literal = inner.every(({ min, max }) => outer.some((one) => one.min <= min && max <= one.max));
        expect(rangesContain(outer, inner)).toBe(literal);
      }),
      { numRuns: 2000 },
    );
  });

  it('property: the intersection holds the numbers of both, ascending and without overlap', () => {
    fc.assert(
      fc.property(anyRanges, anyRanges, (a, b) => {
        const shared = intersectRanges(a, b);
        const second = numbersOf(b);
        expect(numbersOf(shared)).toEqual(new Set([...numbersOf(a)].filter((n) => second.has(n))));
        expect(
          shared.every(({ min, max }, i) => min <= max && (i === 0 || min > (shared[i - 1] as Range).max)),
        ).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('100,000 ranges against 100,000', () => {
    const [a, b] = [spaced(100_000, 0n), spaced(100_000, 2n)];
    expect([rangesContain(a, a), rangesContain(a, b), rangesContain(a.toReversed(), a)]).toEqual([
      true,
      false,
      true,
    ]);
    const shared = intersectRanges(a, b);
    expect(shared).toHaveLength(100_000);
    expect(shared[1]).toEqual({ min: 12n, max: 14n });
    expect(areCanonical(shared)).toBe(true);
  });
});
