import fc from 'fast-check';
import { type LogPoint, logPoints, pictureSvg } from 'pathsec/draw';
import { describe, expect, it } from 'vitest';

const wording = { title: 'costs', tick: (value: number) => `${value} s` };
const row = (label: string, value?: number): LogPoint => ({
  label,
  text: value === undefined ? 'not measured' : `${value}`,
  tone: 'valid',
  ...(value !== undefined && { value }),
});
const xOf = (picture: ReturnType<typeof logPoints>): number[] =>
  picture.shapes.filter(({ name }) => name === 'rect').map(({ attributes }) => Number(attributes.x));

describe.each(['wide', 'tall'] as const)('magnitudes, %s', (form) => {
  it('stand in the order of their size, as far apart as their powers of ten, within the picture', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), { minLength: 2, maxLength: 20 }),
        fc.option(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), { nil: undefined }),
        (values, mark) => {
          const picture = logPoints(
            values.map((value, i) => row(`row ${i}`, value)),
            { ...wording, form, ...(mark !== undefined && { mark: { value: mark, text: 'so much' } }) },
          );
          const places = xOf(picture);
          expect(places).toHaveLength(values.length);
          for (const [i, x] of places.entries()) {
            expect(x).toBeGreaterThanOrEqual(0);
            expect(x).toBeLessThanOrEqual(picture.width);
            const j = (i + 1) % places.length;
            const [a = 0, b = 0] = [values[i], values[j]];
            // Places are written with two decimals.
            if (a < b) expect(x).toBeLessThanOrEqual((places[j] ?? 0) + 0.02);
          }
          for (const { attributes } of picture.shapes) {
            const y = Number(attributes.y ?? attributes.y2);
            expect(y).toBeLessThanOrEqual(picture.height);
          }
        },
      ),
    );
  });

  it('say all that they show in words, also what is absent, and are SVG that shows no mark-up', () => {
    const picture = logPoints(
      [
        row('<b>', 10),
        row('nothing', 0),
        row('absent'),
        { ...row('range', 5), low: 4, high: 8, dashed: true },
      ],
      { ...wording, form, mark: { value: 100, text: 'an hour' } },
    );
    expect(picture.description).toBe('<b>: 10; nothing: 0; absent: not measured; range: 5; an hour');
    expect(xOf(picture)).toHaveLength(2);
    expect(pictureSvg(picture)).not.toContain('<b>');
    expect(logPoints([], { ...wording, form }).description).toBe('nothing to show');
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuse %d', (value) => {
    expect(() => logPoints([row('one', value)], { ...wording, form })).toThrow(RangeError);
  });
});
