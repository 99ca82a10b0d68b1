import type { Fields, VectorGroup } from '../../../../src/conformance/vector.js';
import type { Citation } from '../../citation.js';
import { aspaGroup, type CaseDraft, PROFILE } from './case.js';
import { aspasJson, pathFields } from './notation.js';

const LARGEST_RTR_SET = 16_380;

/** What the outcome says of the hop that the path is about. */
function foundOf(outcome: string): Citation {
  if (outcome === 'unknown') return 'aspa-28:5.3:no-attestation';
  return outcome === 'valid' ? 'aspa-28:5.3:provider' : 'aspa-28:5.3:not-provider';
}

/** Cases that are made for a mistake. */
const MADE: Readonly<Record<string, string>> = {
  'limit-10001-first': 'aspa-X4',
  'limit-10001-last': 'aspa-X4',
  'limit-10001-absent': 'aspa-X18',
  'limit-5001-first': 'aspa-X5',
  'limit-5001-second': 'aspa-X5',
  'limit-union': 'aspa-X5',
  'number-path-six-digits': 'aspa-X9a',
  'number-path-six-digits-customer': 'aspa-X9a',
  'number-customer-4294967295-listed': 'aspa-X9b',
};

function flagsOf(id: string, property: string): string[] {
  const made = MADE[id];
  return made === undefined ? [property] : [property, made];
}

/** Providers spread over all AS numbers, or, where there are many, close together around 65536. */
function providersOf(size: number): number[] {
  const [first, step] = size > 255 ? [20_000, 5] : [100, Math.floor(4_294_967_000 / 255)];
  return Array.from({ length: size }, (_, i) => first + i * step);
}

/** Provider sets of the sizes at which searches, octet counters and messages reach their limits. */
export function setSizeGroups(): VectorGroup[] {
  return [1, 2, 15, 16, 17, 255, LARGEST_RTR_SET].flatMap((size) => {
    const ascending = providersOf(size);
    const groups = [setGroup(ascending, 'ascending')];
    if (size > 1 && size <= 255) groups.push(setGroup([...ascending].reverse(), 'descending'));
    return groups;
  });
}

function setGroup(list: readonly number[], order: 'ascending' | 'descending'): VectorGroup {
  const sorted = order === 'ascending' ? list : [...list].reverse();
  const at = (index: number): number => sorted[index] ?? 0;
  const middle = Math.floor(list.length / 2);
  const asked: Readonly<Record<string, [number, boolean]>> = {
    first: [at(0), true],
    middle: [at(middle), true],
    last: [at(list.length - 1), true],
    'absent-below': [at(0) - 1, false],
    'absent-middle': [at(middle) + 1, false],
    'absent-above': [at(list.length - 1) + 1, false],
  };
  const drafts = Object.entries(asked).flatMap(([place, [provider, listed]]): CaseDraft[] => {
    const title = `${place.replace('-', ' ')} of ${list.length} providers in ${order} order`;
    const id = `set-${list.length}-${order}-${place}`;
    const flags = ['set-size'];
    return [
      {
        id,
        title,
        sections: ['§5.3'],
        flags,
        input: { op: 'authorized', customer: 1, provider },
        fact: { authorization: listed ? 'provider+' : 'not-provider+' },
      },
      {
        id: `${id}-path`,
        title: `${title}, as neighbour on a path`,
        flags,
        input: { op: 'verify-path', ...pathFields(`${provider} 1`, 'customer') },
        fact: { outcome: listed ? 'valid' : 'invalid' },
      },
    ];
  });
  const shared = { aspas: [{ customer: 1, providers: [...list] }], maxProviders: LARGEST_RTR_SET };
  return aspaGroup(`A set of ${list.length} in ${order} order`, drafts, shared);
}

const NUMBERS = [
  1, 23_455, 23_456, 23_457, 65_535, 65_536, 65_537, 999_999, 1_000_000, 1_000_001, 2_147_483_647,
  2_147_483_648, 2_147_483_649, 4_294_967_294, 4_294_967_295,
];
const OTHERS = [2, 65_534, 1_000_002, 2_147_483_646, 2_147_483_650, 4_294_967_293];

