import fc from 'fast-check';
import { SeededHash } from 'pathsec/tables';
import { describe, expect, it } from 'vitest';
import { AsnPlaces, NO_PLACE } from '../../src/live/asn-places.js';

const asn = fc.oneof(fc.constantFrom(0, 1, 0x8000_0000, 0xffff_ffff), fc.nat({ max: 0xffff_ffff }));
const place = fc.nat({ max: NO_PLACE - 1 });

describe('places of ASNs', () => {
  it('are those of a map, under any seed, however many there are', () => {
    const steps = fc.array(fc.tuple(asn, place), { maxLength: 200, size: 'max' });
    fc.assert(
      fc.property(steps, fc.nat(), fc.boolean(), (given, seed, again) => {
        const places = new AsnPlaces(new SeededHash(seed));
        const model = new Map<number, number>();
        for (const [key, value] of given) {
          expect(places.exchange(key, value)).toBe(model.get(key) ?? NO_PLACE);
          model.set(key, value);
        }
        for (const [key, value] of model) expect(places.get(key)).toBe(value);
        expect(places.get(4_200_000_000)).toBe(model.get(4_200_000_000) ?? NO_PLACE);
        if (!again) return;
        places.clear();
        for (const [key, value] of model) {
          expect(places.get(key)).toBe(NO_PLACE);
          expect(places.exchange(key, value)).toBe(NO_PLACE);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('take at most 32 octets an ASN', () => {
    const places = new AsnPlaces(new SeededHash(1));
    for (let i = 1; i <= 100_000; i++) {
      places.exchange(i * 4096, i);
      if (i % 1_000 === 0) expect(places.bytes).toBeLessThanOrEqual(32 * i);
    }
    for (let i = 1; i <= 100_000; i++) if (places.get(i * 4096) !== i) expect.fail(`AS ${i * 4096}`);
  });
});
