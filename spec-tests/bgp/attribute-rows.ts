import {
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
  encodeOnlyToCustomer,
  encodeOrigin,
} from 'pathsec/bgp';
import { parsePrefix } from 'pathsec/inet';
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
export const at = { address: hex('c0000201') };
const length = (name: string, ...octets: string[]): (readonly [string, string])[] =>
  octets.map((text) => [text, `${name}-length`]);

export const CODECS: readonly Codec[] = [
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
