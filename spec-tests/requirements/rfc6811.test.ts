import fc from 'fast-check';
import { parsePrefix } from 'pathsec/inet';
import type { Vrp } from 'pathsec/payload';
import { affectedPrefixes, createRovTable, explainOrigin, literalOrigin, validateOrigin } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { arbitraryVrp, fewAsns, nestedPrefix } from '../payload/arbitrary-payloads.js';

const vrp = (prefix: string, maxLength: number, asn: number): Vrp => ({
  prefix: parsePrefix(prefix),
  maxLength,
  asn,
});

/** The state by both readings; they have to agree. */
function state(vrps: readonly Vrp[], route: string, origin: number | undefined): string {
  const prefix = parsePrefix(route);
  const fast = validateOrigin(createRovTable(vrps), prefix, origin);
  expect(literalOrigin(vrps, prefix, origin).validity).toBe(fast);
  return fast;
}

describe('RFC 6811 §2: Covered', () => {
  const one = [vrp('10.16.0.0/12', 12, 1)];

  it('by a VRP of the same prefix or a shorter one', () => {
    requirement('rfc6811:2:covered-length', 'rfc6811:2:covered-bits');
    expect(state(one, '10.16.0.0/12', 2)).toBe('invalid');
    expect(state(one, '10.31.255.0/24', 2)).toBe('invalid');
    expect(state([vrp('0.0.0.0/0', 0, 1)], '10.16.0.0/12', 2)).toBe('invalid');
  });

  it('not by a VRP whose prefix is longer than that of the route', () => {
    requirement('!rfc6811:2:covered-length', '!rfc6811:2.1:covered-not-matched');
    expect(state(one, '10.0.0.0/11', 1)).toBe('not-found');
    expect(state([vrp('10.16.0.0/13', 13, 1)], '10.16.0.0/12', 1)).toBe('not-found');
  });

  it('not by a VRP that differs in any bit of its length, also in the last one', () => {
    requirement('!rfc6811:2:covered-bits');
    expect(state(one, '10.32.0.0/12', 1)).toBe('not-found');
    expect(state(one, '10.0.0.0/12', 1)).toBe('not-found');
    expect(state(one, '138.16.0.0/12', 1)).toBe('not-found');
    expect(state([vrp('2001:db8::/128', 128, 1)], '2001:db8::1/128', 1)).toBe('not-found');
  });

  it('not by a VRP of the other family', () => {
    requirement('!rfc6811:2:covered-bits');
    expect(state([vrp('::/0', 128, 1)], '0.0.0.0/0', 1)).toBe('not-found');
    expect(state([vrp('0.0.0.0/0', 32, 1)], '::/0', 1)).toBe('not-found');
  });
});

describe('RFC 6811 §2: Matched', () => {
  it('up to the maximum length, that length included', () => {
    requirement('rfc6811:2:matched-max-length');
    const one = [vrp('10.0.0.0/8', 20, 1)];
    expect(['/8', '/19', '/20'].map((length) => state(one, `10.0.0.0${length}`, 1))).toEqual(
      Array(3).fill('valid'),
    );
  });

  it('not beyond the maximum length, though the AS is right', () => {
    requirement('!rfc6811:2:matched-max-length', 'rfc6811:2.1:covered-not-matched');
    expect(state([vrp('10.0.0.0/8', 20, 1)], '10.0.0.0/21', 1)).toBe('invalid');
    expect(state([vrp('10.0.0.0/8', 8, 1)], '10.0.0.0/9', 1)).toBe('invalid');
  });

  it('not by another AS, though prefix and length are right', () => {
    requirement('!rfc6811:2:matched-asn', 'rfc6811:2.1:covered-not-matched');
    expect(state([vrp('10.0.0.0/8', 8, 1)], '10.0.0.0/8', 2)).toBe('invalid');
  });

  it('not by the AS of one VRP and the length of another', () => {
    requirement('!rfc6811:2:matched-max-length', '!rfc6811:2.1:match');
    expect(state([vrp('10.0.0.0/8', 8, 1), vrp('10.0.0.0/8', 24, 2)], '10.0.0.0/24', 1)).toBe('invalid');
  });

  it('not by a VRP that does not Cover, whatever its AS', () => {
    requirement('!rfc6811:2:matched-covered');
    expect(state([vrp('10.0.0.0/8', 8, 2), vrp('11.0.0.0/8', 8, 1)], '10.0.0.0/8', 1)).toBe('invalid');
  });
});

