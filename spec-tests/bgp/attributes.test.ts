import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  BgpError,
  decodeAggregator,
  decodeAs4Aggregator,
  decodeAtomicAggregate,
  decodeCommunities,
  decodeLargeCommunities,
  decodeLocalPref,
  decodeMpReach,
  decodeMpUnreach,
  decodeMultiExitDisc,
  decodeNextHop,
  decodeOnlyToCustomer,
  decodeOrigin,
  encodeAggregator,
  encodeCommunities,
  encodeLargeCommunities,
  encodeLocalPref,
  encodeMpReach,
  encodeMpUnreach,
  encodeMultiExitDisc,
  encodeNextHop,
  encodeNlri,
  encodeOnlyToCustomer,
  encodeOrigin,
  formatCommunity,
  pathAttribute,
} from 'pathsec/bgp';
import { toHex } from 'pathsec/bytes';
import { makePrefix, parsePrefix } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { arbitraryAsn } from '../support.js';
import { hex } from './wire-support.js';

/** Encoder, decoder and what each row needs. */
interface Codec {
  readonly name: string;
  readonly good: readonly (readonly [octets: string, value: unknown])[];
  /** Octets that are refused, and the code. */
  readonly bad: readonly (readonly [octets: string, code: string])[];
  /** Values that the encoder refuses. */
  readonly unencodable: readonly unknown[];
  readonly treatment: string;
  readonly decode: (octets: Uint8Array) => unknown;
  readonly encode: (value: never) => Uint8Array;
}

const noAddPath = (): boolean => false;
const at = { address: hex('c0000201') };
const length = (name: string, ...octets: string[]): (readonly [string, string])[] =>
  octets.map((text) => [text, `${name}-length`]);

