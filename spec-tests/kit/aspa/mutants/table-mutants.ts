import type { AspaPayload } from 'pathsec/payload';
import { type Mutant, SOMEWHERE } from '../../mutant.js';
import { type Entries, type Kit, kit } from './kit.js';

type Compare = (a: number, b: number) => number;
const numeric: Compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** As in C, where the difference of two unsigned numbers becomes an int: no order, for it can go round in a circle. */
const signedDifference: Compare = (a, b) => (a - b) | 0;

function bisect(list: readonly number[], sought: number, compare: Compare): boolean {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compare(list[middle] as number, sought);
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}

const without0 = ({ providers }: AspaPayload): number[] => providers.filter((asn) => asn !== 0);
const isAs0 = ({ providers }: AspaPayload): boolean => providers.every((asn) => asn === 0);
const isMixed = (aspa: AspaPayload): boolean => aspa.providers.includes(0) && !isAs0(aspa);

function uniteBySignedDifference(entries: Entries, { customer, providers }: AspaPayload): void {
  const list = [...(entries.get(customer) ?? []), ...providers];
  const unique = new Set(list.filter((asn) => asn !== 0 && asn !== customer));
  entries.set(customer, [...unique].sort(signedDifference));
}

export const tableMutants: readonly Mutant<Kit>[] = [
  {
    id: 'aspa-T1',
    text: 'asks the provider for its customer: authorized(provider, customer)',
    parts: { authorized: (self, entries, x, y) => kit.authorized(self, entries, y, x) },
  },
  {
    id: 'aspa-T2',
    text: 'takes an AS0 ASPA for no attestation',
    parts: { unite: (entries, aspa) => (isAs0(aspa) ? undefined : kit.unite(entries, aspa)) },
  },
  {
    id: 'aspa-T3',
    text: 'lets AS 0 cancel the other providers of an ASPA',
    parts: {
      unite: (entries, aspa) =>
        kit.unite(entries, aspa.providers.includes(0) ? { ...aspa, providers: [0] } : aspa),
    },
  },
  {
    id: 'aspa-T4',
    text: 'takes AS 0 in an ASPA for any provider',
    parts: {
      unite: (entries, { customer, providers }) => void entries.set(customer, [...providers]),
      holds: (list, provider) => list.includes(0) || list.includes(provider),
    },
  },
  {
    id: 'aspa-T5',
    text: 'drops an ASPA that lists AS 0 and others',
    parts: { unite: (entries, aspa) => (isMixed(aspa) ? undefined : kit.unite(entries, aspa)) },
  },
  {
    id: 'aspa-T6',
    text: 'keeps only the last of several ASPAs of one customer',
    parts: { unite: (entries, aspa) => void entries.set(aspa.customer, without0(aspa)) },
  },
  {
    id: 'aspa-T7',
    text: 'keeps only the first of several ASPAs of one customer',
    parts: {
      unite: (entries, aspa) => (entries.has(aspa.customer) ? undefined : kit.unite(entries, aspa)),
    },
  },
  {
    id: 'aspa-T8',
    text: 'intersects the ASPAs of one customer',
    parts: {
      unite(entries: Entries, aspa) {
        const earlier = entries.get(aspa.customer);
        entries.set(
          aspa.customer,
          without0(aspa).filter((asn) => earlier?.includes(asn) ?? true),
        );
      },
    },
  },
  {
    id: 'aspa-T9',
    text: 'keeps an empty entry of a customer that was withdrawn',
    parts: { withdraw: (entries, customer) => void entries.set(customer, []) },
  },
  {
    id: 'aspa-T10',
    text: 'searches providers by bisection in the order they came in',
    parts: {
      unite: (entries, aspa) => void entries.set(aspa.customer, without0(aspa)),
      holds: (list, provider) => bisect(list, provider, numeric),
    },
  },
  {
    id: 'aspa-T11',
    text: 'sorts providers as decimal text',
    parts: {
      unite: (entries, aspa) =>
        void entries.set(aspa.customer, without0(aspa).map(String).sort().map(Number)),
      holds: (list, provider) => bisect(list, provider, numeric),
    },
  },
  {
    id: 'aspa-T12',
    text: 'compares AS numbers by a signed 32-bit difference',
    seenIn: 'rtrlib (commit ed3393b)',
    parts: { holds: (list, provider) => bisect(list, provider, signedDifference) },
  },
  {
    id: 'aspa-T13',
    text: 'sorts AS numbers as signed and searches them as unsigned',
    parts: {
      holds: (list, provider) =>
        bisect(
          [...list].sort((a, b) => (a | 0) - (b | 0)),
          provider,
          numeric,
        ),
    },
  },
  {
    id: 'aspa-T14',
    text: 'makes providers of 2147483648 and above negative',
    parts: { holds: (list, provider) => list.map((asn) => asn | 0).includes(provider) },
  },
  {
    id: 'aspa-T15',
    text: 'cuts AS numbers to 16 bits',
    parts: { holds: (list, provider) => list.includes(provider & 0xffff) },
  },
  {
    id: 'aspa-T16',
    text: 'sorts providers with a comparator that subtracts as signed 32-bit, and searches them as unsigned',
    parts: {
      unite: uniteBySignedDifference,
      holds: (list, provider) => bisect(list, provider, numeric),
    },
  },
  {
    id: 'aspa-T17',
    text: 'sorts and searches providers with a comparator that subtracts as signed 32-bit',
    seenIn: SOMEWHERE,
    parts: {
      unite: uniteBySignedDifference,
      holds: (list, provider) => bisect(list, provider, signedDifference),
    },
  },
];
