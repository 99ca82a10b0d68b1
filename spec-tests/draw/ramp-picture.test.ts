import { XMLValidator } from 'fast-xml-parser';
import { createAspaTable, layoutRamps, type RampLayout, verifyAsPath } from 'pathsec/aspa';
import { type Picture, pictureSvg, RAMP_STYLE, rampPicture, type Shape } from 'pathsec/draw';
import { describe, expect, it } from 'vitest';
import { aspas, path } from '../aspa/notation.js';

function laidOut(aspaText: string, pathText: string): RampLayout {
  const asPath = path(pathText);
  const neighborAs = asPath[0]?.asns[0];
  const evidence = verifyAsPath(createAspaTable(aspas(aspaText)), {
    asPath,
    neighborAs,
    neighborRole: 'provider',
  });
  const layout = layoutRamps(evidence);
  if (layout === null) throw new Error('no ramps');
  return layout;
}

const number = ({ attributes }: Shape, name: string): number => Number(attributes[name]);
/** Where the boxes of the ASes are, by their writing. */
const places = ({ shapes }: Picture): [string, number, number][] =>
  shapes
    .filter(
      ({ attributes, name }) =>
        name === 'text' && attributes['font-weight'] === '700' && attributes['font-size'] === '13',
    )
    .flatMap((shape) =>
      /^\d+$/.test(shape.text ?? '') ? [[shape.text ?? '', number(shape, 'x'), number(shape, 'y')]] : [],
    );

const LEAK = '1:{2} 2:{9} 5:{9} 6:{5}';

describe('the picture of ramps', () => {
  it('has the ASes in the order of the path, from the left or from above', () => {
    const layout = laidOut(LEAK, '6 5 4 3 2 1');
    const wide = places(rampPicture(layout));
    expect(wide.map(([asn]) => asn).join('')).toBe('654321');
    expect(wide.every(([, x], i) => i === 0 || x > (wide[i - 1]?.[1] ?? 0))).toBe(true);
    const tall = places(rampPicture(layout, { form: 'tall' }));
    expect(tall.map(([asn]) => asn).join('')).toBe('654321');
    expect(tall.every(([, , y], i) => i === 0 || y > (tall[i - 1]?.[2] ?? 0))).toBe(true);
    // Who stands on a ramp stands higher than its foot.
    expect(wide[1]?.[2]).toBeLessThan(wide[0]?.[2] ?? 0);
    expect(wide[4]?.[2]).toBeLessThan(wide[5]?.[2] ?? 0);
  });

  it('draws what is certain solid, what is possible dashed, and of a valid path what decided alone', () => {
    const lines = (aspaText: string): string[] =>
      rampPicture(laidOut(aspaText, '4 3 2 1'))
        .shapes.filter(({ attributes, name }) => name === 'line' && attributes['stroke-width'] === '4')
        .map(({ attributes }) => `${attributes.class} ${attributes['stroke-dasharray'] ?? 'solid'}`);
    expect(new Set(lines('1:{2}'))).toEqual(new Set(['tone-valid solid', 'tone-unknown 3 7']));
    expect(lines('1:{2} 4:{3}')).toEqual(['tone-valid solid', 'tone-quiet solid', 'tone-valid solid']);
  });

  it('has all shapes inside of its size', () => {
    for (const form of ['wide', 'tall'] as const) {
      for (const text of ['6 5 4 3 2 1', '1', '4294967295 4294967294 4294967293', '2 1']) {
        const picture = rampPicture(laidOut(LEAK, text), { form });
        for (const shape of picture.shapes) {
          const x = number(shape, 'x' in shape.attributes ? 'x' : 'x1' in shape.attributes ? 'x1' : 'cx');
          const y = number(shape, 'y' in shape.attributes ? 'y' : 'y1' in shape.attributes ? 'y1' : 'cy');
          expect(x, `${form} ${text} ${shape.text}`).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(picture.width);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y).toBeLessThanOrEqual(picture.height);
        }
      }
    }
  });

  it('folds long paths where nothing happens, and keeps what decides', () => {
    const asns = Array.from({ length: 300 }, (_, i) => 300 - i);
    const climb = asns.map((asn) => `${asn}:{${asn === 150 ? 999 : asn + 1}}`).join(' ');
    const picture = rampPicture(laidOut(climb, asns.join(' ')));
    const words = picture.shapes.flatMap(({ text }) => text ?? []);
    expect(picture.width).toBeLessThan(2500);
    expect(words.filter((word) => /^… \d+ ASes …$/.test(word)).length).toBeGreaterThanOrEqual(2);
    expect(words).toContain('150 → 151');
    const folded = words.flatMap((word) => /^… (\d+) ASes …$/.exec(word)?.[1] ?? []).map(Number);
    expect(folded.reduce((sum, count) => sum + count, 0) + places(picture).length).toBe(300);
  });

  it('is well-formed as SVG text, one image named by the hops', () => {
    const svg = pictureSvg(rampPicture(laidOut(LEAK, '6 5 4 3 2 1')));
    expect(XMLValidator.validate(svg)).toBe(true);
    expect(svg).toContain('role="img" aria-label="The path as two ramps. invalid, 6 ASes. 6 to 5: provider');
  });

  it('has a colour for every tone that it uses, in light and in dark', () => {
    const tones = new Set(
      [LEAK, '1:{2}', '1:{2} 6:{5}'].flatMap((text) =>
        rampPicture(laidOut(text, '6 5 4 3 2 1')).shapes.map(({ attributes }) => attributes.class ?? ''),
      ),
    );
    expect(tones.size).toBeGreaterThan(4);
    for (const tone of tones) expect(RAMP_STYLE.split(`.${tone} `).length, tone).toBeGreaterThanOrEqual(3);
  });
});