/** AS numbers where 16-bit, signed and textual representations break. */
export function numberGroups(): VectorGroup[] {
  const sections = ['§5.3'];
  const flags = ['asn-range'];
  const CUSTOMER = 10;
  const providers = aspaGroup(
    'Providers at the limits of number formats',
    [...NUMBERS, ...OTHERS].map((provider) => {
      const outcome = NUMBERS.includes(provider) ? 'valid' : 'invalid';
      return {
        id: `number-provider-${provider}`,
        title: `AS${provider} ${outcome === 'valid' ? 'is' : 'is not'} a provider`,
        requirements: [foundOf(outcome)],
        flags,
        input: { op: 'verify-path', ...pathFields(`${provider} ${CUSTOMER}`, 'customer') },
        fact: { outcome },
      };
    }),
    { aspas: [{ customer: CUSTOMER, providers: NUMBERS }] },
  );
  const customers = aspaGroup(
    'Customers at the limits of number formats',
    [...NUMBERS, ...OTHERS].flatMap((customer) => {
      const has = NUMBERS.includes(customer);
      const asked = (provider: number, listed: boolean): CaseDraft => {
        const id = `number-customer-${customer}-${listed ? 'listed' : 'not-listed'}`;
        return {
          id,
          title: `AS${customer}, which ${has ? 'has an' : 'has no'} ASPA, and AS${provider}`,
          sections,
          flags: flagsOf(id, 'asn-range'),
          input: { op: 'authorized', customer, provider },
          fact: { authorization: has ? (listed ? 'provider+' : 'not-provider+') : 'no-attestation' },
        };
      };
      return [asked(3_000_000_000, true), asked(3_000_000_001, false)];
    }),
    { aspas: NUMBERS.map((customer) => ({ customer, providers: [7, 3_000_000_000] })) },
  );
  const large = 'AS numbers above 2147483648 all along a path';
  const aspas =
    '4200000001:{4200000002} 4200000002:{4200000003} 4200000005:{4200000004} 4200000003:{0} 4200000004:{0}';
  const long = '4200000005 4200000004 4200000003 4200000002 4200000001';
  const paths = aspaGroup(
    'Paths of large AS numbers',
    [
      ['apex', `${large}: the free hop`, aspas, long, 'provider', 'valid'],
      ['violation', `${large}: a violation`, aspas, long, 'customer', 'invalid'],
      ['climb', `${large}: only up`, aspas, '4200000003 4200000002 4200000001', 'customer', 'valid'],
      [
        'two-octet',
        'two providers that are equal in the lower 16 bits',
        '1:{65538}',
        '2 1',
        'customer',
        'invalid',
      ],
      [
        'sign-bit',
        'two providers that differ in the highest bit only',
        '1:{2147483650}',
        '2 1',
        'customer',
        'invalid',
      ],
      [
        'customer-sign-bit',
        'two customers that differ in the highest bit only',
        '2147483649:{0}',
        '2 1',
        'customer',
        'unknown',
      ],
      [
        'six-digits',
        'two providers whose first six digits are equal',
        '1:{1000000}',
        '1000001 1',
        'customer',
        'invalid',
      ],
      [
        'six-digits-customer',
        'two customers whose first six digits are equal',
        '4294967294:{2}',
        '2 4294967295',
        'customer',
        'unknown',
      ],
    ].map(([id = '', title = '', table = '', path = '', role = '', outcome = '']) => ({
      id: `number-path-${id}`,
      title,
      requirements: [foundOf(outcome)],
      flags: flagsOf(`number-path-${id}`, 'asn-range'),
      input: { op: 'verify-path', aspas: aspasJson(table), ...pathFields(path, role) },
      fact: { outcome },
    })),
  );
  return [providers, customers, paths];
}

