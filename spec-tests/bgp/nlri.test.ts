import fc from 'fast-check';
import {
  BgpError,
  createNlriCursor,
  createPathAttributeCursor,
  createUpdateScan,
  decodeNlri,
  encodeNlri,
  encodePathAttributes,
  FLAG_EXTENDED_LENGTH,
  type Nlri,
  nextNlri,
  nextPathAttribute,
  nlriIsPlausible,
  resetNlri,
  scanMpReach,
  scanMpUnreach,
  scanUpdate,
} from 'pathsec/bgp';
import { fromHex, toHex } from 'pathsec/bytes';
import { type Afi, addressLength, formatPrefix, makePrefix, parsePrefix } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';

const arbitraryNlri = (afi: Afi, addPath: boolean): fc.Arbitrary<Nlri> => {
  const size = addressLength(afi);
  return fc
    .tuple(
      fc.uint8Array({ minLength: size, maxLength: size }),
      fc.integer({ min: 0, max: 8 * size }),
      fc.integer({ min: 0, max: 0xffff_ffff }),
    )
    .map(([octets, length, pathId]) => {
      const prefix = makePrefix(afi, octets, length);
      return addPath ? { prefix, pathId } : { prefix };
    });
};

describe('NLRI (RFC 4271 §4.3, RFC 4760 §5, RFC 7911 §3)', () => {
  it('decodes and encodes entries of both families, with and without Path Identifier', () => {
    const hex = '18c00002' + '00' + '20cb007101';
    const entries = decodeNlri(fromHex(hex), 1, false);
    expect(entries.map(({ prefix }) => formatPrefix(prefix))).toEqual([
      '192.0.2.0/24',
      '0.0.0.0/0',
      '203.0.113.1/32',
    ]);
    expect(toHex(encodeNlri(entries, false))).toBe(hex);

    const withIds = '00000001' + '2020010db8' + 'ffffffff' + '00';
    const ids = decodeNlri(fromHex(withIds), 2, true);
    expect(ids.map(({ prefix, pathId }) => `${formatPrefix(prefix)} ${pathId}`)).toEqual([
      '2001:db8::/32 1',
      '::/0 4294967295',
    ]);
    expect(toHex(encodeNlri(ids, true))).toBe(withIds);
  });

  it('clears host bits and says so', () => {
    const cursor = createNlriCursor(1);
    resetNlri(cursor, fromHex('0d0b0d' + '0d0b08'), 0, 6, false);
    expect(nextNlri(cursor)).toBe(true);
    expect(formatPrefix(cursor.prefix)).toBe('11.8.0.0/13');
    expect(cursor.hostBits).toBe(true);
    expect(nextNlri(cursor)).toBe(true);
    expect(cursor.hostBits).toBe(false);
    expect(nextNlri(cursor)).toBe(false);
  });

  it.each([
    ['nlri-length', 1, false, '21c0000200ff', 0],
    ['nlri-length', 2, false, `81${'00'.repeat(17)}`, 0],
    ['nlri-overrun', 1, false, '18c00002' + '18c000', 4],
    ['nlri-overrun', 1, false, '20', 0],
    ['nlri-overrun', 1, true, '00000001', 0],
    ['nlri-overrun', 1, true, '0000000118c0', 0],
  ] as const)('%s (RFC 7606 §5.3), AFI %d, ADD-PATH %s: %s', (code, afi, addPath, hex, offset) => {
    try {
      decodeNlri(fromHex(hex), afi, addPath);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(BgpError);
      expect(error).toMatchObject({ code, offset, treatment: 'session-reset' });
    }
  });

  it('refuses to encode a Path Identifier where there is none, and the other way', () => {
    const prefix = parsePrefix('192.0.2.0/24');
    expect(() => encodeNlri([{ prefix }], true)).toThrow(RangeError);
    expect(() => encodeNlri([{ prefix, pathId: 1 }], false)).toThrow(RangeError);
  });

  it('property: encode, decode, encode', () => {
    for (const afi of [1, 2] as const) {
      for (const addPath of [false, true]) {
        fc.assert(
          fc.property(fc.array(arbitraryNlri(afi, addPath), { maxLength: 20 }), (entries) => {
            const octets = encodeNlri(entries, addPath);
            expect(decodeNlri(octets, afi, addPath)).toEqual(entries);
          }),
          { numRuns: 50 },
        );
      }
    }
  });

  it('property: any octets decode, or throw a BgpError with the entries before it delivered', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 80 }),
        fc.constantFrom<Afi>(1, 2),
        fc.boolean(),
        (octets, afi, addPath) => {
          const cursor = createNlriCursor(afi);
          resetNlri(cursor, octets, 0, octets.length, addPath);
          let size = 0;
          try {
            while (nextNlri(cursor)) size = cursor.offset;
            expect(size).toBe(octets.length);
          } catch (error) {
            expect(error).toBeInstanceOf(BgpError);
            expect(decodeNlri(octets, afi, addPath, 0, size).length).toBeGreaterThanOrEqual(0);
            expect((error as BgpError).offset).toBe(size);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('a field read in the other form is hardly ever plausible', () => {
    const identified = encodeNlri(
      ['192.0.2.0/24', '203.0.113.0/24'].map((text) => ({ prefix: parsePrefix(text), pathId: 28 })),
      true,
    );
    const plausible = (octets: Uint8Array, addPath: boolean, end = octets.length, cut = false) =>
      nlriIsPlausible(octets, 1, addPath, 0, end, cut);
    expect([plausible(identified, true), plausible(identified, false)]).toEqual([true, false]);
    const plain = encodeNlri([{ prefix: parsePrefix('192.0.2.0/24') }], false);
    expect([plausible(plain, true), plausible(plain, false)]).toEqual([false, true]);
    expect([plausible(plain, true, 0), plausible(plain, false, 0)]).toEqual([true, true]);
    expect(plausible(fromHex('0d0b0d0b'), false)).toBe(false); // host bits, then an overrun
    expect([plausible(plain, false, 3), plausible(plain, false, 3, true)]).toEqual([false, true]);
  });

  it('property: a field is plausible in its own form, cut anywhere too; two default routes are not', () => {
    fc.assert(
      fc.property(
        fc.boolean().chain((addPath) => fc.tuple(fc.constant(addPath), fc.array(arbitraryNlri(1, addPath)))),
        fc.nat(),
        ([addPath, entries], at) => {
          const octets = encodeNlri(entries, addPath);
          const one = entries.filter(({ prefix }) => prefix.length === 0).length <= 1;
          expect(nlriIsPlausible(octets, 1, addPath, 0, octets.length)).toBe(one);
          const end = at % (octets.length + 1);
          if (one) expect(nlriIsPlausible(octets, 1, addPath, 0, end, true)).toBe(true);
        },
      ),
    );
  });
});

describe('walking path attributes (RFC 4271 §4.3)', () => {
  it('reads both widths of length, whatever the length', () => {
    const octets = fromHex('400101' + '00' + '50020000' + 'd0210003aabbcc');
    const cursor = createPathAttributeCursor(octets);
    const rows: string[] = [];
    while (nextPathAttribute(cursor))
      rows.push(`${cursor.code} ${cursor.flags} ${cursor.valueStart}..${cursor.valueEnd}`);
    expect(rows).toEqual(['1 64 3..4', '2 80 8..8', '33 208 12..15']);
  });

  it.each(['40', '4001', '500100', '400102aa', '5001ffffaa'])(
    'attribute-overrun (RFC 7606 §4): %s',
    (hex) => {
      const cursor = createPathAttributeCursor(fromHex(hex));
      expect(() => nextPathAttribute(cursor)).toThrow(BgpError);
      expect(() => nextPathAttribute(cursor)).toThrow(/octets, \d+ are left/);
      expect(cursor.offset).toBe(0);
    },
  );

  it('property: a field encodes to what the cursor walks', () => {
    const attribute = fc.record({
      flags: fc.integer({ min: 0, max: 255 }),
      code: fc.integer({ min: 0, max: 255 }),
      value: fc.uint8Array({ maxLength: 255 }),
    });
    fc.assert(
      fc.property(fc.array(attribute, { maxLength: 8 }), (attributes) => {
        const octets = encodePathAttributes(attributes);
        const cursor = createPathAttributeCursor(octets);
        for (const { flags, code, value } of attributes) {
          expect(nextPathAttribute(cursor)).toBe(true);
          expect([cursor.flags, cursor.code]).toEqual([flags, code]);
          expect(octets.subarray(cursor.valueStart, cursor.valueEnd)).toEqual(value);
        }
        expect(nextPathAttribute(cursor)).toBe(false);
      }),
    );
    expect(() => encodePathAttributes([{ flags: 0, code: 2, value: new Uint8Array(256) }])).toThrow(
      RangeError,
    );
    expect(
      encodePathAttributes([{ flags: FLAG_EXTENDED_LENGTH, code: 2, value: new Uint8Array(256) }]),
    ).toHaveLength(260);
  });
});

describe('scanning an UPDATE', () => {
  it('finds the parts', () => {
    const attributes = '40010100' + '400200' + '800e0a000101040a000001' + '00' + '00' + '800f03000101';
    const octets = fromHex(
      `0002${'08'}0a${(attributes.length / 2).toString(16).padStart(4, '0')}${attributes}18c00002`,
    );
    const scan = createUpdateScan();
    scanUpdate(octets, 0, octets.length, scan);
    expect(scan.withdrawn).toEqual({ start: 2, end: 4 });
    expect(octets.subarray(scan.nlri.start, scan.nlri.end)).toEqual(fromHex('18c00002'));
    expect(scan.asPath.end - scan.asPath.start).toBe(0);
    expect(scan.as4Path.start).toBe(-1);
    expect(scanMpReach(octets, scan.mpReach.start, scan.mpReach.end)).toMatchObject({ afi: 1, safi: 1 });
    expect(scanMpUnreach(octets, scan.mpUnreach.start, scan.mpUnreach.end)).toMatchObject({
      afi: 1,
      safi: 1,
    });
    expect(scan.faults).toEqual([]);
  });

  it.each([
    ['attribute-repeated', 'attribute-discard', '400200400200'],
    ['attribute-repeated', 'session-reset', '800f03000101800f03000101'],
    ['attribute-flags', 'treat-as-withdraw', 'c00200'],
    ['attribute-flags', 'treat-as-withdraw', '000200'],
    ['attribute-overrun', 'treat-as-withdraw', '4002ff'],
  ])('%s is %s: %s', (code, treatment, hex) => {
    const octets = fromHex(`0000${(hex.length / 2).toString(16).padStart(4, '0')}${hex}`);
    const scan = createUpdateScan();
    scanUpdate(octets, 0, octets.length, scan);
    expect(scan.faults).toHaveLength(1);
    expect(scan.faults[0]).toMatchObject({ code, treatment });
    scanUpdate(fromHex('00000000'), 0, 4, scan);
    expect(scan.faults).toEqual([]);
    expect(scan.asPath.start).toBe(-1);
  });

  it.each(['', '0000', '000100', '0001000001', '00000001'])(
    'update-length resets the session: "%s"',
    (hex) => {
      const octets = fromHex(hex);
      expect(() => scanUpdate(octets, 0, octets.length, createUpdateScan())).toThrow(BgpError);
    },
  );

  it('MP attributes that do not hold their own header (RFC 7606 §5.3)', () => {
    for (const hex of ['', '00010104', '0001010400000000']) {
      expect(() => scanMpReach(fromHex(hex), 0, hex.length / 2)).toThrow(BgpError);
    }
    expect(() => scanMpUnreach(fromHex('0001'), 0, 2)).toThrow(BgpError);
  });
});
