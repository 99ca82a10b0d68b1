import fc from 'fast-check';
import { type Box, columns, type Drawing, drawingSvg, type Row, shareBars, ticks } from 'pathsec/draw';
import { describe, expect, it } from 'vitest';

const PARTS = [
  { name: 'valid', color: '#2f9e6e' },
  { name: 'invalid', color: '#d9485f' },
  { name: 'unknown', color: '#8d99ae' },
];
const WORDING = { title: 'Verdicts', counts: 'routes', rows: 'peers' };
const KINDS = { shareBars, columns };

const counts = fc
  .tuple(fc.nat(3), fc.nat(), fc.nat(1e6))
  .chain((three) => fc.shuffledSubarray(three, { minLength: 3 }));
const rows: fc.Arbitrary<Row[]> = fc.array(fc.record({ label: fc.string({ unit: 'binary' }), counts }), {
  maxLength: 40,
});

const numbersOf = (drawing: Drawing): number[] => [
  drawing.width,
  drawing.height,
  ...drawing.pieces.flatMap(({ x, y, width, height }) => [x, y, width, height]),
  ...drawing.grid.flatMap(({ x1, x2, y1, y2 }) => [x1, x2, y1, y2]),
  ...drawing.labels.flatMap(({ x, y }) => [x, y]),
];
const within = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x - 1e-6 &&
  inner.y >= outer.y - 1e-6 &&
  inner.x + inner.width <= outer.x + outer.width + 1e-6 &&
  inner.y + inner.height <= outer.y + outer.height + 1e-6;

describe.each(Object.entries(KINDS))('%s', (_, draw) => {
  it('has finite numbers, its bars within the plot and the plot within the drawing', () => {
    fc.assert(
      fc.property(rows, (some) => {
        const drawing = draw(some, PARTS, WORDING);
        expect(numbersOf(drawing).every(Number.isFinite)).toBe(true);
        const whole = { x: 0, y: 0, width: drawing.width, height: drawing.height };
        expect(within(drawing.plot, whole)).toBe(true);
        expect(drawing.pieces.filter((piece) => !within(piece, drawing.plot))).toEqual([]);
      }),
    );
  });

  it('has a piece for each count but zeros, which never overlaps another of its row', () => {
    fc.assert(
      fc.property(rows, (some) => {
        const { pieces } = draw(some, PARTS, WORDING);
        const drawn = some.map((_, row) => PARTS.map((__, part) => countOf(pieces, row, part)));
        expect(drawn).toEqual(some.map((row) => row.counts));
        for (const [i, piece] of pieces.entries()) {
          const next = pieces[i + 1];
          if (next?.row !== piece.row) continue;
          const touching =
            draw === shareBars ? next.x - (piece.x + piece.width) : piece.y - (next.y + next.height);
          expect(Math.abs(touching)).toBeLessThan(1e-6);
        }
      }),
    );
  });

  it('says in words what it shows, in numbers', () => {
    const drawing = draw([{ label: 'AS64496', counts: [1234567, 0, 2] }], PARTS, WORDING);
    expect(drawing.description).toContain('AS64496: valid 1,234,567, invalid 0, unknown 2');
    expect(drawing.pieces.map(({ part }) => part)).toEqual([0, 2]);
  });

  it.each([
    ['too few counts', [1, 2]],
    ['a negative count', [1, -1, 0]],
    ['a count that is no number', [1, Number.NaN, 0]],
  ])('refuses a row with %s', (_, wrong) => {
    expect(() => draw([{ label: 'x', counts: wrong }], PARTS, WORDING)).toThrowError(RangeError);
  });

  it('shows nothing for nothing, and says so', () => {
    for (const empty of [[], [{ label: 'none', counts: [0, 0, 0] }]]) {
      const drawing = draw(empty, PARTS, WORDING);
      expect(drawing.pieces).toEqual([]);
      expect(drawingSvg(drawing)).not.toContain('NaN');
    }
    expect(draw([], PARTS, WORDING).description).toContain('nothing to show');
  });
});

describe('the size of a piece', () => {
  it('is its share of the row, in bars of shares', () => {
    fc.assert(
      fc.property(rows, (some) => {
        const { pieces, plot } = shareBars(some, PARTS, WORDING);
        for (const { count, row, width } of pieces) {
          const sum = some[row]?.counts.reduce((all, one) => all + one, 0) ?? 0;
          expect(width / plot.width).toBeCloseTo(count / sum, 9);
        }
      }),
    );
  });

  it('is its count, in columns, by one measure', () => {
    fc.assert(
      fc.property(rows, (some) => {
        const { pieces, plot } = columns(some, PARTS, WORDING);
        const sums = some.map((row) => row.counts.reduce((all, one) => all + one, 0));
        const highest = ticks(Math.max(0, ...sums)).at(-1) ?? 1;
        for (const { count, height } of pieces) expect(height / plot.height).toBeCloseTo(count / highest, 9);
      }),
    );
  });
});

describe('the names of columns', () => {
  it('are all there when few, and are thinned when many', () => {
    const named = (count: number): string[] => {
      const many = Array.from({ length: count }, (_, i) => ({ label: `${100 + i}`, counts: [1, 1, 1] }));
      const { labels } = columns(many, PARTS, WORDING);
      return labels.map(({ text }) => text).filter((text) => /^\d{3}$/.test(text));
    };
    expect(named(12)).toHaveLength(12);
    const thinned = named(100);
    expect(thinned[0]).toBe('100');
    expect(thinned.length).toBeGreaterThan(10);
    expect(thinned.length).toBeLessThan(51);
  });
});

describe('ticks', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [7, [0, 2, 4, 6, 8]],
    [10, [0, 2, 4, 6, 8, 10]],
    [46, [0, 10, 20, 30, 40, 50]],
    [999, [0, 200, 400, 600, 800, 1000]],
  ])('up to %d', (largest, expected) => {
    expect(ticks(largest)).toEqual(expected);
  });

  it('are whole numbers, few, and reach the largest count', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 50), (largest) => {
        const marks = ticks(largest);
        expect(marks.every(Number.isSafeInteger)).toBe(true);
        expect(marks.length).toBeLessThanOrEqual(6);
        expect(marks.at(-1)).toBeGreaterThanOrEqual(largest);
      }),
    );
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('of %d there are none', (largest) => {
    expect(() => ticks(largest)).toThrowError(RangeError);
  });
});

function countOf(pieces: Drawing['pieces'], row: number, part: number): number {
  return pieces.find((piece) => piece.row === row && piece.part === part)?.count ?? 0;
}
