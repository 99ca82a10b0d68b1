import { AS_CONFED_SEQUENCE, AS_CONFED_SET, AS_SEQUENCE, type AsPath } from 'pathsec/bgp';
import { asPathFor, createRouterKeys, createSigner, type RouterKeyRange, suite1 } from 'pathsec/bgpsec';
import { describe, expect, it } from 'vitest';
import { keyOf, native } from './world.js';

describe('several router keys under one identifier (RFC 8205 5.2 step 2; D-bgpsec-keys-of-one-ski)', () => {
  const { ski, spki } = keyOf(1);
  const others = [keyOf(2).spki, keyOf(3).spki];
  /** Another SKI with the same first octets. */
  const near = Uint8Array.from(ski, (octet, i) => (i === 19 ? octet ^ 1 : octet));

  it('a withdrawal takes the one that is named, and no other', () => {
    const all: RouterKeyRange[] = [
      { min: 10, max: 20, ski, spki },
      { min: 10, max: 21, ski, spki },
      { min: 9, max: 20, ski, spki },
      { min: 10, max: 20, ski: near, spki },
      ...others.map((other) => ({ min: 10, max: 20, ski, spki: other })),
    ];
    for (const gone of all) {
      const keys = createRouterKeys(all);
      expect(keys.withdraw({ ...gone, max: 22 })).toBe(false);
      expect(keys.withdraw(gone)).toBe(true);
      expect(keys.withdraw(gone)).toBe(false);
      expect(keys.size).toBe(all.length - 1);
      const rest = createRouterKeys(all.filter((one) => one !== gone));
      for (const asn of [8, 9, 10, 20, 21, 22]) {
        for (const one of [ski, near]) expect(keys.lookup(asn, one)).toEqual(rest.lookup(asn, one));
      }
    }
  });

  it('an AS keeps its other identifiers, and an identifier its other ASes', () => {
    const all = [
      { asn: 5, ski, spki },
      { asn: 5, ski: keyOf(2).ski, spki: keyOf(2).spki },
      { asn: 6, ski, spki },
    ];
    const keys = createRouterKeys(all);
    expect(keys.withdraw({ asn: 7, ski, spki })).toBe(false);
    expect(keys.withdraw({ asn: 5, ski: keyOf(3).ski, spki })).toBe(false);
    expect(keys.withdraw({ asn: 5, ski, spki })).toBe(true);
    expect(keys.lookup(5, keyOf(2).ski)).toEqual([keyOf(2).spki]);
    expect(keys.lookup(6, ski)).toEqual([spki]);
    expect(keys.withdraw({ asn: 5, ski: keyOf(2).ski, spki: keyOf(2).spki })).toBe(true);
    expect(keys.announce({ asn: 5, ski, spki })).toBe(true);
    expect(keys.lookup(5, ski)[0]).toBe(keys.lookup(6, ski)[0]);
  });

  it('says which ASNs or which size it refuses', () => {
    expect(() => createRouterKeys([{ min: 1, max: 2 ** 32, ski, spki }])).toThrow(/AS 1\.\.4294967296/);
    expect(() => createRouterKeys([{ min: -1, max: 2, ski, spki }])).toThrow(/AS -1\.\.2/);
    expect(() => createRouterKeys([{ asn: 1, ski: ski.subarray(1), spki }])).toThrow(/20 octets, not 19/);
  });
});

describe('the key of a signer', () => {
  it('is that of the AS and the suite, the first of several', () => {
    const list = [
      { asn: 1, key: keyOf(10) },
      { asn: 2, key: keyOf(11) },
      { asn: 2, key: keyOf(12), suite: 7 },
      { asn: 2, key: keyOf(13) },
    ];
    const { keyOf: found } = createSigner(suite1(native), list);
    expect([found(1, 1), found(2, 1), found(2, 7), found(1, 7), found(3, 1)]).toEqual([
      list[0]?.key,
      list[1]?.key,
      list[2]?.key,
      undefined,
      undefined,
    ]);
  });
});

describe('the AS_PATH towards a neighbour without BGPsec (RFC 8205 4.4)', () => {
  const inside: AsPath = [
    { type: AS_CONFED_SET, asns: [65003] },
    { type: AS_CONFED_SEQUENCE, asns: [65002] },
    { type: AS_SEQUENCE, asns: [2, 1] },
  ];

  it('has no segment of the confederation outside of it (RFC 5065 4.1)', () => {
    expect(asPathFor(inside, 'external', 9)).toEqual([{ type: AS_SEQUENCE, asns: [9, 2, 1] }]);
    expect(asPathFor(inside.slice(0, 2), 'external', 9)).toEqual([{ type: AS_SEQUENCE, asns: [9] }]);
    expect(asPathFor(inside, 'internal', 9)).toEqual(inside);
  });

  it('takes the own AS into the first segment of its type, or into a new one', () => {
    expect(asPathFor(inside, 'confed-external', 65001)).toEqual([
      { type: AS_CONFED_SEQUENCE, asns: [65001] },
      ...inside,
    ]);
    expect(asPathFor(inside.slice(1), 'confed-external', 65001, 2)).toEqual([
      { type: AS_CONFED_SEQUENCE, asns: [65001, 65001, 65002] },
      { type: AS_SEQUENCE, asns: [2, 1] },
    ]);
    expect(asPathFor([], 'external', 9, 0)).toEqual([]);
  });

  it('opens another segment when 255 ASNs are reached (RFC 4271 5.1.2)', () => {
    const full = asPathFor([], 'external', 9, 256);
    expect(full.map(({ asns }) => asns.length)).toEqual([1, 255]);
    expect(full.flatMap(({ asns }) => asns)).toEqual(new Array(256).fill(9));
  });
});
