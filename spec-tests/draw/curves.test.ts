import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { type Curve, curveChart, curveSvg, type DrawnCurve } from 'pathsec/draw';
import { describe, expect, it } from 'vitest';

const WORDING = { title: 'Hijacks', x: 'adopting, %', y: 'ASes, %' };
const share = fc.double({ min: 0, max: 100, noNaN: true });
const point = fc.tuple(share, share, share, share).map(([x, ...three]) => {
  const [low, y, high] = three.sort((a, b) => a - b) as [number, number, number];
  return { x, y, low, high };
});
const curves: fc.Arbitrary<Curve[]> = fc.array(
  fc.record({ name: fc.string({ unit: 'binary' }), points: fc.array(point, { maxLength: 8 }) }),
  { maxLength: 20 },
);

const isAlike = (one: DrawnCurve['line'], other: DrawnCurve['line']): boolean =>
  one.length === other.length && one.every(({ x, y }, i) => x === other[i]?.x && y === other[i]?.y);

describe('curves', () => {
  it('stand within the plot, and the plot within the drawing', () => {
    fc.assert(
      fc.property(curves, (some) => {
        const { plot, curves: drawn, width, height, keys } = curveChart(some, WORDING);
        expect(plot.x + plot.width).toBeLessThanOrEqual(width);
        expect(plot.y + plot.height).toBeLessThanOrEqual(height);
        expect(plot.width).toBeGreaterThan(200);
        for (const { x, y } of drawn.flatMap(({ line, band }) => [...line, ...band])) {
          expect(x).toBeGreaterThanOrEqual(plot.x - 1e-6);
          expect(x).toBeLessThanOrEqual(plot.x + plot.width + 1e-6);
          expect(y).toBeGreaterThanOrEqual(plot.y - 1e-6);
          expect(y).toBeLessThanOrEqual(plot.y + plot.height + 1e-6);
        }
        expect(keys.every(({ line }) => line.y1 < height && line.x1 > plot.x + plot.width)).toBe(true);
      }),
    );
  });

  it('are XML, whatever they are called', () => {
    fc.assert(
      fc.property(curves, (some) => {
        expect(XMLValidator.validate(curveSvg(curveChart(some, WORDING)))).toBe(true);
      }),
    );
  });

  it('are higher for more, and said in words', () => {
    const drawing = curveChart(
      [
        {
          name: 'none',
          points: [
            { x: 0, y: 50, low: 45, high: 55 },
            { x: 100, y: 50, low: 45, high: 55 },
          ],
        },
        {
          name: 'rov',
          points: [
            { x: 100, y: 0, low: 0, high: 0 },
            { x: 0, y: 50, low: 45, high: 55 },
          ],
        },
      ],
      WORDING,
    );
    const [none, rov] = drawing.curves;
    expect(none?.line[0]).toEqual(rov?.line[0]);
    expect(rov?.line[1]?.y).toBe(drawing.plot.y + drawing.plot.height);
    expect(rov?.line[1]?.y).toBeGreaterThan(none?.line[1]?.y ?? Number.NaN);
    expect(drawing.description).toBe(
      'ASes, % by adopting, %: none: 0: 50 (45 to 55), 100: 50 (45 to 55); rov: 100: 0 (0 to 0), 0: 50 (45 to 55)',
    );
    expect(rov?.texts).toEqual(['rov at 0: 50 (45 to 55)', 'rov at 100: 0 (0 to 0)']);
    expect(curveSvg(drawing)).toContain('<title>rov at 100: 0 (0 to 0)</title>');
  });

  it('differ by colour, and by strokes where colours come again', () => {
    const many = Array.from({ length: 20 }, (_, i) => ({
      name: `m${i}`,
      points: [{ x: 0, y: i, low: i, high: i }],
    }));
    const drawing = curveChart(many, WORDING);
    const looks = drawing.curves.map(
      ({ dashes, part }) => `${drawing.parts[part]?.color} ${dashes.join(' ')}`,
    );
    expect(new Set(looks).size).toBe(20);
    expect(drawing.height).toBeGreaterThan(20 * 18);
  });

  const through = (name: string, ...values: number[]): Curve => ({
    name,
    points: values.map((y, x) => ({ x, y, low: 0, high: 50 })),
  });

  it('take turns where several lie upon each other, and only there', () => {
    const some = [
      through('a', 50, 50, 50),
      through('b', 50, 50, 20),
      through('c', 50, 50, 50),
      through('d', 1, 2, 3),
    ];
    const { curves: drawn } = curveChart(some, WORDING);
    const strokes = drawn.map(({ pieces }) => pieces.map(({ dashes, offset }) => [...dashes, offset]));
    expect(strokes).toEqual([
      [
        [8, 16, 0],
        [8, 8, 0],
      ],
      [
        [8, 16, 16],
        [...(drawn[1]?.dashes ?? []), 0],
      ],
      [
        [8, 16, 8],
        [8, 8, 8],
      ],
      [[...(drawn[3]?.dashes ?? []), 0]],
    ]);
    expect(drawn.map(({ dots }) => dots.map(({ of, turn }) => `${turn} of ${of}`))).toEqual([
      ['0 of 3', '0 of 3', '0 of 2'],
      ['1 of 3', '1 of 3', '0 of 1'],
      ['2 of 3', '2 of 3', '1 of 2'],
      ['0 of 1', '0 of 1', '0 of 1'],
    ]);
  });

  it('show a part of each, wherever they lie upon each other', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }), { maxLength: 9 }), (rows) => {
        const { curves: drawn } = curveChart(
          rows.map((row, i) => through(`m${i}`, ...row)),
          WORDING,
        );
        for (const { dots, line, pieces } of drawn) {
          expect(pieces.flatMap((piece, i) => piece.line.slice(i === 0 ? 0 : 1))).toEqual(line);
          for (const [i, { of, turn }] of dots.entries()) {
            const there = drawn.map((one) => one.dots[i]).filter((dot) => dot?.y === line[i]?.y);
            expect(of).toBe(there.length);
            expect(there.filter((dot) => dot?.turn === turn)).toHaveLength(1);
          }
        }
        // Of pieces upon each other every place has one stroke.
        const shared = drawn.flatMap(({ pieces }) => pieces.filter((piece) => piece.dashes[0] === 8));
        for (const { dashes, line } of shared) {
          const period = 8 + (dashes[1] as number);
          const upon = shared.filter(
            (one) => String(one.dashes) === String(dashes) && isAlike(one.line, line),
          );
          const begins = upon.map(({ offset }) => (period - offset) % period).sort((a, b) => a - b);
          expect(begins).toEqual(Array.from({ length: period / 8 }, (_, i) => 8 * i));
        }
      }),
    );
  });

  it('have numbers, at their ends and before their names, so that colours are not needed', () => {
    const some = [
      through('a', 50, 50),
      through('b', 50, 20),
      through('c', 1, 50),
      through('d', 2, 50),
      through('e', 3, 21),
    ];
    const { ends, keys, plot } = curveChart(some, WORDING);
    expect(keys.map(({ label }) => label.text)).toEqual(['1 a', '2 b', '3 c', '4 d', '5 e']);
    expect(ends.map(({ label }) => label.text)).toEqual(['1, 3, 4', '5', '2']);
    const places = ends.map(({ label }) => label.y);
    for (const [i, y] of places.entries()) expect(y - (places[i - 1] ?? 0)).toBeGreaterThanOrEqual(12);
    const svg = curveSvg(curveChart(some, WORDING));
    expect(svg).toContain('>1, 3, 4</text>');
    const many = curveChart(
      Array.from({ length: 32 }, (_, i) => through(`m${i}`, i % 2, 49 + i / 32)),
      WORDING,
    );
    for (const { label } of many.ends) {
      expect(label.y).toBeGreaterThan(plot.y);
      expect(label.y).toBeLessThan(plot.y + plot.height + 12);
    }
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1])('refuse %d', (y) => {
    expect(() => curveChart([{ name: 'x', points: [{ x: 0, y, low: 0, high: 1 }] }], WORDING)).toThrow(
      RangeError,
    );
    expect(() => curveChart([{ name: 'x', points: [{ x: 0, y: 1, low: y, high: 1 }] }], WORDING)).toThrow(
      RangeError,
    );
  });

  it('are an empty plot where there are none', () => {
    expect(curveChart([], WORDING)).toMatchObject({
      curves: [],
      keys: [],
      description: 'ASes, % by adopting, %: nothing to show',
    });
  });
});