const CODECS: readonly Codec[] = [
  {
    name: 'ORIGIN',
    good: [
      ['00', 'igp'],
      ['01', 'egp'],
      ['02', 'incomplete'],
    ],
    bad: [...length('origin', '', '0000'), ['03', 'origin-value'], ['ff', 'origin-value']],
    unencodable: [],
    treatment: 'treat-as-withdraw',
    decode: decodeOrigin,
    encode: encodeOrigin,
  },
  {
    name: 'NEXT_HOP',
    good: [['c0000201', hex('c0000201')]],
    bad: [
      ...length('next-hop', '', 'c00002', 'c000020100'),
      ['00000000', 'next-hop-address'],
      ['e0000001', 'next-hop-address'],
      ['ffffffff', 'next-hop-address'],
    ],
    unencodable: [hex('c00002'), hex('')],
    treatment: 'treat-as-withdraw',
    decode: decodeNextHop,
    encode: encodeNextHop,
  },
  {
    name: 'MULTI_EXIT_DISC',
    good: [
      ['00000000', 0],
      ['ffffffff', 4_294_967_295],
    ],
    bad: length('multi-exit-disc', '', '000000', '0000000000'),
    unencodable: [-1, 2 ** 32, 0.5],
    treatment: 'treat-as-withdraw',
    decode: decodeMultiExitDisc,
    encode: encodeMultiExitDisc,
  },
  {
    name: 'LOCAL_PREF',
    good: [['00000064', 100]],
    bad: length('local-pref', '', '000064', '0000000064'),
    unencodable: [-1, 2 ** 32],
    treatment: 'treat-as-withdraw',
    decode: decodeLocalPref,
    encode: encodeLocalPref,
  },
  {
    name: 'ATOMIC_AGGREGATE',
    good: [['', true]],
    bad: length('atomic-aggregate', '00'),
    unencodable: [],
    treatment: 'attribute-discard',
    decode: decodeAtomicAggregate,
    encode: () => new Uint8Array(0),
  },
  {
    name: 'AGGREGATOR, 4-octet AS',
    good: [['00010000 c0000201', { asn: 65536, ...at }]],
    bad: [
      ...length('aggregator', '', 'fbf0c0000201', '00010000c000020100'),
      ['00000000 c0000201', 'as-zero'],
    ],
    unencodable: [
      { asn: 2 ** 32, ...at },
      { asn: 1, address: hex('c00002') },
    ],
    treatment: 'attribute-discard',
    decode: (octets) => decodeAggregator(octets, 4),
    encode: (value) => encodeAggregator(value, 4),
  },
  {
    name: 'AGGREGATOR, 2-octet AS',
    good: [['5ba0 c0000201', { asn: 23456, ...at }]],
    bad: [...length('aggregator', '', '0000fbf0c0000201'), ['0000 c0000201', 'as-zero']],
    unencodable: [{ asn: 65536, ...at }],
    treatment: 'attribute-discard',
    decode: (octets) => decodeAggregator(octets, 2),
    encode: (value) => encodeAggregator(value, 2),
  },
  {
    name: 'AS4_AGGREGATOR',
    good: [['00010000 c0000201', { asn: 65536, ...at }]],
    bad: [...length('as4-aggregator', '', 'fbf0c0000201'), ['00000000 c0000201', 'as-zero']],
    unencodable: [],
    treatment: 'attribute-discard',
    decode: decodeAs4Aggregator,
    encode: (value) => encodeAggregator(value, 4),
  },
  {
    name: 'COMMUNITIES',
    good: [['fbf00064 ffffff01', [0xfbf0_0064, 0xffff_ff01]]],
    bad: length('communities', '', 'fbf000', 'fbf0006400'),
    unencodable: [[], [2 ** 32]],
    treatment: 'treat-as-withdraw',
    decode: decodeCommunities,
    encode: encodeCommunities,
  },
  {
    name: 'LARGE_COMMUNITY',
    good: [['00010000 00000001 ffffffff', [[65536, 1, 4_294_967_295]]]],
    bad: length('large-communities', '', '0001000000000001', '00010000 00000001 ffffffff 00'),
    unencodable: [[], [[1, 2, 2 ** 32]]],
    treatment: 'treat-as-withdraw',
    decode: decodeLargeCommunities,
    encode: encodeLargeCommunities,
  },
  {
    name: 'OTC',
    good: [['0000fbf0', 64496]],
    bad: length('only-to-customer', '', 'fbf0', '0000fbf000'),
    unencodable: [2 ** 32],
    treatment: 'treat-as-withdraw',
    decode: decodeOnlyToCustomer,
    encode: encodeOnlyToCustomer,
  },
  {
    name: 'MP_REACH_NLRI',
    good: [
      [
        '0001 01 04 c0000201 00 18c00002',
        {
          afi: 1,
          safi: 1,
          nextHop: hex('c0000201'),
          reserved: 0,
          field: hex('18c00002'),
          nlri: [{ prefix: parsePrefix('192.0.2.0/24') }],
        },
      ],
      // Reserved octet and trailing bits survive; prefixes have none.
      [
        '0001 02 04 c0000201 ff 14c0000f 00',
        {
          afi: 1,
          safi: 2,
          nextHop: hex('c0000201'),
          reserved: 255,
          field: hex('14c0000f 00'),
          nlri: [{ prefix: parsePrefix('192.0.0.0/20') }, { prefix: parsePrefix('0.0.0.0/0') }],
        },
      ],
      [
        `0002 01 10 ${'20010db8'.padEnd(32, '0')} 00 2020010db8`,
        {
          afi: 2,
          safi: 1,
          nextHop: hex('20010db8'.padEnd(32, '0')),
          reserved: 0,
          field: hex('2020010db8'),
          nlri: [{ prefix: parsePrefix('2001:db8::/32') }],
        },
      ],
      // A family that is not known: octets.
      [
        '0001 80 0c 000000000000000001020304 00 ffff',
        { afi: 1, safi: 128, nextHop: hex('000000000000000001020304'), reserved: 0, field: hex('ffff') },
      ],
      ['4004 47 00 00', { afi: 0x4004, safi: 71, nextHop: hex(''), reserved: 0, field: hex('') }],
    ],
    bad: [
      ...length('mp-reach', '', '00010100', '0001010500c0000201', '000101ff00'),
      ['0001 01 00 00', 'next-hop-length'],
      ['0001 01 05 0102030405 00', 'next-hop-length'],
      ['0002 01 04 c0000201 00', 'next-hop-length'],
      ['0001 01 04 c0000201 00 21c000020000', 'nlri-length'],
      ['0001 01 04 c0000201 00 18c000', 'nlri-overrun'],
      [`0002 01 10 ${'00'.repeat(16)} 00 81${'00'.repeat(17)}`, 'nlri-length'],
    ],
    unencodable: [{ afi: 1, safi: 1, nextHop: new Uint8Array(256), field: hex('') }],
    treatment: 'session-reset',
    decode: (octets) => decodeMpReach(octets, noAddPath),
    encode: encodeMpReach,
  },
  {
    name: 'MP_UNREACH_NLRI',
    good: [
      ['0002 01', { afi: 2, safi: 1, field: hex(''), nlri: [] }],
      [
        '0002 01 2020010db8',
        { afi: 2, safi: 1, field: hex('2020010db8'), nlri: [{ prefix: parsePrefix('2001:db8::/32') }] },
      ],
      ['0019 46 ffff', { afi: 25, safi: 70, field: hex('ffff') }],
    ],
    bad: [
      ...length('mp-unreach', '', '0002'),
      ['0001 01 21c000020000', 'nlri-length'],
      ['0002 01 20200d', 'nlri-overrun'],
    ],
    unencodable: [{ afi: 65_536, safi: 1, field: hex('') }],
    treatment: 'session-reset',
    decode: (octets) => decodeMpUnreach(octets, noAddPath),
    encode: encodeMpUnreach,
  },
];

