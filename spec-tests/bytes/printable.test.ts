import fc from 'fast-check';
import { printable, printableLines, quoted } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';

const text = fc.string({
  unit: fc.oneof(fc.nat(0xffff), fc.nat(0x10ffff)).map((n) => String.fromCodePoint(n)),
});
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('printable', () => {
  it.each([
    ['plain text, ÄÖ 漢字 🙂 \\ "', 'plain text, ÄÖ 漢字 🙂 \\ "'],
    ['\u001b[2J\r\n\t\0', '\\u001b[2J\\r\\n\\t\\u0000'],
    ['\u007f\u0085\u009b', '\\u007f\\u0085\\u009b'],
    [
      '\u061c\u200e\u200f\u202a\u202e\u2066\u2069\ufeff',
      '\\u061c\\u200e\\u200f\\u202a\\u202e\\u2066\\u2069\\ufeff',
    ],
    ['\u2028\u2029\ud800', '\\u2028\\u2029\\ud800'],
    ['\u{e0041}', '\\udb40\\udc41'],
  ])('%j is shown as %j', (given, shown) => {
    expect(printable(given)).toBe(shown);
  });

  it('leaves nothing of any text that a terminal would act upon; twice is as once', () => {
    fc.assert(
      fc.property(text, (given) => {
        const shown = printable(given);
        expect(shown).not.toMatch(UNPRINTABLE);
        expect(printable(shown)).toBe(shown);
      }),
    );
  });

  it('in lines keeps line feeds and tabs only', () => {
    fc.assert(
      fc.property(text, text, (one, two) => {
        expect(printableLines(`${one}\n\t${two}`).replace(/[\n\t]/g, '')).not.toMatch(UNPRINTABLE);
        const lines = [one, two].map(printable).join('\n\t');
        expect(printableLines(lines)).toBe(lines);
      }),
    );
  });

  it('quoted is a string of JSON with the same value', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(quoted(given)).not.toMatch(UNPRINTABLE);
        expect(JSON.parse(quoted(given))).toBe(given);
      }),
    );
  });

  it('in lines keeps the value of JSON, indented or not', () => {
    fc.assert(
      fc.property(fc.jsonValue(), text, (value, name) => {
        const whole = { [name]: value };
        expect(JSON.parse(printableLines(JSON.stringify(whole, null, '\t')))).toEqual(
          JSON.parse(JSON.stringify(whole)),
        );
      }),
    );
  });
});
