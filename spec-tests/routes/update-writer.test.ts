import fc from 'fast-check';
import {
  type AsPath,
  decodeUpdate,
  encodeAggregator,
  encodeCommunities,
  encodeLargeCommunities,
  encodeMultiExitDisc,
  encodeNlri,
  type PathAttribute,
  parseAsPath,
  pathAttribute,
  type Update,
} from 'pathsec/bgp';
import { equalPrefix, formatPrefix, makePrefix, type Prefix, parseAddress, parsePrefix } from 'pathsec/inet';
import {
  announcedAttributes,
  createPrefixSet,
  createRouteReader,
  createUpdateWriter,
  type UpdateWriterOptions,
  withdrawalUpdates,
} from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { attributes, message, mpReach, nlri, update } from './fixtures.js';

const HOPS = { nextHop4: parseAddress('192.0.2.9'), nextHop6: parseAddress('2001:db8::9') };
const ORIGIN = pathAttribute(1, Uint8Array.of(0));

/** Every attribute of the octets given, as the writer sends it. */
function written(
  routes: readonly (readonly [Prefix, AsPath, readonly PathAttribute[]])[],
  options: Partial<UpdateWriterOptions> = {},
): { readonly messages: Uint8Array[]; readonly updates: Update[]; readonly refused: unknown[] } {
  const messages: Uint8Array[] = [];
  const writer = createUpdateWriter({ ...HOPS, ...options }, (one) => messages.push(one));
  const refused = routes.map((route) => writer.announce(...route));
  writer.flush();
  const session = { peer: 'external', asnSize: options.asnSize ?? 4, extendedMessages: true } as const;
  return { messages, updates: messages.map((octets) => decodeUpdate(octets, session)), refused };
}

const prefixesOf = ({ nlri, values }: Update): Prefix[] =>
  [...nlri, ...(values.mpReach?.nlri ?? [])].map(({ prefix }) => prefix);

const arbitraryPrefix = fc.oneof(
  fc
    .tuple(fc.constant(1 as const), fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.nat(32))
    .map(([afi, octets, length]) => makePrefix(afi, octets, length)),
  fc
    .tuple(fc.constant(2 as const), fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.nat(128))
    .map(([afi, octets, length]) => makePrefix(afi, octets, length)),
);

describe('UPDATEs of routes (RFC 4271 §4.3, RFC 4760 §3)', () => {
  it('share attributes, and leave of each prefix the last route with the peer, whatever the window', () => {
    const paths = ['64496', '64497 64496', '64498 {64499,64500}'].map((text) => parseAsPath(text));
    const pool = fc.uniqueArray(arbitraryPrefix, { maxLength: 12, comparator: equalPrefix });
    const routes = pool.chain((prefixes) =>
      fc.array(
        fc.tuple(
          fc.constantFrom(...(prefixes.length > 0 ? prefixes : [parsePrefix('192.0.2.0/24')])),
          fc.constantFrom(...paths),
          fc.nat(2).map((med) => [ORIGIN, pathAttribute(4, encodeMultiExitDisc(med))]),
        ),
        { maxLength: 60 },
      ),
    );
    fc.assert(
      fc.property(routes, fc.integer({ min: 1, max: 70 }), fc.boolean(), (list, window, old) => {
        const { messages, updates } = written(list, { window, asnSize: old ? 2 : 4 });
        const wanted = new Map(
          list.map(([prefix, path, [, med]]) => [formatPrefix(prefix), [path, med?.value.at(-1)]] as const),
        );
        const held = new Map<string, unknown>();
        for (const one of updates) {
          expect(one.faults).toEqual([]);
          for (const prefix of prefixesOf(one))
            held.set(formatPrefix(prefix), [one.asPath, one.values.multiExitDisc]);
        }
        expect(held).toEqual(wanted);
        expect(messages.every(({ length }) => length <= 4096)).toBe(true);
      }),
    );
  });

  it('hold as many prefixes as fit, 4096 octets or 65535 (RFC 8654)', () => {
    const path = parseAsPath('64496');
    for (const text of ['10.0.0.0/24', '2001:db8::/48']) {
      const { afi, octets, length } = parsePrefix(text);
      const list = Array.from({ length: 3000 }, (_, i) => {
        const own = octets.slice();
        own.set([i >> 8, i & 0xff], length / 8 - 2);
        return [makePrefix(afi, own, length), path, [ORIGIN]] as const;
      });
      const size = 1 + length / 8;
      const small = written(list);
      expect(small.messages.map((one) => one.length).every((one) => one <= 4096)).toBe(true);
      expect(Math.max(...small.messages.map((one) => one.length))).toBeGreaterThan(4096 - size - 1);
      expect(small.updates.flatMap(prefixesOf)).toHaveLength(3000);
      expect(written(list, { extendedMessages: true }).messages).toHaveLength(1);
    }
  });

  it('is none where no next hop of the family is known, or the attributes are too long', () => {
    const long = pathAttribute(8, encodeCommunities(Array.from({ length: 1020 }, (_, i) => i)));
    const path = parseAsPath('64496');
    const four = [parsePrefix('192.0.2.0/24'), path, [ORIGIN, long]] as const;
    expect(written([four]).refused).toEqual(['message-too-long']);
    expect(written([four], { extendedMessages: true }).refused).toEqual([undefined]);
    expect(
      written([[parsePrefix('2001:db8::/32'), path, [ORIGIN]]], { nextHop6: undefined }).refused,
    ).toEqual(['next-hop']);
  });

  it('tells an OLD speaker the large AS numbers beside AS_TRANS (RFC 6793 §4.2.2)', () => {
    const aggregator = encodeAggregator({ asn: 4_200_000_000, address: parseAddress('192.0.2.1') }, 4);
    const route = [
      parsePrefix('192.0.2.0/24'),
      parseAsPath('64496 4200000000'),
      [ORIGIN, pathAttribute(7, aggregator)],
    ] as const;
    const [old] = written([route], { asnSize: 2 }).updates;
    expect(old?.values.asPath).toEqual(parseAsPath('64496 23456'));
    expect(old?.values).toMatchObject({
      as4Path: route[1],
      aggregator: { asn: 23456 },
      as4Aggregator: { asn: 4_200_000_000 },
    });
    expect(old?.message.attributes.map(({ code }) => code)).toEqual([1, 2, 3, 7, 17, 18]);
  });
});

