import { BASE, with_ } from './update-fault-parts.js';
import { AS_PATH, attribute, type FaultRow, NEXT_HOP, NLRI, ORIGIN, updateOf } from './wire-support.js';

/** What RFC 7606 §7 and the documents of the attributes say about values, one row each. */
export const VALUE_ROWS: readonly FaultRow[] = [
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