describe('RFC 6811 §2: NONE and AS 0', () => {
  it('a route of origin NONE is Covered and never Matched', () => {
    requirement('!rfc6811:2:none-not-matched', '!rfc6811:2.1:match');
    expect(state([vrp('10.0.0.0/8', 8, 0), vrp('10.0.0.0/8', 8, 1)], '10.0.0.0/8', undefined)).toBe(
      'invalid',
    );
    expect(state([], '10.0.0.0/8', undefined)).toBe('not-found');
  });

  it('a VRP of AS 0 Covers and never Matches, not even a route of AS 0', () => {
    requirement('!rfc6811:2:as0-not-matched', '!rfc6811:2.1:match');
    expect(state([vrp('10.0.0.0/8', 8, 0)], '10.0.0.0/8', 0)).toBe('invalid');
    expect(state([vrp('10.0.0.0/8', 8, 0)], '10.0.0.0/8', 1)).toBe('invalid');
  });

  it('a VRP of AS 0 does not stand in the way of one that Matches', () => {
    requirement('rfc6811:2:as0-not-matched');
    const vrps = [vrp('10.0.0.0/8', 8, 0), vrp('10.0.0.0/8', 8, 1)];
    expect([state(vrps, '10.0.0.0/8', 1), state([...vrps].reverse(), '10.0.0.0/8', 1)]).toEqual([
      'valid',
      'valid',
    ]);
  });
});

describe('RFC 6811 §2.1: all Covering VRPs', () => {
  it('are visited: one that Matches decides, however many before it do not', () => {
    requirement('!rfc6811:2:order-of-vrps', 'rfc6811:2.1:every-covering-vrp');
    const others = Array.from({ length: 40 }, (_, i) => vrp('10.0.0.0/8', 8 + (i % 20), 100 + i));
    const match = vrp('0.0.0.0/0', 32, 7);
    expect(state([...others, match], '10.0.0.0/24', 7)).toBe('valid');
    expect(state([match, ...others], '10.0.0.0/24', 7)).toBe('valid');
    expect(state(others, '10.0.0.0/24', 7)).toBe('invalid');
  });

  it('give the same state in any order', () => {
    requirement('rfc6811:2:order-of-vrps');
    fc.assert(
      fc.property(
        fc.array(arbitraryVrp(nestedPrefix, fewAsns), { maxLength: 12 }),
        nestedPrefix,
        fewAsns,
        (vrps, route, origin) => {
          const { validity } = literalOrigin(vrps, route, origin);
          expect(literalOrigin([...vrps].reverse(), route, origin).validity).toBe(validity);
          expect(validateOrigin(createRovTable([...vrps].reverse()), route, origin)).toBe(validity);
        },
      ),
    );
  });
});

describe('RFC 6811 §3: four-octet AS numbers', () => {
  it('match in all 32 bits', () => {
    requirement('rfc6811:3:four-octet-as');
    const vrps = [vrp('10.0.0.0/8', 8, 65_538), vrp('11.0.0.0/8', 8, 4_294_967_295)];
    expect(state(vrps, '10.0.0.0/8', 65_538)).toBe('valid');
    expect(state(vrps, '11.0.0.0/8', 4_294_967_295)).toBe('valid');
  });

  it('are not cut to 16 bits, nor replaced by AS_TRANS', () => {
    requirement('!rfc6811:3:four-octet-as');
    const vrps = [vrp('10.0.0.0/8', 8, 65_538)];
    expect([2, 23_456, 131_074].map((asn) => state(vrps, '10.0.0.0/8', asn))).toEqual(
      Array(3).fill('invalid'),
    );
  });
});

describe('RFC 6811 §4: a mapping that is added or deleted', () => {
  const route = parsePrefix('10.1.0.0/16');
  const held = [route, parsePrefix('10.0.0.0/8'), parsePrefix('11.0.0.0/8')];

  it('gives the affected prefixes and, looked up again, their new state', () => {
    requirement('rfc6811:4:revalidate-affected');
    const table = createRovTable();
    const change = vrp('10.0.0.0/8', 16, 1);
    expect(validateOrigin(table, route, 1)).toBe('not-found');
    table.announce(change);
    expect(affectedPrefixes([change], held)).toEqual(held.slice(0, 2));
    expect(validateOrigin(table, route, 1)).toBe('valid');
    table.withdraw(change);
    expect(affectedPrefixes([change], held)).toEqual(held.slice(0, 2));
    expect(validateOrigin(table, route, 1)).toBe('not-found');
    expect(explainOrigin(table, route, 1).matched).toEqual([]);
  });

  it('leaves prefixes alone that no changed VRP Covers', () => {
    requirement('!rfc6811:4:revalidate-affected');
    expect(affectedPrefixes([vrp('10.1.0.0/17', 24, 1), vrp('12.0.0.0/8', 8, 1)], held)).toEqual([]);
  });
});
