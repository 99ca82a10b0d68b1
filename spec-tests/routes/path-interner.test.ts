import fc from 'fast-check';
import { BgpError, decodeAsPath, encodeAsPath, parseAsPath } from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import { expect, it } from 'vitest';
import { createPathInterner } from '../../src/routes/path-interner.js';
import { arbitraryAsn } from '../support.js';

const octetsOf = (text: string, size: 2 | 4 = 4) => encodeAsPath(parseAsPath(text), size);

it('property: equal octets give one object, which is what decodeAsPath gives, however few are kept', () => {
  const path = fc.array(fc.oneof(arbitraryAsn, fc.integer({ min: 0, max: 3 })), { maxLength: 3 });
  fc.assert(
    fc.property(fc.array(path, { maxLength: 200 }), fc.integer({ min: 1, max: 300 }), (paths, most) => {
      const intern = createPathInterner(most);
      for (const asns of paths) {
        const octets = octetsOf(asns.join(' '));
        const found = intern(octets, 0, octets.length, 4);
        expect(found).toEqual(decodeAsPath(octets, 4));
        expect(intern(octets, 0, octets.length, 4)).toBe(found);
      }
    }),
    { numRuns: 40 },
  );
});

it('keeps the sizes of AS numbers apart, and many paths at once', () => {
  const intern = createPathInterner();
  const octets = fromHex('0202fbf0fbf10101fbf2'); // a path by either size
  expect(intern(octets, 0, 10, 2)).toEqual(parseAsPath('64496 64497 {64498}'));
  expect(intern(octets, 0, 10, 4)).toEqual(parseAsPath('4226874353 16907250'));
  const all = Array.from({ length: 5000 }, (_, i) => octetsOf(`64496 ${i}`));
  const first = all.map((path) => intern(path, 0, path.length, 4));
  expect(new Set(first).size).toBe(5000);
  expect(all.every((path, i) => intern(path, 0, path.length, 4) === first[i])).toBe(true);
});

it('starts anew when full: the object differs, the path does not', () => {
  const intern = createPathInterner(2);
  const [a, b, c] = ['1', '2', '3'].map((text) => octetsOf(text)) as [Uint8Array, Uint8Array, Uint8Array];
  const first = intern(a, 0, a.length, 4);
  intern(b, 0, b.length, 4);
  expect(intern(a, 0, a.length, 4)).toBe(first);
  intern(c, 0, c.length, 4);
  expect(intern(a, 0, a.length, 4)).not.toBe(first);
  expect(intern(a, 0, a.length, 4)).toEqual(first);
});

it('a malformed value throws every time', () => {
  const intern = createPathInterner();
  for (let i = 0; i < 2; i++) expect(() => intern(fromHex('0201'), 0, 2, 4)).toThrow(BgpError);
});
