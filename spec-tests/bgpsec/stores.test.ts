import fc from 'fast-check';
import { createRouterKeys, createSignedRouteStore, type StoredRoute } from 'pathsec/bgpsec';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { arbitraryAsn } from '../support.js';
import { arbitraryAnnounced, arbitraryRecipe, cook } from './arbitraries.js';
import { announced, keyOf, pathOf } from './world.js';

const octet = fc.nat({ max: 255 });
const arbitraryStored: fc.Arbitrary<StoredRoute> = fc
  .tuple(
    arbitraryAnnounced,
    fc.array(
      fc.record({
        pCount: octet,
        flags: octet,
        asn: arbitraryAsn,
        ski: fc.constantFrom(keyOf(1).ski, keyOf(2).ski),
        signature: fc.uint8Array({ maxLength: 80 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([prefix, hops]) => ({
    announced: prefix,
    path: {
      segments: hops.map(({ pCount, flags, asn }) => ({ pCount, flags, asn })),
      blocks: [{ suite: 1, signatures: hops.map(({ ski, signature }) => ({ ski, signature })) }],
    },
  }));

describe('packed store of signed routes', () => {
  it('gives back every octet, whatever is added and removed', () => {
    const signed = arbitraryRecipe.map((recipe) => ({
      announced: recipe.announced,
      path: cook(recipe, 64500),
    }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(arbitraryStored, signed), fc.boolean()), { maxLength: 20 }),
        (steps) => {
          const store = createSignedRouteStore();
          const held = new Map<number, StoredRoute>();
          for (const [route, remove] of steps) {
            const [oldest] = held.keys();
            if (remove && oldest !== undefined) {
              expect(store.remove(oldest)).toBe(true);
              held.delete(oldest);
              expect(store.get(oldest)).toBeUndefined();
            }
            const handle = store.add(route);
            expect(held.has(handle)).toBe(false);
            held.set(handle, route);
          }
          expect(store.size).toBe(held.size);
          for (const [handle, route] of held) expect(store.get(handle)).toEqual(route);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('takes less than the wire, and gives back the space of removed routes', () => {
    const store = createSignedRouteStore();
    const path = pathOf([64496, 64499, 64500, 64501], 64505);
    const handles = Array.from({ length: 8000 }, () => store.add({ announced, path }));
    const { packed, wire, allocated, routes } = store.memory();
    expect(routes).toBe(8000);
    expect(packed).toBeLessThan(0.8 * wire);
    expect(allocated).toBeLessThan(wire);
    for (const handle of handles.slice(100)) store.remove(handle);
    expect(store.memory().allocated).toBeLessThan(0.5 * allocated);
    expect(store.get(handles[50] ?? -1)).toEqual({ announced, path });
    expect([store.remove(7999), store.get(-1), store.get(1e9)]).toEqual([false, undefined, undefined]);
  });
});

describe('router keys', () => {
  const { ski, spki } = keyOf(1);
  it('are found by AS and SKI, added once and withdrawn once', () => {
    requirement('rfc8205:5.2:step-2-key-lookup');
    const keys = createRouterKeys();
    expect([keys.announce({ asn: 5, ski, spki }), keys.announce({ asn: 5, ski, spki })]).toEqual([
      true,
      false,
    ]);
    expect(keys.announce({ asn: 6, ski, spki })).toBe(true);
    expect(keys.lookup(5, ski)).toEqual([spki]);
    // One key under many ASes is one array: it is imported once.
    expect(keys.lookup(5, ski)[0]).toBe(keys.lookup(6, ski)[0]);
    expect([keys.lookup(7, ski), keys.lookup(5, keyOf(2).ski), keys.lookup(0, ski)]).toEqual([[], [], []]);
    expect(keys.withdraw({ asn: 5, ski, spki: keyOf(2).spki })).toBe(false);
    expect([keys.withdraw({ asn: 5, ski, spki }), keys.withdraw({ asn: 5, ski, spki })]).toEqual([
      true,
      false,
    ]);
    expect([keys.size, keys.generation, keys.lookup(5, ski)]).toEqual([1, 3, []]);
    keys.announce({ asn: 6, ski: keyOf(2).ski, spki });
    expect(keys.foreignSkis).toBe(1);
    keys.withdraw({ asn: 6, ski: keyOf(2).ski, spki });
    expect(keys.foreignSkis).toBe(0);
  });
  it('ranges stay ranges (D-bgpsec-key-ranges)', () => {
    const keys = createRouterKeys([{ min: 3000, max: 0xffff_ffff, ski, spki }]);
    expect(keys.size).toBe(1);
    const found = [2999, 3000, 9001, 0xffff_ffff].map((asn) => keys.lookup(asn, ski).length);
    expect(found).toEqual([0, 1, 1, 1]);
    keys.announce({ asn: 4000, ski, spki: keyOf(2).spki });
    expect(keys.lookup(4000, ski)).toHaveLength(2);
    expect(keys.withdraw({ min: 3000, max: 0xffff_ffff, ski, spki })).toBe(true);
    expect(keys.lookup(4000, ski)).toEqual([keyOf(2).spki]);
  });
  it('do not change with the octets they were made from', () => {
    const mine = { asn: 5, ski: ski.slice(), spki: spki.slice() };
    const keys = createRouterKeys([mine]);
    mine.ski.fill(0);
    mine.spki.fill(0);
    expect(keys.lookup(5, ski)).toEqual([spki]);
  });
  it('refuse AS 0, reversed ranges and other SKI sizes', () => {
    requirement('!rfc8205:6.2:ski-longer', '!rfc8205:6.2:ski-shorter');
    expect(() => createRouterKeys([{ asn: 0, ski, spki }])).toThrow(RangeError);
    expect(() => createRouterKeys([{ min: 2, max: 1, ski, spki }])).toThrow(RangeError);
    expect(() => createRouterKeys([{ asn: 1, ski: ski.subarray(1), spki }])).toThrow(RangeError);
  });
});
