import fc from 'fast-check';
import { createInternTable, createRouteStore, createSlotArena, type SignatureLayout } from 'pathsec/apvas';
import { toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { seededOctets } from './support.js';

const noise = seededOctets(3)(4096);
let taken = 0;
const random = (length: number): Uint8Array => {
  taken = (taken + 71) % 1024;
  return noise.subarray(taken, taken + length);
};

describe('slot arena', () => {
  it('behaves like a map from slots to octets under any order of puts and frees', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.array(fc.nat({ max: 99 }), { maxLength: 60 }),
        (width, steps) => {
          const arena = createSlotArena(width);
          const model = new Map<number, string>();
          for (const step of steps) {
            if (step < 60 || model.size === 0) {
              const octets = new Uint8Array(width).fill(step);
              const slot = arena.put(octets);
              expect(model.has(slot)).toBe(false);
              model.set(slot, toHex(octets.subarray(0, 4)));
            } else {
              const slot = [...model.keys()][step % model.size] as number;
              arena.free(slot);
              model.delete(slot);
              expect(() => arena.get(slot)).toThrow(RangeError);
              expect(() => arena.free(slot)).toThrow(RangeError);
            }
          }
          expect(arena.size).toBe(model.size);
          for (const [slot, text] of model) expect(toHex(arena.get(slot).subarray(0, 4))).toBe(text);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('refuses another length and returns copies', () => {
    const arena = createSlotArena(3);
    const slot = arena.put(Uint8Array.of(1, 2, 3));
    arena.get(slot).fill(9);
    expect(arena.get(slot)).toEqual(Uint8Array.of(1, 2, 3));
    expect(() => arena.put(Uint8Array.of(1))).toThrow(RangeError);
    expect(() => createSlotArena(0)).toThrow(RangeError);
  });
});

describe('intern table', () => {
  it('gives equal handles to equal octets alone, and keeps the octets', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 3 }), { maxLength: 400 }), (strings) => {
        const table = createInternTable();
        const model = new Map<string, number>();
        for (const octets of strings) {
          const index = table.intern(octets);
          expect(index).toBe(model.get(toHex(octets)) ?? index);
          model.set(toHex(octets), index);
        }
        expect(table.size).toBe(model.size);
        expect(new Set(model.values()).size).toBe(model.size);
        for (const [text, index] of model) expect(toHex(table.get(index))).toBe(text);
        expect(() => table.get(1e9)).toThrow(RangeError);
        expect(() => table.get(-1)).toThrow(RangeError);
      }),
    );
  });
});

describe('route store', () => {
  const layouts: Record<string, { layout: SignatureLayout; lengths: (hops: number) => number[] }> = {
    ecdsa: {
      layout: { count: (hops) => hops, maxOctets: 72, variable: true },
      lengths: (hops) => Array.from({ length: hops }, (_, i) => 70 + (i % 3)),
    },
    aggregate: { layout: { count: () => 1, maxOctets: 48, variable: false }, lengths: () => [48] },
    none: { layout: { count: () => 0, maxOctets: 48, variable: false }, lengths: () => [] },
    'ml-dsa-44': {
      layout: { count: (hops) => hops, maxOctets: 2420, variable: false },
      lengths: (hops) => new Array<number>(hops).fill(2420),
    },
  };

  it.each(Object.entries(layouts))(
    '%s: returns what was put, within 10 % of the payload',
    (_, { layout, lengths }) => {
      const store = createRouteStore(layout);
      const kept = new Map<number, string>();
      const hopsOf = (i: number) => 3 + (i % 3);
      const routes = layout.maxOctets > 1000 ? 600 : 12_000;
      for (let i = 0; i < routes; i++) {
        // Some six routes per path, as in real tables.
        const path = new Uint8Array(26 * hopsOf(i)).fill(7);
        new DataView(path.buffer).setUint32(0, Math.floor(i / 18) + hopsOf(i) * 1e6);
        const signatures = lengths(hopsOf(i)).map((length) => random(length));
        const route = store.put(path, signatures);
        if (i % 197 === 0 && i % 10 !== 9) kept.set(route, [path, ...signatures].map(toHex).join());
        if (i % 10 === 9) store.remove(route);
      }
      for (const [route, text] of kept) {
        const { path, signatures } = store.get(route);
        expect([path, ...signatures].map(toHex).join()).toBe(text);
      }
      expect(kept.size).toBeGreaterThan(1);
      expect(store.size).toBe(routes * 0.9);
      expect(store.allocatedOctets / store.payloadOctets).toBeLessThan(1.1);
    },
  );

  it('refuses strings above 65535 octets', () => {
    expect(() => createInternTable().intern(new Uint8Array(65_536))).toThrow(RangeError);
  });

  it('frees what it removes', () => {
    const store = createRouteStore({ count: () => 1, maxOctets: 48, variable: false });
    const path = new Uint8Array(26);
    const route = store.put(path, [new Uint8Array(48)]);
    expect(store.payloadOctets).toBe(26 + 4 + 48);
    store.remove(route);
    expect([store.size, store.payloadOctets]).toEqual([0, 26]);
    expect(() => store.get(route)).toThrow(RangeError);
    expect(() => store.remove(999)).toThrow(RangeError);
    expect(() => store.put(new Uint8Array(25), [])).toThrow(RangeError);
    expect(() => store.put(path, [new Uint8Array(47)])).toThrow(RangeError);
    expect(() => createRouteStore({ count: () => 1, maxOctets: 256, variable: true })).toThrow(RangeError);
  });
});
