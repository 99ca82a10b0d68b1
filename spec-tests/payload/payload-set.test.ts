import fc from 'fast-check';
import {
  applyDiff,
  createPayloadSet,
  createRouterKeyStore,
  diffPayloads,
  type PayloadSet,
  type RouterKey,
  sortedPayloads,
} from 'pathsec/payload';
import { describe, expect, it } from 'vitest';
import { arbitraryLists, arbitraryVrp, fewAsns, NO_PAYLOADS, nestedPrefix } from './arbitrary-payloads.js';

const key = (asn: number, ski: number, spki: number, expires?: number): RouterKey => ({
  asn,
  ski: new Uint8Array(20).fill(ski),
  spki: Uint8Array.of(spki),
  ...(expires === undefined ? {} : { expires }),
});

describe('RouterKeyStore', () => {
  it('holds keys by (asn, ski, spki)', () => {
    const store = createRouterKeyStore([key(2, 1, 1), key(1, 2, 1), key(1, 1, 2), key(1, 1, 1)]);
    expect(store.announce(key(1, 1, 1))).toBe(false);
    expect(store.size).toBe(4);
    expect([...store.sorted()]).toEqual([key(1, 1, 1), key(1, 1, 2), key(1, 2, 1), key(2, 1, 1)]);
    expect(store.withdraw(key(1, 1, 2))).toBe(true);
    expect(store.withdraw(key(1, 1, 2))).toBe(false);
    expect(store.has(key(1, 1, 1))).toBe(true);
    expect(store.has(key(1, 1, 2))).toBe(false);
    expect(store.generation).toBe(5);
  });

  it('keeps the latest expiry, unknown counting as the latest', () => {
    expect([...createRouterKeyStore([key(1, 1, 1, 9), key(1, 1, 1, 5)])]).toEqual([key(1, 1, 1, 9)]);
    expect([...createRouterKeyStore([key(1, 1, 1, 9), key(1, 1, 1)])]).toEqual([key(1, 1, 1)]);
  });

  it('refuses what is no router key', () => {
    const store = createRouterKeyStore();
    expect(() => store.announce(key(0, 1, 1))).toThrow(RangeError);
    expect(() => store.announce({ ...key(1, 1, 1), ski: new Uint8Array(19) })).toThrow(RangeError);
    expect(() => store.announce({ ...key(1, 1, 1), spki: new Uint8Array(0) })).toThrow(RangeError);
    expect(store.size).toBe(0);
  });
});

describe('diffPayloads and applyDiff', () => {
  const arbitrarySet = arbitraryLists(12, { vrps: arbitraryVrp(nestedPrefix, fewAsns) }).map(
    createPayloadSet,
  );
  const content = (set: PayloadSet): unknown[] => Object.values(sortedPayloads(set)).map((list) => [...list]);

  it('turn one set into the other', () => {
    fc.assert(
      fc.property(arbitrarySet, arbitrarySet, (before, after) => {
        const diff = diffPayloads(before, after);
        const patched = createPayloadSet(before);
        applyDiff(patched, diff);
        expect(content(patched)).toEqual(content(after));
        expect(diffPayloads(patched, after)).toEqual({ announced: NO_PAYLOADS, withdrawn: NO_PAYLOADS });
      }),
    );
  });
});
