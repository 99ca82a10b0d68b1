import fc from 'fast-check';
import { fromHex } from 'pathsec/bytes';
import { describeDer } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { checkDescribed, describedLines } from '../bytes/described.js';
import { labFiles } from '../fuzz/targets/rpki-seeds.js';

const lines = (hex: string): string[] =>
  describedLines(describeDer(fromHex(hex.replaceAll(' ', '')))).slice(1);

describe('describeDer (X.690 §8)', () => {
  it.each([
    ['0500', ['0+2 NULL', '0+1 Identifier = 05', '1+1 Length = 0']],
    ['0101ff', ['0+3 BOOLEAN = TRUE']],
    ['010100', ['0+3 BOOLEAN = FALSE']],
    ['020100', ['0+3 INTEGER = 0']],
    ['0201ff', ['0+3 INTEGER = -1']],
    ['02020080', ['0+4 INTEGER = 128']],
    ['0209 010203040506070809', ['0+11 INTEGER = 010203040506070809']],
    ['0603 551d13', ['0+5 OBJECT IDENTIFIER = 2.5.29.19 (basicConstraints)']],
    ['0602 8837', ['0+4 OBJECT IDENTIFIER = 2.999']],
    ['0c03 616263', ['0+5 UTF8String = abc']],
    ['8001aa', ['0+3 [0] = aa']],
    ['860461626364', ['0+6 [6] = abcd']],
    ['860461626300', ['0+6 [6] = 61626300']],
    ['9f8101 01 aa', ['0+5 [129] = aa', '0+3 Identifier = 9f8101']],
    ['a0030101ff', ['0+5 [0]', '2+3 BOOLEAN = TRUE']],
    ['0403 020105', ['0+5 OCTET STRING', '2+3 Contents', '2+3 INTEGER = 5']],
    ['0403 020205', ['0+5 OCTET STRING = 020205']],
    ['030207 80', ['0+4 BIT STRING = 80', '2+1 Unused bits = 7']],
    ['0304 00 020105', ['0+6 BIT STRING', '2+1 Unused bits = 0', '3+3 INTEGER = 5']],
    [
      '3082 0100 0101ff',
      ['0+7 SEQUENCE = cut short: needs 260 octets, has 7', '1+3 Length = 256', '4+3 BOOLEAN = TRUE'],
    ],
    ['30', ['0+1 SEQUENCE = cut short: needs 2 octets, has 1']],
  ])('%s', (hex, wanted) => {
    expect(lines(hex)).toEqual(expect.arrayContaining(wanted));
  });

  it('the objects of a laboratory: to the values inside their envelopes', async () => {
    const files = await labFiles();
    const all = files.flatMap(({ octets }) => {
      if (octets[0] !== 0x30) return [];
      const tree = describeDer(octets);
      checkDescribed(tree);
      expect(describedLines(tree).filter((line) => /left over|cut short/.test(line))).toEqual([]);
      return describedLines(tree);
    });
    for (const wanted of [
      /OBJECT IDENTIFIER = 1\.2\.840\.113549\.1\.9\.16\.1\.49 \(aspa\)$/,
      /INTEGER = 4200000000$/,
      /IA5String = .*\.(?:roa|asa)$/,
      /\[6\] = rsync:\/\/rpki\.example\/.*\.mft$/,
    ]) {
      expect(
        all.some((line) => wanted.test(line)),
        String(wanted),
      ).toBe(true);
    }
  });

  it('stops at a depth', () => {
    const deep = fromHex('30820000'.repeat(2_000));
    for (let i = 0; i < 2_000; i++) {
      const rest = deep.length - 4 * (i + 1);
      deep[4 * i + 2] = rest >> 8;
      deep[4 * i + 3] = rest & 255;
    }
    expect(checkDescribed(describeDer(deep))).toBeLessThan(500);
  });

  it('never throws, and shows every octet once', () => {
    const tagged = fc
      .array(fc.tuple(fc.constantFrom(0x30, 0x31, 0x02, 0x03, 0x04, 0x06, 0x0c, 0xa0, 0x1f), fc.nat(12)), {
        maxLength: 12,
      })
      .map((parts) => Uint8Array.from(parts.flat()));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), tagged), (octets) => {
        const tree = describeDer(octets);
        expect(tree.length).toBe(octets.length);
        checkDescribed(tree);
      }),
      { numRuns: 500 },
    );
  });
});
