import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { columns, drawingSvg, escapeXml, shareBars } from 'pathsec/draw';
import { describe, expect, it } from 'vitest';

const PARTS = [
  { name: 'good', color: '#2f9e6e' },
  { name: 'bad', color: '#d9485f' },
];
const WORDING = { title: 'Verdicts', counts: 'share', rows: 'lengths' };

/** The elements and attributes of an SVG text. */
const parsed = (svg: string) =>
  new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    trimValues: false,
    htmlEntities: true,
  }).parse(svg);

describe('drawingSvg', () => {
  it('is XML, whatever the labels are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (label) => {
        for (const draw of [shareBars, columns]) {
          const svg = drawingSvg(draw([{ label, counts: [1, 2] }], PARTS, WORDING));
          expect(XMLValidator.validate(svg)).toBe(true);
        }
      }),
    );
  });

  it('holds no mark-up of a label', () => {
    const label = `</text><script>alert("1")</script>&'`;
    const svg = drawingSvg(shareBars([{ label, counts: [1, 2] }], PARTS, { ...WORDING, title: label }));
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;alert(&quot;1&quot;)');
  });

  it('is one image with a title and all numbers in words', () => {
    const { svg } = parsed(drawingSvg(shareBars([{ label: 'ROV', counts: [3, 1] }], PARTS, WORDING)));
    expect([svg.role, svg.title, svg['aria-label']]).toEqual([
      'img',
      'Verdicts',
      'Verdicts. share: ROV: good 3, bad 1',
    ]);
    expect(svg.viewBox).toBe(`0 0 ${svg.width} ${svg.height}`);
  });

  it('has a bar for each count, coloured by its part, and tells its share', () => {
    const { svg } = parsed(drawingSvg(shareBars([{ label: 'ROV', counts: [3, 1] }], PARTS, WORDING)));
    const bars = svg.rect.filter(({ title }: { title?: string }) => title !== undefined);
    expect(bars.map(({ fill, title }: { fill: string; title: string }) => [fill, title])).toEqual([
      ['#2f9e6e', 'ROV, good: 3 (75.0 %)'],
      ['#d9485f', 'ROV, bad: 1 (25.0 %)'],
    ]);
    expect(Number(bars[0].width) / Number(bars[1].width)).toBeCloseTo(3, 2);
  });

  it('cuts a name that has no room, and keeps the whole of it', () => {
    const label = 'AS4294967295 2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff rs-client';
    const svg = drawingSvg(shareBars([{ label, counts: [3, 1] }], PARTS, WORDING));
    expect(svg).toMatch(/<title>AS4294967295 [0-9a-f:]+ rs-client<\/title>AS4294967295 [0-9a-f:]+…<\/text>/);
  });
});

describe('escapeXml', () => {
  it('gives back the text that it was, but for what XML cannot hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { a } = parsed(`<a b="${escapeXml(text)}"/>`);
        expect(a.b).toBe(text);
      }),
    );
    expect(escapeXml('\u0000\u0007\u001b\ud800x\uffff')).toBe('\ufffd\ufffd\ufffd\ufffdx\ufffd');
  });
});
