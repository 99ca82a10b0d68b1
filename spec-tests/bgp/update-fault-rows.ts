import {
  AS_PATH,
  attribute,
  type FaultRow,
  hex,
  MP_REACH,
  NEXT_HOP,
  NLRI,
  ORIGIN,
  updateOf,
} from './wire-support.js';

const SKI = '00'.repeat(20);
const BGPSEC = attribute(0x80, 33, `0008 01 00 0000fbf0 0019 01 ${SKI} 0000`);
const BASE = [ORIGIN, AS_PATH, NEXT_HOP];
/** An UPDATE of BASE and one more attribute, whose value stands at offset 23 + 4 + 9 + 7 + 3 = 46. */
const with_ = (flags: number, code: number, value: string): Uint8Array =>
  updateOf([...BASE, attribute(flags, code, value)], { nlri: NLRI });

/** What RFC 7606 and the documents of the attributes say about faults, one row each. */
export const FAULT_ROWS: readonly FaultRow[] = [
  // RFC 7606 §3 c: flags.
  ...(
    [
      ['origin', 0xc0, 1, '00'],
      ['origin', 0x00, 1, '00'],
      ['origin', 0x80, 1, '00'],
    ] as const
  ).map(
    ([name, flags, code, value]): FaultRow => ({
      name: `flags ${flags} of ${name}`,
      message: updateOf([attribute(flags, code, value), AS_PATH, NEXT_HOP], { nlri: NLRI }),
      code: 'attribute-flags',
      treatment: 'treat-as-withdraw',
      offset: 26,
      attribute: code,
      field: 'update.attribute[0]',
    }),
  ),
  ...(
    [
      [0xc0, 4, '00000000'],
      [0x80, 5, '00000000'],
      [0xc0, 6, ''],
      [0x80, 7, '0000fbf0c0000201'],
      [0x40, 8, 'fbf00001'],
      [0x80, 17, '02010000fbf0'],
      [0x40, 18, '0000fbf0c0000201'],
      [0x80, 32, '00'.repeat(12)],
      [0x80, 35, '0000fbf0'],
    ] as const
  ).map(
    ([flags, code, value]): FaultRow => ({
      name: `flags ${flags} of attribute ${code}`,
      message: with_(flags, code, value),
      code: 'attribute-flags',
      treatment: 'treat-as-withdraw',
      offset: 46,
      attribute: code,
      field: 'update.attribute[3]',
    }),
  ),
  ...([0xc0, 0x40, 0x00] as const).map(
    (flags): FaultRow => ({
      name: `flags ${flags} of BGPsec_PATH`,
      message: updateOf([MP_REACH, ORIGIN, { ...BGPSEC, flags }]),
      code: 'bgpsec-path-flags',
      treatment: 'treat-as-withdraw',
      offset: 23 + 16 + 4 + 3,
      attribute: 33,
      field: 'update.attribute[2]',
    }),
  ),
  // §3 d: missing attributes.
  ...(
    [
      ['origin', 1, [AS_PATH, NEXT_HOP]],
      ['as-path', 2, [ORIGIN, NEXT_HOP]],
      ['next-hop', 3, [ORIGIN, AS_PATH]],
    ] as const
  ).map(
    ([name, code, attributes]): FaultRow => ({
      name: `no ${name}`,
      message: updateOf(attributes, { nlri: NLRI }),
      code: `${name}-missing`,
      treatment: 'treat-as-withdraw',
      offset: 23,
      attribute: code,
      field: 'update.path-attributes',
    }),
  ),
  {
    name: 'neither path attribute beside MP_REACH_NLRI',
    message: updateOf([MP_REACH, ORIGIN]),
    code: 'as-path-missing',
    treatment: 'treat-as-withdraw',
    offset: 23,
    attribute: 2,
    field: 'update.path-attributes',
  },
  // §3 g: repetitions.
  {
    name: 'ORIGIN twice: the first counts',
    message: with_(0x40, 1, '02'),
    code: 'attribute-repeated',
    treatment: 'attribute-discard',
    offset: 46,
    attribute: 1,
    field: 'update.attribute[3]',
  },
  {
    name: 'an unknown attribute twice',
    message: updateOf([...BASE, attribute(0xc0, 99, ''), attribute(0xc0, 99, '01')], { nlri: NLRI }),
    code: 'attribute-repeated',
    treatment: 'attribute-discard',
    offset: 49,
    attribute: 99,
    field: 'update.attribute[4]',
  },
  {
    name: 'BGPsec_PATH twice',
    message: updateOf([MP_REACH, ORIGIN, BGPSEC, { ...BGPSEC, value: hex('0002') }]),
    code: 'attribute-repeated',
    treatment: 'attribute-discard',
    offset: 23 + 16 + 4 + 36 + 3,
    attribute: 33,
    field: 'update.attribute[3]',
  },
  {
    name: 'MP_REACH_NLRI twice',
    message: updateOf([MP_REACH, MP_REACH, ORIGIN, AS_PATH]),
    code: 'attribute-repeated',
    treatment: 'session-reset',
    offset: 42,
    attribute: 14,
    field: 'update.attribute[1]',
  },
  {
    name: 'MP_UNREACH_NLRI twice',
    message: updateOf([attribute(0x80, 15, '000201'), attribute(0x80, 15, '000201')]),
    code: 'attribute-repeated',
    treatment: 'session-reset',
    offset: 32,
    attribute: 15,
    field: 'update.attribute[1]',
  },
  // §3 i, j; §5.3: NLRI.
  {
    name: 'NLRI above 32 bits',
    message: updateOf(BASE, { nlri: '21c000020000' }),
    code: 'nlri-length',
    treatment: 'session-reset',
    offset: 43,
    field: 'update.nlri',
  },
  {
    name: 'NLRI overrun behind a good one',
    message: updateOf(BASE, { nlri: '18c00002 18c000' }),
    code: 'nlri-overrun',
    treatment: 'session-reset',
    offset: 47,
    field: 'update.nlri',
  },
  {
    name: 'Withdrawn Routes overrun',
    message: updateOf([], { withdrawn: '18c000' }),
    code: 'nlri-overrun',
    treatment: 'session-reset',
    offset: 21,
    field: 'update.withdrawn-routes',
  },
  {
    name: 'MP_REACH_NLRI too short',
    message: updateOf([attribute(0x80, 14, '00010100'), ORIGIN, AS_PATH]),
    code: 'mp-reach-length',
    treatment: 'session-reset',
    offset: 26,
    attribute: 14,
    field: 'update.attribute[0].mp-reach-nlri',
  },
  {
    name: 'MP_REACH_NLRI next hop of 5 octets, §7.11',
    message: updateOf([attribute(0x80, 14, '000101 05 0102030405 00 18c00002'), ORIGIN, AS_PATH]),
    code: 'next-hop-length',
    treatment: 'session-reset',
    offset: 29,
    attribute: 14,
    field: 'update.attribute[0].mp-reach-nlri.next-hop',
  },
  {
    name: 'MP_REACH_NLRI transitive',
    message: updateOf([{ ...MP_REACH, flags: 0xc0 }, ORIGIN, AS_PATH]),
    code: 'attribute-flags',
    treatment: 'session-reset',
    offset: 26,
    attribute: 14,
    field: 'update.attribute[0]',
  },
  {
    name: 'MP_REACH_NLRI broken, where the family is disabled instead',
    message: updateOf([attribute(0x80, 14, '000101 04 c0000201 00 18c000'), ORIGIN, AS_PATH]),
    session: { mpFault: 'afi-safi-disable' },
    code: 'nlri-overrun',
    treatment: 'afi-safi-disable',
    offset: 35,
    attribute: 14,
    field: 'update.attribute[0].nlri',
  },
  {
    name: 'MP_UNREACH_NLRI flags, where the family is disabled instead',
    message: updateOf([attribute(0xc0, 15, '000201')]),
    session: { mpFault: 'afi-safi-disable' },
    code: 'attribute-flags',
    treatment: 'afi-safi-disable',
    offset: 26,
    attribute: 15,
    field: 'update.attribute[0]',
  },
  {
    name: 'MP_UNREACH_NLRI overrun',
    message: updateOf([attribute(0x80, 15, '000101 18c000')]),
    code: 'nlri-overrun',
    treatment: 'session-reset',
    offset: 29,
    attribute: 15,
    field: 'update.attribute[0].nlri',
  },
  // §4: framing and zero lengths.
  {
    name: 'an attribute that ends beyond the field',
    message: updateOf(BASE, { rest: 'c06304ab', nlri: NLRI }),
    code: 'attribute-overrun',
    treatment: 'treat-as-withdraw',
    offset: 43,
    field: 'update.attribute[3]',
  },
  {
    name: 'two octets left over',
    message: updateOf(BASE, { rest: 'c063', nlri: NLRI }),
    code: 'attribute-overrun',
    treatment: 'treat-as-withdraw',
    offset: 43,
    field: 'update.attribute[3]',
  },
  {
    name: 'BGPsec_PATH of no octets',
    message: updateOf([MP_REACH, ORIGIN, { ...BGPSEC, value: hex('') }]),
    code: 'secure-path-length',
    treatment: 'treat-as-withdraw',
    offset: 46,
    attribute: 33,
    field: 'update.attribute[2].bgpsec-path.secure-path.length',
  },
  // §5.2.
  {
    name: 'a fault, and no reachable routes',
    message: updateOf([attribute(0x40, 1, '03')], { withdrawn: NLRI }),
    code: 'reachable-nlri-missing',
    treatment: 'session-reset',
    offset: 27,
    field: 'update.path-attributes',
  },
  {
    name: 'a fault, and an MP_REACH_NLRI without routes',
    message: updateOf([attribute(0x80, 14, '000101 04 c0000201 00'), attribute(0x40, 1, '03'), AS_PATH]),
    code: 'reachable-nlri-missing',
    treatment: 'session-reset',
    offset: 23,
    field: 'update.path-attributes',
  },
  // §7: the attributes.
  ...(
    [
      [1, 0x40, '03', 'origin-value', 'origin'],
      [2, 0x40, '0201', 'as-path-overrun', 'as-path.segment[0]'],
      [3, 0x40, 'c00002', 'next-hop-length', 'next-hop'],
    ] as const
  ).map(([code, flags, value, reason, field]): FaultRow => {
    const others = BASE.filter((one) => one.code !== code);
    return {
      name: `attribute ${code} malformed`,
      message: updateOf([attribute(flags, code, value), ...others], { nlri: NLRI }),
      code: reason,
      treatment: 'treat-as-withdraw',
      offset: reason === 'as-path-overrun' ? 27 : 26,
      attribute: code,
      field: `update.attribute[0].${field}`,
    };
  }),
  ...(
    [
      [0x80, 4, '000000', 'multi-exit-disc-length', 'treat-as-withdraw', 'multi-exit-disc'],
      [0x40, 5, '000000', 'local-pref-length', 'treat-as-withdraw', 'local-pref'],
      [0x40, 6, '00', 'atomic-aggregate-length', 'attribute-discard', 'atomic-aggregate'],
      [0xc0, 7, '000000000000', 'aggregator-length', 'attribute-discard', 'aggregator'],
      [0xc0, 8, '', 'communities-length', 'treat-as-withdraw', 'communities'],
      [0x80, 9, '', 'originator-id-length', 'treat-as-withdraw', 'originator-id'],
      [0x80, 10, '0000', 'cluster-list-length', 'treat-as-withdraw', 'cluster-list'],
      [0xc0, 16, '00', 'extended-communities-length', 'treat-as-withdraw', 'extended-communities'],
      [0xc0, 25, '00', 'ipv6-extended-communities-length', 'treat-as-withdraw', 'ipv6-extended-communities'],
      [0xc0, 17, '02010000fbf0', 'as4-path-unexpected', 'attribute-discard', 'as4-path'],
      [0xc0, 18, '0000fbf0c0000201', 'as4-aggregator-unexpected', 'attribute-discard', 'as4-aggregator'],
      [0xc0, 32, '00', 'large-communities-length', 'treat-as-withdraw', 'large-communities'],
      [0xc0, 35, '00', 'only-to-customer-length', 'treat-as-withdraw', 'only-to-customer'],
    ] as const
  ).map(
    ([flags, code, value, reason, treatment, field]): FaultRow => ({
      name: `attribute ${code} malformed`,
      message: with_(flags, code, value),
      code: reason,
      treatment,
      offset: 46,
      attribute: code,
      field: `update.attribute[3].${field}`,
    }),
  ),
  ...(
    [
      [5, 0x40, 'local-pref'],
      [9, 0x80, 'originator-id'],
      [10, 0x80, 'cluster-list'],
    ] as const
  ).map(
    ([code, flags, name]): FaultRow => ({
      name: `${name} from an external peer, §7.5, §7.9, §7.10`,
      message: with_(flags, code, '000000'),
      session: { peer: 'external' },
      code: `${name}-external`,
      treatment: 'attribute-discard',
      offset: 46,
      attribute: code,
      field: 'update.attribute[3]',
    }),
  ),
  {
    name: 'malformed AS4_PATH from an OLD speaker, RFC 6793 §6',
    message: updateOf([ORIGIN, attribute(0x40, 2, '0201 fbf0'), NEXT_HOP, attribute(0xc0, 17, '0201')], {
      nlri: NLRI,
    }),
    session: { asnSize: 2 },
    code: 'as4-path-length',
    treatment: 'attribute-discard',
    offset: 44,
    attribute: 17,
    field: 'update.attribute[3].as4-path',
  },
  // RFC 4271 §6.3.
  {
    name: 'a well-known attribute that is not known',
    message: with_(0x40, 99, '00'),
    code: 'well-known-unrecognized',
    treatment: 'session-reset',
    offset: 46,
    attribute: 99,
    field: 'update.attribute[3]',
  },
  // RFC 7607 §2, RFC 5065 §5.
  {
    name: 'AS 0 in AS_PATH',
    message: updateOf([ORIGIN, attribute(0x40, 2, '0101 0000fbf0 0202 0000fbf0 00000000'), NEXT_HOP], {
      nlri: NLRI,
    }),
    code: 'as-zero',
    treatment: 'treat-as-withdraw',
    offset: 23 + 4 + 3 + 6 + 2 + 4,
    attribute: 2,
    field: 'update.attribute[1].as-path.segment[1]',
  },
  {
    name: 'AS_CONFED_SEQUENCE from an external peer',
    message: updateOf([ORIGIN, attribute(0x40, 2, '0201 0000fbf0 0301 0000fde9'), NEXT_HOP], { nlri: NLRI }),
    session: { peer: 'external' },
    code: 'as-path-confed-unexpected',
    treatment: 'treat-as-withdraw',
    offset: 36,
    attribute: 2,
    field: 'update.attribute[1].as-path.segment[1]',
  },
  {
    name: 'no AS_CONFED_SEQUENCE from another Member-AS',
    message: updateOf([ORIGIN, AS_PATH, NEXT_HOP], { nlri: NLRI }),
    session: { peer: 'confed-external' },
    code: 'as-path-confed-missing',
    treatment: 'treat-as-withdraw',
    offset: 30,
    attribute: 2,
    field: 'update.attribute[1].as-path',
  },
];
