import fc from 'fast-check';
import {
  AS_CONFED_SEQUENCE,
  AS_CONFED_SET,
  AS_SEQUENCE,
  AS_SET,
  type AsPath,
  BgpError,
  decodeAsPath,
  encodeAsPath,
  formatAsPath,
  parseAsPath,
  parseAsPathJson,
  readAsSequence,
  type SegmentType,
  scanAsPath,
} from 'pathsec/bgp';
import { DecodeError, fromHex, toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { arbitraryAsn } from '../support.js';

const arbitraryPath = (asn: fc.Arbitrary<number>, longest = 12): fc.Arbitrary<AsPath> =>
  fc.array(
    fc.record({
      type: fc.constantFrom<SegmentType>(AS_SET, AS_SEQUENCE, AS_CONFED_SEQUENCE, AS_CONFED_SET),
      asns: fc.array(asn, { minLength: 1, maxLength: longest }),
    }),
    { maxLength: 6 },
  );

/** Paths whose text loses nothing: no two AS_SEQUENCE segments side by side. */
const joinSequences = (path: AsPath): AsPath => {
  const joined: { type: SegmentType; asns: number[] }[] = [];
  for (const { type, asns } of path) {
    const last = joined.at(-1);
    if (type === AS_SEQUENCE && last?.type === AS_SEQUENCE) last.asns.push(...asns);
    else joined.push({ type, asns: [...asns] });
  }
  return joined;
};

function thrown(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('AS_PATH octets (RFC 4271 §4.3, RFC 5065 §3, RFC 6793)', () => {
  it('decodes and encodes all four segment types', () => {
    const hex = '0202fbf0fbf1' + '0102fbf2fbf3' + '0301fbf4' + '0401fbf5';
    const path = decodeAsPath(fromHex(hex), 2);
    expect(path).toEqual([
      { type: AS_SEQUENCE, asns: [64496, 64497] },
      { type: AS_SET, asns: [64498, 64499] },
      { type: AS_CONFED_SEQUENCE, asns: [64500] },
      { type: AS_CONFED_SET, asns: [64501] },
    ]);
    expect(toHex(encodeAsPath(path, 2))).toBe(hex);
    expect(decodeAsPath(encodeAsPath(path, 4), 4)).toEqual(path);
  });

  it('reads ASNs beyond 2^31 as unsigned', () => {
    expect(decodeAsPath(fromHex('0202ffffffff80000000'), 4)).toEqual([
      { type: AS_SEQUENCE, asns: [0xffff_ffff, 0x8000_0000] },
    ]);
  });

  it('reads a window of a larger array, and an empty value as an empty path', () => {
    expect(decodeAsPath(fromHex('aaaa0201fbf0aaaa'), 2, 2, 6)).toEqual([
      { type: AS_SEQUENCE, asns: [64496] },
    ]);
    expect(decodeAsPath(new Uint8Array(0), 4)).toEqual([]);
  });

  it('keeps AS 0 and repeated ASNs: the content is for others to judge', () => {
    expect(decodeAsPath(fromHex('020200000000'), 2)).toEqual([{ type: AS_SEQUENCE, asns: [0, 0] }]);
  });

  it.each([
    ['as-path-underrun', '0201fbf002', 4],
    ['as-path-segment-type', '0501fbf0', 0],
    ['as-path-segment-type', '0001fbf0', 0],
    ['as-path-segment-empty', '0200', 1],
    ['as-path-segment-empty', '0201fbf00200', 5],
    ['as-path-overrun', '0202fbf0', 1],
    ['as-path-overrun', '02ff', 1],
  ])('%s (RFC 7606 §7.2): %s', (code, hex, offset) => {
    const error = thrown(() => decodeAsPath(fromHex(hex), 2));
    expect(error).toBeInstanceOf(BgpError);
    expect(error).toMatchObject({ code, offset, treatment: 'treat-as-withdraw', fault: { attribute: 2 } });
  });

  it('refuses to encode what does not fit', () => {
    const sequence = (asns: number[]): AsPath => [{ type: AS_SEQUENCE, asns }];
    expect(() => encodeAsPath(sequence([]), 4)).toThrow(RangeError);
    expect(() => encodeAsPath(sequence(new Array(256).fill(1)), 4)).toThrow(RangeError);
    expect(() => encodeAsPath(sequence([65536]), 2)).toThrow(RangeError);
    expect(() => encodeAsPath(sequence([2 ** 32]), 4)).toThrow(RangeError);
    expect(encodeAsPath(sequence(new Array(255).fill(1)), 4)).toHaveLength(2 + 4 * 255);
  });

  it('property: encode, decode, encode', () => {
    fc.assert(
      fc.property(arbitraryPath(arbitraryAsn), (path) => {
        const octets = encodeAsPath(path, 4);
        expect(decodeAsPath(octets, 4)).toEqual(path);
      }),
    );
    fc.assert(
      fc.property(arbitraryPath(fc.integer({ min: 0, max: 0xffff })), (path) => {
        expect(decodeAsPath(encodeAsPath(path, 2), 2)).toEqual(path);
      }),
    );
  });

  it('property: the number of segments, and the ASNs where all are AS_SEQUENCEs, without decoding', () => {
    const asns = new Uint32Array(200);
    fc.assert(
      fc.property(arbitraryPath(arbitraryAsn), (path) => {
        const octets = encodeAsPath(path, 4);
        expect(scanAsPath(octets, 4, 0, octets.length)).toBe(path.length);
        const pure = path.map((segment): AsPath[number] => ({ ...segment, type: AS_SEQUENCE }));
        const value = encodeAsPath(pure, 4);
        const size = readAsSequence(value, 4, 0, value.length, asns);
        expect([...asns.subarray(0, size)]).toEqual(path.flatMap((segment) => segment.asns));
        const others = path.some(({ type }) => type !== AS_SEQUENCE);
        expect(readAsSequence(octets, 4, 0, octets.length, asns)).toBe(others ? -1 : size);
      }),
    );
  });

  it('property: any octets decode to what encodes to the same, or throw a BgpError', () => {
    const value = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc
        .array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.uint8Array({ minLength: 1, maxLength: 12 })))
        .map((rows) => Uint8Array.from(rows.flatMap(([type, body]) => [type, body.length >> 2, ...body]))),
    );
    let decoded = 0;
    fc.assert(
      fc.property(value, fc.constantFrom<2 | 4>(2, 4), (octets, size) => {
        try {
          expect(encodeAsPath(decodeAsPath(octets, size), size)).toEqual(octets);
          decoded++;
        } catch (error) {
          expect(error).toBeInstanceOf(BgpError);
        }
      }),
      { numRuns: 500 },
    );
    expect(decoded).toBeGreaterThan(5);
  });
});

