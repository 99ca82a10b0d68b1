import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { type Curve, curveChart, curveSvg } from 'pathsec/draw';
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

  it('show all that lie upon each other: each is wider than those upon it', () => {
    const curve = (name: string, end: number): Curve => ({
      name,
      points: [0, 100].map((x) => ({ x, y: x === 0 ? 50 : end, low: 0, high: 50 })),
    });
    const drawing = curveChart([curve('a', 50), curve('b', 20), curve('c', 50), curve('d', 50)], WORDING);
    expect(drawing.curves.map(({ width }) => width)).toEqual([10, 2, 6, 2]);
    const svg = curveSvg(drawing);
    for (const width of [10, 6, 2]) expect(svg).toContain(`stroke-width="${width}"`);
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