describe('withdrawals', () => {
  it('name every prefix of a set once', () => {
    fc.assert(
      fc.property(fc.array(arbitraryPrefix, { maxLength: 40 }), fc.nat(), (prefixes, seed) => {
        for (const afi of [1, 2] as const) {
          const set = createPrefixSet(afi, { seed });
          const wanted = prefixes.filter((prefix) => prefix.afi === afi);
          const places = wanted.map((prefix) => set.add(prefix));
          expect(wanted.map((prefix) => set.add(prefix))).toEqual(places);
          const gone = [...withdrawalUpdates(afi, set.values(), false)].flatMap((octets) => {
            const { withdrawn, values } = decodeUpdate(octets, { peer: 'external' });
            return [...withdrawn, ...(values.mpUnreach?.nlri ?? [])].map(({ prefix }) =>
              formatPrefix(prefix),
            );
          });
          expect(gone).toEqual([...new Set(wanted.map(formatPrefix))]);
          expect(set.size).toBe(gone.length);
        }
      }),
    );
  });

  it('fill messages up to their limit, and no further', () => {
    const many = Array.from({ length: 5000 }, (_, i) =>
      makePrefix(2, Uint8Array.from([0x20, 1, i >> 8, i & 0xff, ...new Array(12).fill(0)]), 128),
    );
    for (const extended of [false, true]) {
      const messages = [...withdrawalUpdates(2, many, extended)];
      const limit = extended ? 65_535 : 4096;
      expect(messages.every(({ length }) => length <= limit && length > 0)).toBe(true);
      expect(messages.slice(0, -1).every(({ length }) => length > limit - 17)).toBe(true);
    }
  });
});

/** The attributes with which the only route of an input is announced, by type code. */
function announced(input: Uint8Array | string, to: 'external' | 'internal' = 'external') {
  const found: PathAttribute[][] = [];
  const reader = createRouteReader((element, source) => {
    if (element.kind === 'route') found.push(announcedAttributes(source, to));
  });
  reader.push(typeof input === 'string' ? new TextEncoder().encode(input) : input);
  reader.end();
  expect(found).toHaveLength(1);
  return Object.fromEntries((found[0] ?? []).map((one) => [one.code, one]));
}

