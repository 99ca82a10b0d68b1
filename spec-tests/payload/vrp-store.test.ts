import fc from 'fast-check';
import { coversPrefix, formatPrefix, parsePrefix } from 'pathsec/inet';
import { createVrpStore, type Vrp } from 'pathsec/payload';
import { describe, expect, it } from 'vitest';
import { arbitraryVrp, fewAsns, nestedPrefix, notedVrp } from './arbitrary-payloads.js';

const identity = ({ prefix, maxLength, asn }: Vrp): string => `${formatPrefix(prefix)}-${maxLength} AS${asn}`;
const vrp = (prefix: string, maxLength: number, asn: number): Vrp => ({
  prefix: parsePrefix(prefix),
  maxLength,
  asn,
});

describe('VrpStore', () => {
  it('is a set that changes: equal to a Map through any sequence of announcements and withdrawals', () => {
    const change = fc.tuple(fc.boolean(), arbitraryVrp(nestedPrefix, fewAsns));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 120 }), nestedPrefix, (changes, probe) => {
        const store = createVrpStore();
        const model = new Map<string, Vrp>();
        let generation = 0;
        for (const [announce, item] of changes) {
          const key = identity(item);
          const known = model.has(key);
          expect(store.has(item)).toBe(known);
          expect(announce ? store.announce(item) : store.withdraw(item)).toBe(announce !== known);
          if (announce !== known) generation++;
          if (announce) model.set(key, item);
          else model.delete(key);
        }
        expect(store.size).toBe(model.size);
        expect(store.generation).toBe(generation);
        expect([...store].map(identity).sort()).toEqual([...model.keys()].sort());
        expect([...store.sorted()].map(identity).sort()).toEqual([...model.keys()].sort());
        const covering = [...model.values()].filter(({ prefix }) => coversPrefix(prefix, probe));
        expect(store.covering(probe).map(identity).sort()).toEqual(covering.map(identity).sort());
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the VRPs of one prefix apart, whatever is withdrawn first', () => {
    const prefix = parsePrefix('192.0.2.0/24');
    const step = fc.tuple(fc.boolean(), fc.constantFrom(24, 25), fc.constantFrom(1, 2));
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
        const store = createVrpStore();
        const model = new Set<string>();
        for (const [announce, maxLength, asn] of steps) {
          const item = { prefix, maxLength, asn };
          if (announce) store.announce(item);
          else store.withdraw(item);
          if (announce) model.add(identity(item));
          else model.delete(identity(item));
          expect(store.covering(prefix).map(identity).sort()).toEqual([...model].sort());
        }
      }),
      { numRuns: 200 },
    );
  });

  it('gives back everything that is noted about a VRP', () => {
    fc.assert(
      fc.property(fc.uniqueArray(notedVrp, { selector: identity, maxLength: 40 }), (vrps) => {
        const back = new Map([...createVrpStore(vrps)].map((item) => [identity(item), item]));
        expect(back.size).toBe(vrps.length);
        for (const item of vrps) expect(back.get(identity(item))).toEqual(item);
      }),
    );
  });

  it('is the same made of all at once and by announcing each, with what comes again, and changes alike', () => {
    const noted = fc
      .tuple(
        arbitraryVrp(nestedPrefix, fewAsns),
        fc.option(fc.nat({ max: 3 }), { nil: undefined }),
        fc.constantFrom(undefined, 'a', 'b'),
      )
      .map(([one, expires, ta]) => ({
        ...one,
        ...(expires !== undefined && { expires }),
        ...(ta !== undefined && { ta }),
      }));
    const list = fc.array(noted, { maxLength: 40 });
    const changes = fc.array(fc.tuple(fc.boolean(), noted), { maxLength: 40 });
    fc.assert(
      fc.property(list, fc.boolean(), changes, nestedPrefix, (vrps, ascends, later, prefix) => {
        // Those that ascend are told apart from others, and not looked for.
        const given = ascends ? [...createVrpStore(vrps).sorted()] : vrps;
        const made = createVrpStore(given, { seed: 5 });
        const announced = createVrpStore([], { seed: 5 });
        for (const one of given) announced.announce(one);
        const same = (): void => {
          expect([...made.sorted()]).toEqual([...announced.sorted()]);
          expect(made.covering(prefix)).toEqual(announced.covering(prefix));
          expect([made.size, made.generation]).toEqual([announced.size, announced.generation]);
        };
        same();
        for (const [announce, one] of later) {
          if (announce) expect(made.announce(one)).toBe(announced.announce(one));
          else expect(made.withdraw(one)).toBe(announced.withdraw(one));
        }
        same();
      }),
      { numRuns: 300 },
    );
  });

  it('gives back the room of what came several times', () => {
    const some = Array.from({ length: 100 }, (_, i) => vrp('2001:db8::/32', 32 + (i % 90), i));
    const once = createVrpStore(some).bytes;
    const often = createVrpStore(Array.from({ length: 200 }, () => some).flat());
    expect(often.size).toBe(100);
    expect(often.bytes).toBeLessThan(4 * once);
  });

  it('does not depend on the order of duplicates with different notes', () => {
    const base = vrp('192.0.2.0/24', 24, 64496);
    const variants: Vrp[] = [
      { ...base, expires: 5, ta: 'a' },
      { ...base, expires: 9, ta: 'c' },
      { ...base, expires: 9, ta: 'b' },
      { ...base, expires: 9 },
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(variants, { minLength: 4 }), (order) => {
        expect([...createVrpStore(order)]).toEqual([{ ...base, expires: 9, ta: 'b' }]);
      }),
    );
    expect([...createVrpStore([...variants, base])]).toEqual([base]);
  });

  it('sorts by family, address, length, maxLength, ASN', () => {
    const sorted = [
      vrp('10.0.0.0/8', 8, 3),
      vrp('10.0.0.0/8', 9, 1),
      vrp('10.0.0.0/8', 9, 4294967295),
      vrp('10.0.0.0/16', 16, 0),
      vrp('192.0.2.0/24', 24, 1),
      vrp('::/0', 0, 1),
      vrp('2001:db8::/32', 32, 1),
      vrp('ffff::/16', 128, 1),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(sorted, { minLength: sorted.length }), (order) => {
        expect([...createVrpStore(order).sorted()].map(identity)).toEqual(sorted.map(identity));
      }),
    );
  });

  it('refuses impossible VRPs', () => {
    const store = createVrpStore();
    expect(() => store.announce(vrp('192.0.2.0/24', 23, 1))).toThrow(RangeError);
    expect(() => store.announce(vrp('192.0.2.0/24', 33, 1))).toThrow(RangeError);
    expect(() => store.announce(vrp('192.0.2.0/24', 24, 2 ** 32))).toThrow(RangeError);
    expect(() => store.announce(vrp('192.0.2.0/24', 24, -1))).toThrow(RangeError);
    expect(store.size).toBe(0);
  });

  it('stays below 64 octets per VRP and does not grow when the same VRPs come and go', () => {
    const many = Array.from({ length: 50_000 }, (_, i): Vrp => {
      const octets = Uint8Array.of(10, i >> 16, (i >> 8) & 255, i & 255);
      return { prefix: { afi: 1, octets, length: 32 }, maxLength: 32, asn: 1 };
    });
    const store = createVrpStore(many);
    const { bytes } = store;
    expect(bytes / many.length).toBeLessThan(64);
    for (let round = 0; round < 3; round++) {
      for (const item of many) store.withdraw(item);
      expect(store.size).toBe(0);
      for (const item of many) store.announce(item);
    }
    expect(store.bytes).toBe(bytes);
    expect(store.size).toBe(many.length);
  });

  it('takes 200,000 VRPs on one prefix', () => {
    const prefix = parsePrefix('0.0.0.0/0');
    const store = createVrpStore();
    for (let asn = 0; asn < 200_000; asn++) store.announce({ prefix, maxLength: 0, asn });
    for (let asn = 0; asn < 200_000; asn += 2) store.withdraw({ prefix, maxLength: 0, asn });
    expect(store.size).toBe(100_000);
    expect(store.has({ prefix, maxLength: 0, asn: 199_999 })).toBe(true);
    expect(store.has({ prefix, maxLength: 0, asn: 2 })).toBe(false);
  });
});
