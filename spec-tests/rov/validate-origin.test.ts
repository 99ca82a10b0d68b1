import fc from 'fast-check';
import { parsePrefix } from 'pathsec/inet';
import type { Vrp } from 'pathsec/payload';
import {
  affectedPrefixes,
  createRovTable,
  explainOrigin,
  literalOrigin,
  validateOrigin,
  validateReadOrigin,
} from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import vectors from '../kit/rov/facts/rfc6811.json' with { type: 'json' };
import { arbitraryPrefix, arbitraryVrp, fewAsns, nestedPrefix } from '../payload/arbitrary-payloads.js';

const vrp = (prefix: string, maxLength: number, asn: number): Vrp => ({
  prefix: parsePrefix(prefix),
  maxLength,
  asn,
});

describe('RFC 6811 §2', () => {
  const table = createRovTable(vectors.vrps.map(({ prefix, maxLength, asn }) => vrp(prefix, maxLength, asn)));

  it.each(vectors.routes)(
    '$prefix from $origin is $validity: $note',
    ({ prefix, origin, validity, lists }) => {
      // What each row shows is cited by the vector case that is made of it; these are what no case shows.
      requirement(
        'rfc6811:2:covered-bits',
        'rfc6811:2:matched-covered',
        '!rfc6811:2:not-found',
        '!rfc6811:2:valid',
        '!rfc6811:2:invalid',
        'rfc6811:2:none-not-matched',
        '!rfc6811:2.1:initial-not-found',
        '!rfc6811:2.1:every-covering-vrp',
        'rfc6811:2.1:match',
        '!rfc6811:2.1:covered-not-matched',
      );
      const route = parsePrefix(prefix);
      const asn = origin ?? undefined;
      expect(validateOrigin(table, route, asn)).toBe(validity);
      const evidence = explainOrigin(table, route, asn);
      expect(evidence.validity).toBe(validity);
      expect(evidence.reason ?? null).toBe(
        validity === 'invalid' ? (evidence.unmatchedAs.length > 0 ? 'as' : 'length') : null,
      );
      const { matched, unmatchedAs, unmatchedLength } = evidence;
      expect([matched.length, unmatchedAs.length, unmatchedLength.length]).toEqual(lists);
    },
  );

  it('executes all vectors', () => {
    expect(vectors.routes.length).toBe(20);
  });

  it('finds nothing in an empty table', () => {
    requirement('rfc6811:2:not-found', 'rfc6811:2.1:initial-not-found');
    expect(validateOrigin(createRovTable(), parsePrefix('0.0.0.0/0'), 1)).toBe('not-found');
    expect(validateOrigin(createRovTable(), parsePrefix('::/0'), undefined)).toBe('not-found');
  });
});

describe('the fast reading equals the literal one', () => {
  const origins = fc.option(fewAsns, { nil: undefined });

  it('over nested prefixes while the table changes', () => {
    requirement(
      '!rfc6811:2:state-is-the-result',
      '!rfc6811:2.1:every-covering-vrp',
      '!rfc6811:4:revalidate-affected',
    );
    const step = fc.record({
      announce: fc.boolean(),
      vrp: arbitraryVrp(nestedPrefix, fewAsns),
      route: nestedPrefix,
      origin: origins,
    });
    let seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const table = createRovTable();
        const plain: Vrp[] = [];
        for (const { announce, vrp: item, route, origin } of steps) {
          if (announce) {
            if (table.announce(item)) plain.push(item);
          } else if (plain.length > 0) {
            const [gone] = plain.splice(item.maxLength % plain.length, 1);
            expect(table.withdraw(gone as Vrp)).toBe(true);
          }
          const literal = literalOrigin(plain, route, origin);
          seen = seen.add(literal.validity);
          expect(validateOrigin(table, route, origin)).toBe(literal.validity);
          expect(validateReadOrigin(table, route, origin)).toBe(literal.validity);
          const packed = explainOrigin(table, route, origin);
          expect({ validity: packed.validity, reason: packed.reason }).toEqual({
            validity: literal.validity,
            reason: literal.reason,
          });
          expect(packed.matched.length).toBe(literal.matched.length);
          expect(packed.unmatchedAs.length).toBe(literal.unmatchedAs.length);
          expect(packed.unmatchedLength.length).toBe(literal.unmatchedLength.length);
        }
      }),
      { numRuns: 300 },
    );
    expect(seen.size).toBe(3);
  });

  it('over arbitrary prefixes of all lengths', () => {
    requirement('rfc6811:2:state-is-the-result');
    const vrps = fc.array(arbitraryVrp(arbitraryPrefix, fewAsns), { maxLength: 60 });
    fc.assert(
      fc.property(vrps, fc.array(arbitraryPrefix, { maxLength: 10 }), origins, (items, routes, origin) => {
        const table = createRovTable(items);
        for (const route of [...routes, ...items.map(({ prefix }) => prefix)]) {
          expect(validateOrigin(table, route, origin)).toBe(literalOrigin(table, route, origin).validity);
        }
      }),
    );
  });

  it('where very many VRPs stand on one prefix', () => {
    requirement('rfc6811:2.1:every-covering-vrp');
    const prefix = parsePrefix('192.0.2.0/24');
    const table = createRovTable();
    for (let asn = 1; asn <= 3000; asn++) table.announce({ prefix, maxLength: 24 + (asn % 9), asn });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3001 }), fc.integer({ min: 24, max: 32 }), (asn, length) => {
        const route = { ...prefix, length };
        expect(validateOrigin(table, route, asn)).toBe(literalOrigin(table, route, asn).validity);
      }),
    );
  });
});

describe('affectedPrefixes (RFC 6811 §4)', () => {
  it('names every prefix whose state a change alters', () => {
    requirement('rfc6811:4:revalidate-affected');
    const vrps = fc.array(arbitraryVrp(nestedPrefix, fewAsns), { maxLength: 20 });
    fc.assert(
      fc.property(vrps, vrps, fc.array(nestedPrefix), fewAsns, (before, changed, routes, origin) => {
        const old = createRovTable(before);
        const now = createRovTable(before);
        for (const item of changed) if (!now.announce(item)) now.withdraw(item);
        const affected = affectedPrefixes(changed, routes);
        for (const route of routes) {
          const altered = validateOrigin(old, route, origin) !== validateOrigin(now, route, origin);
          expect(altered && !affected.includes(route)).toBe(false);
        }
        expect(affected.every((route) => routes.includes(route))).toBe(true);
      }),
    );
  });

  it('leaves out prefixes that no changed VRP covers, in either family', () => {
    const changed = [vrp('192.0.2.0/24', 24, 64500), vrp('2001:db8::/32', 48, 64500)];
    const text = [
      '192.0.2.128/25',
      '192.0.0.0/16',
      '198.51.100.0/24',
      '2001:db8:1::/48',
      '2001:db9::/32',
      '192.0.2.0/24',
    ];
    const affected = affectedPrefixes(
      changed,
      text.map((one) => parsePrefix(one)),
    );
    expect(affected).toEqual(
      ['192.0.2.128/25', '2001:db8:1::/48', '192.0.2.0/24'].map((one) => parsePrefix(one)),
    );
  });
});
