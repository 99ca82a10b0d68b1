import type { AspaPayload } from 'pathsec/payload';
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

export const tableMutants: Readonly<Record<string, Partial<Kit>>> = {
  T1: { authorized: (self, entries, x, y) => kit.authorized(self, entries, y, x) },
  T2: { unite: (entries, aspa) => (isAs0(aspa) ? undefined : kit.unite(entries, aspa)) },
  T3: {
    unite: (entries, aspa) =>
      kit.unite(entries, aspa.providers.includes(0) ? { ...aspa, providers: [0] } : aspa),
  },
  T4: {
    unite: (entries, { customer, providers }) => void entries.set(customer, [...providers]),
    holds: (list, provider) => list.includes(0) || list.includes(provider),
  },
  T5: { unite: (entries, aspa) => (isMixed(aspa) ? undefined : kit.unite(entries, aspa)) },
  T6: { unite: (entries, aspa) => void entries.set(aspa.customer, without0(aspa)) },
  T7: {
    unite: (entries, aspa) => (entries.has(aspa.customer) ? undefined : kit.unite(entries, aspa)),
  },
  T8: {
    unite(entries: Entries, aspa) {
      const earlier = entries.get(aspa.customer);
      entries.set(
        aspa.customer,
        without0(aspa).filter((asn) => earlier?.includes(asn) ?? true),
      );
    },
  },
  T9: { withdraw: (entries, customer) => void entries.set(customer, []) },
  T10: {
    unite: (entries, aspa) => void entries.set(aspa.customer, without0(aspa)),
    holds: (list, provider) => bisect(list, provider, numeric),
  },
  T11: {
    unite: (entries, aspa) => void entries.set(aspa.customer, without0(aspa).map(String).sort().map(Number)),
    holds: (list, provider) => bisect(list, provider, numeric),
  },
  T12: { holds: (list, provider) => bisect(list, provider, signedDifference) },
  T13: {
    holds: (list, provider) =>
      bisect(
        [...list].sort((a, b) => (a | 0) - (b | 0)),
        provider,
        numeric,
      ),
  },
  T14: { holds: (list, provider) => list.map((asn) => asn | 0).includes(provider) },
  T15: { holds: (list, provider) => list.includes(provider & 0xffff) },
  T16: {
    unite: uniteBySignedDifference,
    holds: (list, provider) => bisect(list, provider, numeric),
  },
  T17: {
    unite: uniteBySignedDifference,
    holds: (list, provider) => bisect(list, provider, signedDifference),
  },
};