describe('AS paths as text', () => {
  const example: AsPath = [
    { type: AS_SEQUENCE, asns: [64496] },
    { type: AS_SET, asns: [64497, 64498] },
    { type: AS_CONFED_SEQUENCE, asns: [64500, 64501] },
    { type: AS_CONFED_SET, asns: [64502] },
  ];

  it('formats and parses every segment type', () => {
    expect(formatAsPath(example)).toBe('64496 {64497,64498} (64500 64501) [64502]');
    expect(parseAsPath('64496 {64497,64498} (64500 64501) [64502]')).toEqual(example);
  });

  it('takes blanks or commas inside brackets, and any blanks around', () => {
    expect(parseAsPath('\t64496{64497 64498}( 64500,64501 )  [64502 ] ')).toEqual(example);
  });

  it('an empty text is an empty path', () => {
    expect(parseAsPath('')).toEqual([]);
    expect(parseAsPath('  ')).toEqual([]);
    expect(formatAsPath([])).toBe('');
  });

  it.each([
    ['as-path-syntax', '64496 {64497', 12],
    ['as-path-syntax', '64496 }', 6],
    ['as-path-syntax', '{64497 (64498)}', 7],
    ['as-path-syntax', '{64497)', 6],
    ['as-path-syntax', '64496,64497', 5],
    ['as-path-segment-empty', '64496 {}', 7],
    ['as-path-segment-empty', '64496 ( )', 8],
    ['as-path-syntax', '{,}', 1],
    ['as-path-syntax', '64496 {64497,,64498}', 13],
    ['as-path-syntax', '64496 {64497, ,64498}', 14],
    ['as-path-syntax', '64496 {64497,}', 13],
    ['as-path-syntax', '64496 {,64497}', 7],
    ['as-path-syntax', '64496 [64497,]', 13],
    ['as-path-syntax', '(64496,,64497)', 7],
    ['asn-syntax', '64496 x', 6],
    ['asn-syntax', '64496 -1', 6],
    ['asn-syntax', '064496', 0],
    ['asn-range', '64496 4294967296', 6],
  ])('%s: %s', (code, text, offset) => {
    const error = thrown(() => parseAsPath(text));
    expect(error).toBeInstanceOf(DecodeError);
    expect(error).toMatchObject({ code, offset });
  });

  it('property: parse undoes format but for the border of adjacent sequences', () => {
    fc.assert(
      fc.property(arbitraryPath(arbitraryAsn), (path) => {
        expect(parseAsPath(formatAsPath(path))).toEqual(joinSequences(path));
      }),
    );
  });

  it('property: a comma more than stands between ASNs is malformed', () => {
    const lists = fc.array(arbitraryAsn, { minLength: 1, maxLength: 6 });
    const brackets = fc.constantFrom('{}', '()', '[]');
    fc.assert(
      fc.property(
        lists,
        brackets,
        fc.nat(),
        fc.constantFrom(',', ', ', ' ,'),
        (asns, [open, close], at, comma) => {
          const places = asns.map(String);
          const empty = at % (places.length + 1);
          places.splice(empty, 0, '');
          expect(() => parseAsPath(`1 ${open}${places.join(comma)}${close}`)).toThrowError(
            expect.objectContaining({ code: 'as-path-syntax' }),
          );
        },
      ),
    );
  });

  it('property: any text parses or throws a DecodeError', () => {
    const text = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom('1', '64496', ' ', ',', '{', '}', '(', ')', '[', ']', '#', '.'))
        .map((items) => items.join('')),
    );
    fc.assert(
      fc.property(text, (line) => {
        try {
          const path = parseAsPath(line);
          expect(parseAsPath(formatAsPath(path))).toEqual(path);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('AS paths as JSON', () => {
  it('a nested array is an AS_SET', () => {
    expect(parseAsPathJson([64496, '64497', [64498, 64499], 64500])).toEqual([
      { type: AS_SEQUENCE, asns: [64496, 64497] },
      { type: AS_SET, asns: [64498, 64499] },
      { type: AS_SEQUENCE, asns: [64500] },
    ]);
    expect(parseAsPathJson([])).toEqual([]);
  });

  it.each([
    ['as-path-syntax', 'text', 'as-path'],
    ['as-path-syntax', null, 'as-path'],
    ['as-path-segment-empty', [1, []], 'as-path[1]'],
    ['asn-syntax', [1, [[2]]], 'as-path[1][0]'],
    ['asn-range', [1.5], 'as-path[0]'],
    ['asn-range', [-1], 'as-path[0]'],
    ['asn-syntax', [null], 'as-path[0]'],
  ])('%s: %j', (code, value, field) => {
    expect(thrown(() => parseAsPathJson(value))).toMatchObject({ code, field });
  });
});
