import type { AsPath } from 'pathsec/bgp';
import { type Entries, type Kit, kit, type PathQuestion } from './kit.js';

const byCustomer = (entries: Entries): [number, number[]][] => [...entries].sort(([a], [b]) => a - b);

/** A path as the octets of a route would key it, without the procedure. */
const pathKey = ({ asPath, neighborAs }: PathQuestion): string => JSON.stringify([asPath, neighborAs]);

/** ASes as route selection counts them, which is one for a set of any size. */
const pathLength = (asPath: AsPath): number =>
  asPath.reduce((sum, { type, asns }) => sum + (type === 1 ? 1 : asns.length), 0);

/** A buffer of six digits for the text of an AS number. */
const cut = (asn: number): string => String(asn).slice(0, 6);

/** Mistakes that show across paths, tables and families. */
export const acrossMutants: Readonly<Record<string, Partial<Kit>>> = {
  X1: {
    equalTables(first, second) {
      const [a, b] = [byCustomer(first), byCustomer(second)];
      const flat = (table: [number, number[]][]): string =>
        JSON.stringify([table.map(([customer]) => customer), table.flatMap(([, providers]) => providers)]);
      return flat(a) === flat(b);
    },
  },
  X1b: {
    equalTables(first, second) {
      const flat = (entries: Entries): string => {
        const table = byCustomer(entries).reverse();
        // An AS0 ASPA is one with the provider 0 here.
        const providers = table.flatMap(([, list]) => (list.length === 0 ? [0] : list));
        return JSON.stringify([table.map(([customer]) => customer), providers]);
      };
      return flat(first) === flat(second);
    },
  },
  X2a: {
    cacheKey: (question) => JSON.stringify([pathKey(question), question.neighborRole]),
    cacheFollowsTable: false,
  },
  X2b: { cacheKey: pathKey },
  X3: { copied: 'unknown' },
  X4: { limit: (list, maxProviders) => list.slice(0, maxProviders) },
  X5: {
    admits: ({ providers }, maxProviders) => providers.length <= maxProviders,
    limit: (list) => list,
  },
  X6: {
    select: (aspa, afi) => ({
      ...aspa,
      providers: aspa.providers.filter((asn) => (aspa.afiLimits?.get(asn) ?? afi) === afi),
    }),
  },
  X7a: { applies: (_afi, _safi, session) => session === 'external' },
  X7b: { applies: (afi, safi, session) => session === 'internal' || kit.applies(afi, safi, session) },
  X8: { merge: ({ asPath }) => asPath },
  X9a: {
    authorized(_self, entries, x, y) {
      const entry = [...entries].find(([customer]) => cut(customer) === cut(x));
      if (entry === undefined) return 'no-attestation';
      return entry[1].some((asn) => cut(asn) === cut(y)) ? 'provider+' : 'not-provider+';
    },
  },
  X9b: { authorized: (self, entries, x, y) => kit.authorized(self, entries, x | 0, y | 0) },
  X10: {
    read: (asPath) => {
      const asns = asPath.flatMap((segment) => segment.asns).slice(0, pathLength(asPath));
      return asns.reverse();
    },
    hasSet: (asPath) => asPath.some(({ type }) => type > 2),
  },
  X15a: { keepsInvalid: false },
  X15b: { preference: (outcome) => (outcome === 'valid' ? 'raised' : 'unchanged') },
  X16: {
    read(asPath) {
      // Turns the caller's own segments round, to have the origin in front.
      (asPath as AsPath[number][]).reverse();
      for (const { asns } of asPath) (asns as number[]).reverse();
      return asPath.flatMap(({ asns }) => asns);
    },
  },
  X17: { earlyRamps: true },
  X18: { limit: (list) => list },
};