describe.each(CODECS)('$name', ({ good, bad, unencodable, treatment, decode, encode }) => {
  it.each(good)('decodes and re-encodes %s', (text, value) => {
    requirement('rfc9234:5:attribute-format', '!rfc9234:5:malformed');
    const octets = hex(text);
    expect(decode(octets)).toEqual(value);
    expect(toHex(encode(decode(octets) as never))).toBe(toHex(octets));
  });
  it.each(bad)('refuses %s: %s', (text, code) => {
    requirement('!rfc9234:5:attribute-format', 'rfc9234:5:malformed');
    try {
      decode(hex(text));
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof BgpError)) throw error;
      expect(error).toMatchObject({ code, treatment });
      expect(error.fault.attribute).toBeTypeOf('number');
    }
  });
  it('the encoder refuses values that do not fit', () => {
    for (const value of unencodable) expect(() => encode(value as never)).toThrow(RangeError);
    expect.assertions(unencodable.length);
  });
});

describe('attributes', () => {
  it('ADD-PATH is asked for by family, RFC 7911 §5', () => {
    const value = hex('0001 01 04 c0000201 00 00000007 18c00002');
    expect(decodeMpReach(value, (afi, safi) => afi === 1 && safi === 1).nlri).toEqual([
      { prefix: parsePrefix('192.0.2.0/24'), pathId: 7 },
    ]);
    expect(decodeMpUnreach(hex('0001 02 18c00002'), (_afi, safi) => safi === 1).nlri).toHaveLength(1);
  });

  it('communities as text', () => {
    expect(formatCommunity(0xfbf0_0064)).toBe('64496:100');
    expect(formatCommunity(0xffff_ffff)).toBe('65535:65535');
  });

  it('pathAttribute takes the flags of the registry; Extended Length above 255 octets only', () => {
    requirement('rfc8205:3:optional-non-transitive');
    const flags = (code: number, size = 4): number => pathAttribute(code, new Uint8Array(size)).flags;
    expect([1, 2, 3, 5, 6].map((code) => flags(code))).toEqual(Array(5).fill(0x40));
    expect([4, 9, 10, 14, 15, 33].map((code) => flags(code))).toEqual(Array(6).fill(0x80));
    expect([7, 8, 16, 17, 18, 25, 32, 35, 99].map((code) => flags(code))).toEqual(Array(9).fill(0xc0));
    expect([flags(33, 255), flags(33, 256)]).toEqual([0x80, 0x90]);
  });

  it('random values survive encode and decode', () => {
    const word = fc.nat(0xffff_ffff);
    fc.assert(
      fc.property(
        arbitraryAsn,
        fc.array(word, { minLength: 1 }),
        fc.array(fc.tuple(word, word, word), { minLength: 1 }),
        (asn, words, triples) => {
          expect(decodeOnlyToCustomer(encodeOnlyToCustomer(asn))).toBe(asn);
          expect(decodeAggregator(encodeAggregator({ asn, ...at }, 4), 4)).toEqual({ asn, ...at });
          expect(decodeCommunities(encodeCommunities(words))).toEqual(words);
          expect(decodeLargeCommunities(encodeLargeCommunities(triples))).toEqual(triples);
          expect(decodeMultiExitDisc(encodeMultiExitDisc(words[0] as number))).toBe(words[0]);
          expect(decodeLocalPref(encodeLocalPref(words[0] as number))).toBe(words[0]);
        },
      ),
    );
  });

  it('random MP_REACH_NLRI survive encode and decode', () => {
    const nlri = fc.constantFrom(1 as const, 2 as const).chain((afi) =>
      fc.record({
        afi: fc.constant(afi),
        nlri: fc.array(
          fc
            .tuple(
              fc.uint8Array({ minLength: afi === 1 ? 4 : 16, maxLength: afi === 1 ? 4 : 16 }),
              fc.nat(afi === 1 ? 32 : 128),
              fc.nat(0xffff_ffff),
            )
            .map(([octets, bits, pathId]) => ({ prefix: makePrefix(afi, octets, bits), pathId })),
          { maxLength: 5 },
        ),
        addPath: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(nlri, ({ afi, nlri: entries, addPath }) => {
        const wanted = addPath ? entries : entries.map(({ prefix }) => ({ prefix }));
        const value = encodeMpReach({
          afi,
          safi: 1,
          nextHop: new Uint8Array(16),
          field: encodeNlri(wanted, addPath),
        });
        expect(decodeMpReach(value, () => addPath).nlri).toEqual(wanted);
      }),
    );
  });
});

describe('every attribute that is read', () => {
  const folder = new URL('../../src/bgp/attribute/', import.meta.url);
  const codecs = readdirSync(folder)
    .filter((name) => name.startsWith('attr-'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .flatMap((text) => [...text.matchAll(/^export function ((?:de|en)code\w+)/gm)])
    .map(([, name = '']) => name);
  const tests = readdirSync(new URL('.', import.meta.url))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'));

  it.each(codecs)('%s stands in a test of this folder', (name) => {
    expect(tests.some((text) => new RegExp(`\\b${name}\\b`).test(text))).toBe(true);
  });
});
