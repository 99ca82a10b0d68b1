import fc from 'fast-check';
import { type AsraPayload, createAsraStore, unionAsras } from 'pathsec/payload';
import { describe, expect, it } from 'vitest';
import { arbitraryAsra } from './arbitrary-payloads.js';

const asra = (asn: number, subcategory: 1 | 2 | 3, ...neighbors: number[]): AsraPayload => ({
  asn,
  subcategory,
  neighbors,
});

describe('unionAsras (asra-verification §3)', () => {
  it('is the ordered union of the neighbours, 0 only where it stands alone, without the signer', () => {
    expect(unionAsras([asra(1, 3, 9, 3, 9), asra(1, 3, 4294967295, 0, 1)])).toEqual(
      asra(1, 3, 3, 9, 4294967295),
    );
    expect(unionAsras([asra(1, 1, 0), asra(1, 1, 0, 1)])).toEqual(asra(1, 1, 0));
  });

  it('expires with its first part (D-aspa-union-expiry)', () => {
    const parts = [
      { ...asra(1, 3, 2), expires: 20, ta: 'b' },
      { ...asra(1, 3, 3), expires: 10, ta: 'a' },
      asra(1, 3, 4),
    ];
    expect(unionAsras(parts)).toEqual({ ...asra(1, 3, 2, 3, 4), expires: 10, ta: 'a' });
  });

  it('refuses parts of several signers or subcategories, and none', () => {
    expect(() => unionAsras([])).toThrow(RangeError);
    expect(() => unionAsras([asra(1, 3, 2), asra(1, 2, 2)])).toThrow(RangeError);
    expect(() => unionAsras([asra(1, 3, 2), asra(2, 3, 2)])).toThrow(RangeError);
    expect(() => unionAsras(1 as unknown as AsraPayload[])).toThrow(TypeError);
    expect(() => unionAsras([{ asn: 1, subcategory: 3 } as AsraPayload])).toThrow(TypeError);
  });
});

describe('createAsraStore', () => {
  it('keeps one payload for each signer and subcategory, in their order', () => {
    const store = createAsraStore([asra(2, 1, 5), asra(1, 3, 7), asra(1, 1, 6), asra(2, 1, 4)]);
    expect([...store.sorted()]).toEqual([asra(1, 1, 6), asra(1, 3, 7), asra(2, 1, 4, 5)]);
    expect(store.withdraw({ asn: 1, subcategory: 3 })).toBe(true);
    expect(store.has({ asn: 1, subcategory: 3 })).toBe(false);
    expect(store.announce(asra(2, 1, 9))).toBe(true);
    expect(store.get({ asn: 2, subcategory: 1 })).toEqual(asra(2, 1, 9));
    expect(store.announce(asra(2, 1, 9, 9))).toBe(false);
    expect([store.holds(asra(2, 1, 9)), store.holds(asra(2, 1, 8)), store.size]).toEqual([true, false, 2]);
  });

  it('refuses what is no payload', () => {
    const announce = (value: object) => () => createAsraStore().announce(value as AsraPayload);
    expect(announce(asra(0, 3, 1))).toThrow(RangeError);
    expect(announce(asra(1, 4 as 3, 1))).toThrow(RangeError);
    expect(announce(asra(1, 3))).toThrow(RangeError);
    expect(announce(asra(1, 3, 2 ** 32))).toThrow(RangeError);
    expect(announce({ asn: 1, subcategory: 3, neighbors: 2 })).toThrow(TypeError);
    expect(() => createAsraStore().withdraw(1 as never)).toThrow(TypeError);
  });

  it('is the same however payloads are put together and whatever the seed', () => {
    fc.assert(
      fc.property(fc.array(arbitraryAsra, { maxLength: 12 }), fc.nat(), fc.nat(), (payloads, at, seed) => {
        const cut = payloads.length === 0 ? 0 : at % payloads.length;
        const store = createAsraStore(payloads.slice(cut), { seed });
        store.unite(payloads.slice(0, cut));
        expect([...store.sorted()]).toEqual([...createAsraStore(payloads).sorted()]);
      }),
    );
  });
});
