import fc from 'fast-check';
import { distinctAsns } from 'pathsec/inet';
import { createNumberMap, createSlotTable, doubled, probesOf, SeededHash, WordLists } from 'pathsec/tables';
import { describe, expect, it } from 'vitest';
import { RangeIndex } from '../../src/bgpsec/range-index.js';

describe('NumberMap', () => {
  it('property: does what a Map does, under every seed, in an order that no seed changes', () => {
    const key = fc.oneof(
      fc.nat(20),
      fc.nat(20).map((n) => n * 2 ** 32 + 5),
      fc.maxSafeNat(),
    );
    const step = fc.tuple(fc.constantFrom('set', 'delete', 'get'), key, fc.nat());
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.maxSafeNat(), (steps, seed) => {
        const maps = [
          createNumberMap<number>(new SeededHash(seed)),
          createNumberMap<number>(new SeededHash(1)),
        ];
        const model = new Map<number, number>();
        for (const [what, at, value] of steps) {
          for (const map of maps) {
            if (what === 'set') map.set(at, value);
            else if (what === 'delete') expect(map.delete(at)).toBe(model.has(at));
            expect(map.has(at)).toBe(what === 'set' || (what === 'get' && model.has(at)));
          }
          if (what === 'set') model.set(at, value);
          else if (what === 'delete') model.delete(at);
          for (const map of maps) expect([map.get(at), map.size]).toEqual([model.get(at), model.size]);
        }
        expect([...(maps[0] ?? [])]).toEqual([...(maps[1] ?? [])]);
        expect(new Map(maps[0])).toEqual(model);
        expect([...(maps[0]?.keys() ?? [])].length).toBe(model.size);
      }),
      { numRuns: 60 },
    );
  });

  it('is empty after clear, and counts its probes', () => {
    const map = createNumberMap<string>(new SeededHash(3));
    expect(map.probes).toBe(0);
    for (let i = 0; i < 1000; i++) map.set(i, `${i}`);
    expect(map.probes).toBeGreaterThanOrEqual(1000);
    expect([...map.values()]).toHaveLength(1000);
    map.clear();
    expect([map.size, map.has(5), map.probes]).toEqual([0, false, 0]);
  });
});

describe('WordLists', () => {
  it('property: equal lists have one number, which leads back to the list', () => {
    const list = fc.array(fc.oneof(fc.nat(3), fc.integer({ min: 0, max: 0xffff_ffff })), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(list, { maxLength: 300 }), fc.maxSafeNat(), (all, seed) => {
        const lists = new WordLists(new SeededHash(seed));
        const numbers = new Map<string, number>();
        for (const [i, words] of all.entries()) {
          const padded = Uint32Array.of(9, ...words, 9);
          const index = lists.add(padded, 1, words.length);
          expect(index).toBe(numbers.get(words.join()) ?? lists.size - 1);
          numbers.set(words.join(), index);
          if (i % 50 === 0) lists.addNameless();
        }
        for (const words of all) {
          const index = numbers.get(words.join()) as number;
          expect([...lists.words.subarray(lists.start(index), lists.end(index))]).toEqual(words);
        }
        expect(lists.probes).toBeGreaterThanOrEqual(numbers.size);
      }),
      { numRuns: 40 },
    );
  });

  it('a list without a name looks empty and is never found', () => {
    const lists = new WordLists(new SeededHash());
    const nameless = lists.addNameless();
    expect(lists.add(new Uint32Array(0), 0, 0)).not.toBe(nameless);
    expect(lists.start(nameless)).toBe(lists.end(nameless));
    expect(lists.size).toBe(2);
  });
});

describe('smaller pieces', () => {
  it('doubled keeps what fits and doubles as often as asked', () => {
    const array = Uint32Array.of(1, 2);
    expect(doubled(array, 2)).toBe(array);
    expect([...doubled(array, 5)]).toEqual([1, 2, 0, 0, 0, 0, 0, 0]);
    expect(probesOf(createSlotTable(), () => 0)).toBe(0);
  });

  it('property: distinctAsns is a Set, in its order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(40), fc.nat()), { maxLength: 200 }), (asns) => {
        expect(distinctAsns(asns)).toEqual([...new Set(asns)]);
      }),
    );
  });

  it('property: a range index finds the ranges that contain a number, and no others', () => {
    const range = fc.tuple(fc.nat(60), fc.nat(30)).map(([min, size]) => ({ min, max: min + size }));
    fc.assert(
      fc.property(
        fc.array(range, { maxLength: 60 }),
        fc.array(fc.nat(100), { maxLength: 20 }),
        (ranges, asked) => {
          const index = new RangeIndex<{ min: number; max: number }>();
          for (const one of ranges) index.add(one);
          let left = [...ranges];
          for (const [i, asn] of asked.entries()) {
            const found = new Set<object>();
            index.containing(asn, (one) => found.add(one));
            expect(found).toEqual(new Set(left.filter(({ min, max }) => min <= asn && asn <= max)));
            const gone = left[i];
            if (gone) index.remove(gone);
            left = left.filter((one) => one !== gone);
            expect(index.size).toBe(left.length);
          }
        },
      ),
    );
  });
});
