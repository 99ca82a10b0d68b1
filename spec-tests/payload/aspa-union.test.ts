import fc from 'fast-check';
import { type AspaPayload, createAspaStore, unionAspas } from 'pathsec/payload';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { arbitraryAsn } from '../support.js';
import { arbitraryAspa } from './arbitrary-payloads.js';

const aspa = (customer: number, ...providers: number[]): AspaPayload => ({ customer, providers });

describe('unionAspas (verification -28 §5.3, profile -29 §5.2)', () => {
  it('is the ordered union of the providers', () => {
    requirement('aspa-profile:5.2:union');
    expect(unionAspas([aspa(1, 9, 3, 9), aspa(1, 4294967295, 3)])).toEqual(aspa(1, 3, 9, 4294967295));
  });

  it('drops 0 beside other providers and keeps it alone', () => {
    requirement('aspa-profile:5.2:as0-removed', '!aspa-profile:5.2:as0-only');
    expect(unionAspas([aspa(1, 0), aspa(1, 5)])).toEqual(aspa(1, 5));
    expect(unionAspas([aspa(1, 0, 5)])).toEqual(aspa(1, 5));
    expect(unionAspas([aspa(1, 0), aspa(1, 0, 0)])).toEqual(aspa(1, 0));
  });

  it('drops the customer itself; alone it leaves a customer without providers', () => {
    expect(unionAspas([aspa(1, 1, 2)])).toEqual(aspa(1, 2));
    expect(unionAspas([aspa(1, 1)])).toEqual(aspa(1, 0));
  });

  it('keeps a family limit only where every mention has it', () => {
    const limited = (afi: 1 | 2, ...providers: number[]): AspaPayload => ({
      ...aspa(1, ...providers),
      afiLimits: new Map(providers.map((provider) => [provider, afi])),
    });
    expect(unionAspas([limited(1, 5, 6, 7), limited(2, 6), aspa(1, 7)])).toEqual({
      ...aspa(1, 5, 6, 7),
      afiLimits: new Map([[5, 1]]),
    });
    expect(unionAspas([aspa(1, 7), limited(1, 7)])).toEqual(aspa(1, 7));
  });

  it('expires with its first part; a part that does not say never ends', () => {
    const parts = [
      { ...aspa(1, 2), expires: 10, ta: 'b' },
      { ...aspa(1, 3), expires: 20, ta: 'a' },
    ];
    expect(unionAspas(parts)).toEqual({ ...aspa(1, 2, 3), expires: 10, ta: 'a' });
    expect(unionAspas([...parts, aspa(1, 4)])).toEqual({ ...aspa(1, 2, 3, 4), expires: 10, ta: 'a' });
    expect(unionAspas([aspa(1, 2), aspa(1, 4)])).toEqual(aspa(1, 2, 4));
  });

  it('never outlives a part, however the parts are grouped', () => {
    const parts = fc.array(
      fc.record(
        {
          customer: fc.constant(1),
          providers: fc.array(arbitraryAsn, { minLength: 1, maxLength: 4 }),
          expires: fc.nat(100),
        },
        { requiredKeys: ['customer', 'providers'] },
      ),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(parts, fc.nat(5), (all, cut) => {
        const ends = all.flatMap(({ expires }) => expires ?? []);
        const union = unionAspas(all);
        expect(union.expires).toBe(ends.length > 0 ? Math.min(...ends) : undefined);
        const [one, two] = [all.slice(0, cut), all.slice(cut)];
        const grouped = [one, two].flatMap((group) => (group.length > 0 ? unionAspas(group) : []));
        expect(unionAspas(grouped)).toEqual(union);
      }),
    );
  });

  it('needs parts of one customer', () => {
    expect(() => unionAspas([])).toThrow(RangeError);
    expect(() => unionAspas([aspa(1, 2), aspa(2, 3)])).toThrow(RangeError);
  });
});

describe('AspaStore', () => {
  it('unites in any order and grouping to the same set', () => {
    requirement('aspa-28:5.3:uspas-union');
    fc.assert(
      fc.property(
        fc.array(arbitraryAspa, { maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        (aspas, random) => {
          const shuffled = [...aspas].sort(() => ((random.next().value as number) % 3) - 1);
          const store = createAspaStore(aspas);
          expect([...createAspaStore(shuffled).sorted()]).toEqual([...store.sorted()]);
          for (const { customer, providers } of store) {
            const all = aspas.filter((one) => one.customer === customer).flatMap((one) => one.providers);
            const named = [...new Set(all)].filter((asn) => asn !== 0 && asn !== customer);
            expect(providers).toEqual(named.length > 0 ? named.sort((a, b) => a - b) : [0]);
          }
        },
      ),
    );
  });

  it('replaces on announce, removes on withdraw, and counts changes only', () => {
    const store = createAspaStore([aspa(1, 2), aspa(1, 3)]);
    const start = store.generation;
    expect(store.announce(aspa(1, 3, 2))).toBe(false);
    expect(store.generation).toBe(start);
    expect(store.announce(aspa(1, 4))).toBe(true);
    expect(store.get(1)).toEqual(aspa(1, 4));
    store.unite([aspa(1, 5)]);
    store.unite([aspa(1, 5), aspa(1, 4)]);
    expect(store.get(1)).toEqual(aspa(1, 4, 5));
    expect(store.withdraw(1)).toBe(true);
    expect(store.withdraw(1)).toBe(false);
    expect(store.generation).toBe(start + 3);
    expect(store.size).toBe(0);
  });

  it('refuses what is no ASPA', () => {
    const store = createAspaStore();
    expect(() => store.announce(aspa(0, 1))).toThrow(RangeError);
    expect(() => store.unite([aspa(1)])).toThrow(RangeError);
    expect(() => store.unite([aspa(1, -1)])).toThrow(RangeError);
    expect(() => store.unite([aspa(2 ** 32, 1)])).toThrow(RangeError);
    expect(store.size).toBe(0);
  });
});
