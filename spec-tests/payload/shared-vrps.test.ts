import fc from 'fast-check';
import { parsePrefix } from 'pathsec/inet';
import { createVrpStore, openVrpStore } from 'pathsec/payload';
import { validateOrigin } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';

const vrp = fc.record({
  prefix: fc
    .constantFrom('10.0.0.0/8', '10.1.0.0/16', '0.0.0.0/0', '2001:db8::/32', '2001:db8:1::/48')
    .map((text) => parsePrefix(text)),
  maxLength: fc.integer({ min: 48, max: 128 }),
  asn: fc.constantFrom(0, 1, 4_294_967_295),
});

describe('VRPs in memory that threads share', () => {
  it('are those of the store as it was', () => {
    fc.assert(
      fc.property(
        fc.array(vrp, { maxLength: 40 }),
        fc.array(vrp, { maxLength: 9 }),
        fc.nat(9),
        (list, gone, seed) => {
          const fitting = (one: (typeof list)[number]) => ({
            ...one,
            maxLength: Math.min(one.maxLength, 8 * one.prefix.octets.length),
          });
          const store = createVrpStore(list.map(fitting), { seed });
          for (const one of gone.map(fitting)) store.withdraw(one);
          const shared = structuredClone(store.share());
          const expected = [...store.sorted()];
          const opened = openVrpStore(shared);
          store.announce({ prefix: parsePrefix('192.0.2.0/24'), maxLength: 24, asn: 7 });
          expect([...opened.sorted()]).toEqual(expected);
          expect(opened.size).toBe(expected.length);
          for (const text of ['10.1.2.0/24', '11.0.0.0/8', '2001:db8:1:2::/64', '2001:db9::/32']) {
            const prefix = parsePrefix(text);
            expect(opened.covering(prefix)).toEqual(store.covering(prefix));
            for (const asn of [0, 1, 2, undefined])
              expect(validateOrigin(opened, prefix, asn)).toBe(validateOrigin(store, prefix, asn));
          }
          for (const one of expected) expect(opened.has(one)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('do not change', () => {
    const one = { prefix: parsePrefix('192.0.2.0/24'), maxLength: 24, asn: 7 };
    const shared = createVrpStore([one]).share();
    expect(shared.families.every(({ cells }) => cells.buffer instanceof SharedArrayBuffer)).toBe(true);
    const opened = openVrpStore(shared);
    expect(() => opened.announce({ ...one, asn: 8 })).toThrow(TypeError);
    expect(() => opened.withdraw(one)).toThrow(TypeError);
    expect(opened.has(one)).toBe(true);
  });
});
