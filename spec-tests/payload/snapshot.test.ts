import fc from 'fast-check';
import { DecodeError, fromHex, toHex } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import {
  type AspaPayload,
  countPayloads,
  createPayloadSet,
  type PayloadSet,
  packPayloads,
  unpackPayloads,
} from 'pathsec/payload';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../rpki/content.js';
import { ARBITRARY, arbitraryLists, NO_PAYLOADS, type PayloadLists } from './arbitrary-payloads.js';
import { FROZEN, frozenSet } from './snapshot-sample.js';

/** Any text of JavaScript, halves of surrogate pairs by themselves among it. */
const anyText = fc.string({ unit: fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)) });

const noted = <T extends object>(values: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc
    .tuple(values, fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })), fc.option(anyText))
    .map(([value, expires, ta]) => ({
      ...value,
      ...(expires !== null && { expires }),
      ...(ta !== null && { ta }),
    }));

const limited: fc.Arbitrary<AspaPayload> = fc
  .tuple(ARBITRARY.aspas, fc.array(fc.constantFrom(undefined, 1, 2), { maxLength: 6 }))
  .map(([aspa, limits]) => {
    const entries = aspa.providers.flatMap((asn, i) => {
      const afi = limits[i];
      return afi === undefined ? [] : [[asn, afi] as const];
    });
    return { ...aspa, ...(entries.length > 0 && { afiLimits: new Map(entries) }) };
  });

/** Lists of every kind, with all that a payload can say. */
const lists = arbitraryLists(6, {
  vrps: noted(ARBITRARY.vrps),
  routerKeys: noted(ARBITRARY.routerKeys),
  aspas: noted(limited),
  prefixLists: noted(ARBITRARY.prefixLists),
  asras: noted(ARBITRARY.asras),
});

/** What comes of the octets: a set that packs to them again, or the code of the error. Anything else fails. */
function outcome(octets: Uint8Array): string {
  let set: PayloadSet;
  try {
    set = unpackPayloads(octets);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    expect(error.offset).toBeLessThanOrEqual(octets.length);
    return error.code;
  }
  expect(toHex(packPayloads(set))).toBe(toHex(octets));
  return 'a set';
}

describe('a snapshot of payloads (docs/decisions/payload.md D-payload-snapshot)', () => {
  it('gives back the set, with expiry, trust anchors and limits, under any seed', () => {
    fc.assert(
      fc.property(lists, fc.nat(), (payloads, seed) => {
        const set = createPayloadSet(payloads);
        const opened = unpackPayloads(packPayloads(set), { seed });
        expect(contentOf(opened)).toEqual(contentOf(set));
        expect(countPayloads(opened)).toEqual(countPayloads(set));
      }),
    );
  });

  it('is the same for sets that are the same, in whatever order they were filled', () => {
    const shuffled = lists.chain((payloads) =>
      fc
        .record({
          vrps: fc.shuffledSubarray(payloads.vrps, { minLength: payloads.vrps.length }),
          routerKeys: fc.shuffledSubarray(payloads.routerKeys, { minLength: payloads.routerKeys.length }),
          aspas: fc.shuffledSubarray(payloads.aspas, { minLength: payloads.aspas.length }),
          prefixLists: fc.shuffledSubarray(payloads.prefixLists, { minLength: payloads.prefixLists.length }),
          asras: fc.shuffledSubarray(payloads.asras, { minLength: payloads.asras.length }),
        } satisfies { [K in keyof PayloadLists]: fc.Arbitrary<PayloadLists[K]> })
        .map((other) => ({ payloads, other })),
    );
    fc.assert(
      fc.property(shuffled, fc.nat(), ({ payloads, other }, seed) => {
        const filled = packPayloads(createPayloadSet(other, { seed }));
        expect(toHex(filled)).toBe(toHex(packPayloads(createPayloadSet(payloads))));
      }),
    );
  });

  it('does not depend on what was in the set and went', () => {
    const set = createPayloadSet({
      vrps: [{ prefix: parsePrefix('::/0'), maxLength: 0, asn: 1, ta: 'gone' }],
    });
    for (const vrp of set.vrps.sorted()) set.vrps.withdraw(vrp);
    expect(packPayloads(set)).toEqual(packPayloads(createPayloadSet()));
  });

  it('can be changed when it is open, and holds nothing of the octets', () => {
    const octets = packPayloads(frozenSet());
    const opened = unpackPayloads(octets);
    octets.fill(0xff);
    expect(contentOf(opened)).toEqual(contentOf(frozenSet()));
    expect(opened.aspas.withdraw(64496)).toBe(true);
    expect(opened.vrps.announce({ prefix: parsePrefix('10.0.0.0/8'), maxLength: 8, asn: 1 })).toBe(true);
  });

  it('may stand inside a larger buffer', () => {
    const octets = packPayloads(frozenSet());
    const around = new Uint8Array(octets.length + 10).fill(0xee);
    around.set(octets, 5);
    const opened = unpackPayloads(around.subarray(5, 5 + octets.length));
    expect(contentOf(opened)).toEqual(contentOf(frozenSet()));
  });

  it('has the form of version 1 for good', () => {
    expect(toHex(packPayloads(frozenSet()))).toBe(FROZEN);
    expect(contentOf(unpackPayloads(fromHex(FROZEN)))).toEqual(contentOf(frozenSet()));
  });
});