/** profile-29 §5.5: above the limit, all ASPAs of the customer are dropped, and the limit is one of the union. */
export function limitGroups(): VectorGroup[] {
  const many = Array.from({ length: 10_001 }, (_, i) => 10 + i);
  const ask = (
    id: string,
    title: string,
    provider: number,
    outcome: string,
    more: Fields = {},
  ): CaseDraft => ({
    id: `limit-${id}`,
    title,
    sections: [`${PROFILE} §5.5`, `§5.5 step ${outcome === 'unknown' ? 5 : outcome === 'valid' ? 6 : 4}`],
    requirements:
      outcome === 'unknown'
        ? [foundOf(outcome), '!aspa-profile-29:5.5:upper-bound', 'aspa-profile-29:5.5:no-partial-list']
        : ['aspa-profile-29:5.5:upper-bound'],
    flags: flagsOf(`limit-${id}`, 'limit'),
    input: { op: 'verify-path', ...more, ...pathFields(`${provider} 1`, 'customer') },
    fact: { outcome },
  });
  const split = (first: readonly number[], second: readonly number[]): Fields => ({
    aspas: [
      { customer: 1, providers: [...first] },
      { customer: 1, providers: [...second] },
    ],
  });
  const [a, b] = [
    [11, 12, 13],
    [14, 15, 16],
  ] as const;
  return [
    aspaGroup(
      '10,001 providers at a limit of 10,000',
      [
        ask('10001-first', 'the first of them', 10, 'unknown'),
        ask('10001-last', 'the last of them', 10_010, 'unknown'),
        ask('10001-absent', 'none of them', 9, 'unknown'),
      ],
      { aspas: [{ customer: 1, providers: many }], maxProviders: 10_000 },
    ),
    aspaGroup(
      'Two ASPAs of 5,001 and 5,000 providers at a limit of 10,000',
      [
        ask('5001-first', 'a provider of the first', 10, 'unknown'),
        ask('5001-second', 'a provider of the second', 10_010, 'unknown'),
        ask('5001-absent', 'a provider of none', 9, 'unknown'),
      ],
      {
        ...split(many.slice(0, 5_001), many.slice(5_001)),
        maxProviders: 10_000,
      },
    ),
    aspaGroup('Small limits', [
      ask('exact', 'as many providers as the limit allows', 16, 'valid', { ...split(a, b), maxProviders: 6 }),
      ask('union', 'a union that is one above the limit', 11, 'unknown', { ...split(a, b), maxProviders: 5 }),
      ask('union-overlap', 'the limit counts a provider of two ASPAs once', 14, 'valid', {
        ...split([11, 12, 14], [14, 15]),
        maxProviders: 4,
      }),
      ask('as0', 'AS 0 beside others does not count', 12, 'valid', {
        ...split([0, 11], [12]),
        maxProviders: 2,
      }),
      ask('one-record', 'one record above the limit takes the other with it', 11, 'unknown', {
        ...split([11], [12, 13, 14]),
        maxProviders: 2,
      }),
    ]),
  ];
}

/** draft-28 §7.1: one table for both families; a limit in an old ASPA is forgotten. */
export function familyGroup(): VectorGroup {
  const limited = (afi: number): Fields => ({
    aspas: [{ customer: 1, providers: [2, 3], afiLimits: [{ provider: 2, afi }] }],
  });
  const ask = (
    id: string,
    title: string,
    family: string,
    more: Fields,
    flags: readonly string[],
  ): CaseDraft => ({
    id: `family-${id}`,
    title,
    sections: ['§7.1'],
    requirements: ['aspa-28:7.1:one-table'],
    flags,
    input: { op: 'verify-path', family, ...more, ...pathFields('2 1', 'customer') },
    fact: { outcome: 'valid' },
  });
  return aspaGroup('Providers that an old profile limited to one address family', [
    ask('ipv4-for-ipv6', 'limited to IPv4, an IPv6 route', 'ipv6-unicast', limited(1), ['aspa-X6']),
    ask('ipv6-for-ipv4', 'limited to IPv6, an IPv4 route', 'ipv4-unicast', limited(2), ['aspa-X6']),
    ask('ipv4-for-ipv4', 'limited to IPv4, an IPv4 route', 'ipv4-unicast', limited(1), []),
    ask(
      'none',
      'not limited, an IPv6 route',
      'ipv6-unicast',
      { aspas: [{ customer: 1, providers: [2] }] },
      [],
    ),
  ]);
}
