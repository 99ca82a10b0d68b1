import type { Fields, VectorGroup } from '../../../../src/conformance/vector.js';
import type { Citation } from '../../citation.js';
import facts from '../facts/tables.json' with { type: 'json' };
import { aspaGroup, type CaseDraft, PROFILE } from './case.js';
import { aspasJson, limitedAspasJson, pathFields } from './notation.js';

const LARGEST_RTR_SET = 16_380;

/** What the outcome says of the hop that the path is about. */
function foundOf(outcome: string): Citation {
  if (outcome === 'unknown') return 'aspa-28:5.3:no-attestation';
  return outcome === 'valid' ? 'aspa-28:5.3:provider' : 'aspa-28:5.3:not-provider';
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
          // Made for the mistake.
          flags: id === 'number-customer-4294967295-listed' ? ['asn-range', 'aspa-X9b'] : ['asn-range'],
          input: { op: 'authorized', customer, provider },
          fact: { authorization: has ? (listed ? 'provider+' : 'not-provider+') : 'no-attestation' },
        };
      };
      return [asked(3_000_000_000, true), asked(3_000_000_001, false)];
    }),
    { aspas: NUMBERS.map((customer) => ({ customer, providers: [7, 3_000_000_000] })) },
  );
  const paths = aspaGroup(
    'Paths of large AS numbers',
    facts.numbers.map(({ id, title, aspas, path, neighbor, outcome, mistakes = [] }) => ({
      id: `number-path-${id}`,
      title,
      requirements: [foundOf(outcome)],
      flags: ['asn-range', ...mistakes.map((mistake) => `aspa-${mistake}`)],
      input: { op: 'verify-path', aspas: aspasJson(aspas), ...pathFields(path, neighbor) },
      fact: { outcome },
    })),
  );
  return [providers, customers, paths];
}

interface Limit {
  readonly id: string;
  readonly title: string;
  readonly provider: number;
  readonly outcome: string;
  readonly mistakes?: readonly string[];
}

/** aspa-profile §5.5: above the limit, all ASPAs of the customer are dropped, and the limit is one of the union. */
function limitCase({ id, title, provider, outcome, mistakes = [] }: Limit, more: Fields = {}): CaseDraft {
  const above: Citation[] = ['!aspa-profile:5.5:upper-bound', 'aspa-profile:5.5:no-partial-list'];
  return {
    id: `limit-${id}`,
    title,
    sections: [`${PROFILE} §5.5`, `§5.5 step ${outcome === 'unknown' ? 5 : outcome === 'valid' ? 6 : 4}`],
    requirements: outcome === 'unknown' ? [foundOf(outcome), ...above] : ['aspa-profile:5.5:upper-bound'],
    flags: ['limit', ...mistakes.map((mistake) => `aspa-${mistake}`)],
    input: { op: 'verify-path', ...more, ...pathFields(`${provider} 1`, 'customer') },
    fact: { outcome },
  };
}

/** Large sets at the recommended limit, and small ones at small limits. */
export function limitGroups(): VectorGroup[] {
  const many = Array.from({ length: 10_001 }, (_, i) => 10 + i);
  const [first, second] = [many.slice(0, 5_001), many.slice(5_001)];
  const outcome = 'unknown';
  return [
    aspaGroup(
      '10,001 providers at a limit of 10,000',
      [
        limitCase({ id: '10001-first', title: 'the first of them', provider: 10, outcome, mistakes: ['X4'] }),
        limitCase({
          id: '10001-last',
          title: 'the last of them',
          provider: 10_010,
          outcome,
          mistakes: ['X4'],
        }),
        limitCase({ id: '10001-absent', title: 'none of them', provider: 9, outcome, mistakes: ['X18'] }),
      ],
      { aspas: [{ customer: 1, providers: many }], maxProviders: 10_000 },
    ),
    aspaGroup(
      'Two ASPAs of 5,001 and 5,000 providers at a limit of 10,000',
      [
        limitCase({
          id: '5001-first',
          title: 'a provider of the first',
          provider: 10,
          outcome,
          mistakes: ['X5'],
        }),
        limitCase({
          id: '5001-second',
          title: 'a provider of the second',
          provider: 10_010,
          outcome,
          mistakes: ['X5'],
        }),
        limitCase({ id: '5001-absent', title: 'a provider of none', provider: 9, outcome }),
      ],
      { aspas: [first, second].map((providers) => ({ customer: 1, providers })), maxProviders: 10_000 },
    ),
    aspaGroup(
      'Small limits',
      facts.limits.map((row) =>
        limitCase(row, { aspas: aspasJson(row.aspas), maxProviders: row.maxProviders }),
      ),
    ),
  ];
}

/** draft-28 §7.1: one table for both families; a limit in an old ASPA is forgotten. */
export function familyGroup(): VectorGroup {
  return aspaGroup(
    'Providers that an old profile limited to one address family',
    facts.families.map(({ id, title, family, aspas, afiLimits = [], mistakes = [] }) => ({
      id: `family-${id}`,
      title,
      sections: ['§7.1'],
      requirements: ['aspa-28:7.1:one-table'],
      flags: mistakes.map((mistake) => `aspa-${mistake}`),
      input: {
        op: 'verify-path',
        family,
        aspas: limitedAspasJson(aspas, afiLimits),
        ...pathFields('2 1', 'customer'),
      },
      fact: { outcome: 'valid' },
    })),
  );
}