describe('octets that are no snapshot', () => {
  const good = fromHex(FROZEN);
  const put = (at: number, hex: string): Uint8Array => {
    const octets = good.slice();
    octets.set(fromHex(hex), at);
    return octets;
  };

  it('are refused wherever the snapshot is cut off, and with octets behind it', () => {
    for (let end = 0; end < good.length; end++) {
      expect(['truncated', 'snapshot-count']).toContain(outcome(good.subarray(0, end)));
    }
    expect(outcome(Uint8Array.of(...good, 0))).toBe('trailing-octets');
  });

  it('are refused by name for another beginning and another version', () => {
    expect(outcome(put(0, '7b'))).toBe('snapshot-magic');
    expect(outcome(put(4, '00000002'))).toBe('snapshot-version');
    expect(outcome(put(4, '00000000'))).toBe('snapshot-version');
    const later = Uint8Array.of(...fromHex('8950535300000002'), 1, 2, 3);
    expect(() => unpackPayloads(later)).toThrow(/version 2 of the form, where 1 is known/);
  });

  it('are refused or are another set, with any octet changed', () => {
    const codes = new Set<string>();
    for (let at = 0; at < good.length; at++) {
      for (const flip of [0x01, 0x02, 0x10, 0x80, 0xff]) {
        const octets = good.slice();
        octets[at] = (octets[at] as number) ^ flip;
        codes.add(outcome(octets));
      }
    }
    expect([...codes].sort()).toEqual([
      'a set',

      'snapshot-count',
      'snapshot-key',
      'snapshot-limit',
      'snapshot-list',
      'snapshot-magic',
      'snapshot-max-length',
      'snapshot-names',
      'snapshot-notes',
      'snapshot-order',
      'snapshot-prefix',
      'snapshot-subcategory',
      'snapshot-version',
      'trailing-octets',
      'truncated',
    ]);
  });

  it('are refused or are another set, with any word an absurd count', () => {
    for (let at = 8; at + 4 <= good.length; at++) {
      for (const count of ['ffffffff', '7fffffff', '00000000']) outcome(put(at, count));
    }
    expect(outcome(fromHex('8950535300000001ffffffff'))).toBe('snapshot-count');
  });

  const EMPTY = toHex(packPayloads(createPayloadSet()));
  /** A snapshot with one row of the kind that comes `place`th, without names. */
  const row = (place: number, hex: string): Uint8Array =>
    fromHex(`${EMPTY.slice(0, 24 + 8 * place)}00000001${hex}${EMPTY.slice(32 + 8 * place)}`);

  it.each([
    ['a VRP of a third family', 0, '0300' + '00' + '00000001' + '00', 'snapshot-prefix'],
    ['a VRP of 33 bits', 0, '0121' + 'c000020000' + '21' + '00000001' + '00', 'snapshot-prefix'],
    ['bits behind the length', 0, '0107' + '0b' + '08' + '00000001' + '00', 'snapshot-prefix'],
    ['a maxLength below the length', 0, '0108' + '0a' + '07' + '00000001' + '00', 'snapshot-max-length'],
    ['a maxLength of 33', 0, '0108' + '0a' + '21' + '00000001' + '00', 'snapshot-max-length'],
    ['an unknown flag', 0, '0108' + '0a' + '08' + '00000001' + '04', 'snapshot-notes'],
    ['a trust anchor without name', 0, '0108' + '0a' + '08' + '00000001' + '0200000000', 'snapshot-notes'],
    ['an expiry that is none', 0, '0108' + '0a' + '08' + '00000001' + '017ff8000000000000', 'snapshot-notes'],
    ['an expiry without end', 0, '0108' + '0a' + '08' + '00000001' + '017ff0000000000000', 'snapshot-notes'],
    ['an expiry of -0', 0, '0108' + '0a' + '08' + '00000001' + '018000000000000000', 'snapshot-notes'],
    ['a key of AS 0', 1, `00000000${'11'.repeat(20)}000000010100`, 'snapshot-asn'],
    ['an empty key', 1, `00000001${'11'.repeat(20)}000000000000`, 'snapshot-key'],
    ['customer 0', 2, '00000000' + '0000000100000001' + '00000000' + '00', 'snapshot-asn'],
    ['no provider', 2, '00000001' + '00000000' + '00000000' + '0000000000', 'snapshot-list'],
    ['0 among providers', 2, '00000001' + '000000020000000000000002' + '00000000' + '00', 'snapshot-list'],
    ['a provider twice', 2, '00000001' + '000000020000000200000002' + '00000000' + '00', 'snapshot-list'],
    ['a customer that provides', 2, '00000001' + '0000000100000001' + '00000000' + '00', 'snapshot-list'],
    ['a limit of 0', 2, '00000001' + '0000000100000000' + '000000010000000001' + '00', 'snapshot-limit'],
    ['a limit of nobody', 2, '00000001' + '0000000100000002' + '000000010000000101' + '00', 'snapshot-limit'],
    ['a list of AS 0', 3, '00000000' + '00000000' + '00', 'snapshot-asn'],
    ['a prefix twice', 3, '00000001' + '0000000201000100' + '00', 'snapshot-order'],
    ['an ASRA of AS 0', 4, '00000000' + '01' + '0000000100000001' + '00', 'snapshot-asn'],
    ['subcategory 4', 4, '00000001' + '04' + '0000000100000002' + '00', 'snapshot-subcategory'],
  ])('are refused for %s', (_, place, hex, code) => {
    expect(outcome(row(place, hex))).toBe(code);
  });

  it('are refused for values in another order, twice, and for names that nothing names', () => {
    const vrp = (octet: string): string => `0108${octet}0800000001${'00'}`;
    const two = (a: string, b: string): Uint8Array =>
      fromHex(`${EMPTY.slice(0, 24)}00000002${vrp(a)}${vrp(b)}${EMPTY.slice(32)}`);
    expect(outcome(two('0a', '0b'))).toBe('a set');
    expect(outcome(two('0b', '0a'))).toBe('snapshot-order');
    expect(outcome(two('0a', '0a'))).toBe('snapshot-order');
    const named = (...names: string[]): Uint8Array =>
      fromHex(`${EMPTY.slice(0, 16)}0000000${names.length}${names.join('')}${EMPTY.slice(24)}`);
    expect(outcome(named('000000010041'))).toBe('snapshot-names');
    expect(outcome(named('000000010041', '000000010041'))).toBe('snapshot-order');
  });
});

describe('what no snapshot can say', () => {
  const prefix = parsePrefix('192.0.2.0/24');

  it('is refused: an expiry that is no time, bits behind the length of a listed prefix', () => {
    const endless = { prefix, maxLength: 24, asn: 1, expires: Number.POSITIVE_INFINITY };
    expect(() => packPayloads(createPayloadSet({ vrps: [endless] }))).toThrow(RangeError);
    const host = { ...prefix, octets: Uint8Array.of(192, 0, 2, 1) };
    const listed = createPayloadSet({ prefixLists: [{ asn: 1, prefixes: [host] }] });
    expect(() => packPayloads(listed)).toThrow(/bits set behind its length/);
  });

  it('is refused with a sentence: what is no set, and what is no octets', () => {
    expect(() => packPayloads(NO_PAYLOADS as never)).toThrow(/not one that createPayloadSet made/);
    expect(() => unpackPayloads('no' as never)).toThrow(/a snapshot is "no"/);
  });
});