describe('the attributes of a route that was read', () => {
  const many = [
    pathAttribute(4, encodeMultiExitDisc(7)),
    pathAttribute(5, Uint8Array.of(0, 0, 0, 200)),
    pathAttribute(6, new Uint8Array(0)),
    pathAttribute(7, encodeAggregator({ asn: 64496, address: parseAddress('192.0.2.1') }, 4)),
    pathAttribute(8, encodeCommunities([0xfbf0_0001])),
    pathAttribute(9, new Uint8Array(4)),
    pathAttribute(32, encodeLargeCommunities([[64496, 1, 2]])),
    { code: 200, flags: 0xe0, value: Uint8Array.of(1, 2, 3) },
    { code: 201, flags: 0x80, value: Uint8Array.of(4) },
  ];
  const four = message(
    update({ attributes: [...attributes('64496'), ...many], nlri: encodeNlri(nlri('192.0.2.0/24'), false) }),
  );

  it('go out as they stand, without what the announcer makes and what is not transitive', () => {
    const found = announced(four);
    expect(Object.keys(found).map(Number)).toEqual([1, 4, 6, 7, 8, 32, 200]);
    for (const one of many) if (found[one.code]) expect(found[one.code]).toEqual(one);
    expect(Object.keys(announced(four, 'internal')).map(Number)).toEqual([1, 4, 5, 6, 7, 8, 9, 32, 200]);
  });

  it('are those of IPv6 routes too, and LOCAL_PREF is made for internal peers', () => {
    const six = message(
      update({
        attributes: [mpReach(encodeNlri(nlri('2001:db8::/32'), false)), ...attributes('64496').slice(0, 2)],
      }),
    );
    expect(Object.keys(announced(six)).map(Number)).toEqual([1]);
    expect(announced(six, 'internal')[5]?.value).toEqual(Uint8Array.of(0, 0, 0, 100));
  });

  it('have AGGREGATOR with four octets of AS number, the true one (RFC 6793 §4.2.3)', () => {
    const address = parseAddress('192.0.2.1');
    const aggregator = (asn: number) => pathAttribute(7, encodeAggregator({ asn, address }, 2));
    const as4 = pathAttribute(18, encodeAggregator({ asn: 4_200_000_000, address }, 4));
    const of = (...more: PathAttribute[]) =>
      announced(
        message(
          update({
            attributes: [...attributes('64496', 2), ...more],
            nlri: encodeNlri(nlri('192.0.2.0/24'), false),
          }),
          { asnSize: 2 },
        ),
      )[7]?.value;
    expect(of(aggregator(23_456), as4)).toEqual(as4.value);
    expect(of(aggregator(64_497), as4)).toEqual(encodeAggregator({ asn: 64_497, address }, 4));
    expect(of({ ...aggregator(1), value: new Uint8Array(5) })).toBeUndefined();
  });

  it.each([
    [
      'TABLE_DUMP2|1700000000|B|192.0.2.1|64496|198.51.100.0/24|64496 64497|EGP|192.0.2.1|100|7|64496:1 64496:1:2 no-export x:1|AG|64497 192.0.2.2|',
    ],
    [
      JSON.stringify({
        type: 'UPDATE',
        timestamp: 1_700_000_000,
        peer: '192.0.2.1',
        peer_asn: '64496',
        path: [64496, 64497],
        origin: 'egp',
        med: 7,
        community: [[64496, 1], [65535, 65281], '64496:1:2', null],
        atomic_aggregate: true,
        aggregator: '64497:192.0.2.2',
        announcements: [{ next_hop: '192.0.2.1', prefixes: ['198.51.100.0/24'] }],
      }),
    ],
  ])('are read from text too: %.12s', (line) => {
    const found = announced(`${line}\n`);
    expect(found[1]?.value).toEqual(Uint8Array.of(1));
    expect(found[4]?.value).toEqual(encodeMultiExitDisc(7));
    expect(found[6]?.value).toEqual(new Uint8Array(0));
    expect(found[7]?.value).toEqual(encodeAggregator({ asn: 64_497, address: parseAddress('192.0.2.2') }, 4));
    expect(found[8]?.value).toEqual(encodeCommunities([0xfbf0_0001, 0xffff_ff01]));
    expect(found[32]?.value).toEqual(encodeLargeCommunities([[64496, 1, 2]]));
  });

  it('are ORIGIN alone where the line has none, and where nothing in it can be read', () => {
    expect(Object.keys(announced('192.0.2.0/24|64496|64496\n'))).toEqual(['1']);
    const line = 'TABLE_DUMP2|1|B|192.0.2.1|1|198.51.100.0/24|1|?|1.2.3.4|0|0|:1 1:70000 1:2:3:4|NAG|1 x|\n';
    expect(Object.keys(announced(line))).toEqual(['1']);
  });
});
