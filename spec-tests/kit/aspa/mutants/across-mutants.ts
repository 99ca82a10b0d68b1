import type { AsPath } from 'pathsec/bgp';
import { type Mutant, SOMEWHERE } from '../../mutant.js';
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
export const acrossMutants: readonly Mutant<Kit>[] = [
  {
    id: 'aspa-X1',
    text: 'compares tables by their customers in ascending order and the flattened list of providers',
    parts: {
      equalTables(first, second) {
        const [a, b] = [byCustomer(first), byCustomer(second)];
        const flat = (table: [number, number[]][]): string =>
          JSON.stringify([table.map(([customer]) => customer), table.flatMap(([, providers]) => providers)]);
        return flat(a) === flat(b);
      },
    },
  },
  {
    id: 'aspa-X1b',
    text: 'compares tables by their customers in descending order and the flattened list of providers',
    seenIn: SOMEWHERE,
    parts: {
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
  },
  {
    id: 'aspa-X2a',
    text: 'keeps outcomes when the table changes',
    parts: {
      cacheKey: (question) => JSON.stringify([pathKey(question), question.neighborRole]),
      cacheFollowsTable: false,
    },
  },
  { id: 'aspa-X2b', text: 'keeps outcomes by path, whatever the procedure', parts: { cacheKey: pathKey } },
  {
    id: 'aspa-X3',
    text: 'does not copy the outcome with the route',
    seenIn: SOMEWHERE,
    parts: { copied: 'unknown' },
  },
  {
    id: 'aspa-X4',
    text: 'cuts an over-long provider list to the limit',
    parts: { limit: (list, maxProviders) => list.slice(0, maxProviders) },
  },
  {
    id: 'aspa-X5',
    text: 'applies the limit to each ASPA instead of the union',
    parts: {
      admits: ({ providers }, maxProviders) => providers.length <= maxProviders,
      limit: (list) => list,
    },
  },
  {
    id: 'aspa-X6',
    text: 'uses a provider for one address family only',
    parts: {
      select: (aspa, afi) => ({
        ...aspa,
        providers: aspa.providers.filter((asn) => (aspa.afiLimits?.get(asn) ?? afi) === afi),
      }),
    },
  },
  {
    id: 'aspa-X7a',
    text: 'verifies routes of other address families than IPv4 and IPv6 unicast',
    seenIn: SOMEWHERE,
    parts: { applies: (_afi, _safi, session) => session === 'external' },
  },
  {
    id: 'aspa-X7b',
    text: 'verifies routes received over iBGP',
    seenIn: SOMEWHERE,
    parts: { applies: (afi, safi, session) => session === 'internal' || kit.applies(afi, safi, session) },
  },
  {
    id: 'aspa-X8',
    text: 'verifies the AS_PATH with AS_TRANS without merging AS4_PATH',
    parts: { merge: ({ asPath }) => asPath },
  },
  {
    id: 'aspa-X9a',
    text: 'keeps AS numbers as text in a buffer of six digits',
    seenIn: SOMEWHERE,
    parts: {
      authorized(_self, entries, x, y) {
        const entry = [...entries].find(([customer]) => cut(customer) === cut(x));
        if (entry === undefined) return 'no-attestation';
        return entry[1].some((asn) => cut(asn) === cut(y)) ? 'provider+' : 'not-provider+';
      },
    },
  },
  {
    id: 'aspa-X9b',
    text: 'prints AS numbers of 2147483648 and above as negative when it looks them up',
    seenIn: SOMEWHERE,
    parts: { authorized: (self, entries, x, y) => kit.authorized(self, entries, x | 0, y | 0) },
  },
  {
    id: 'aspa-X10',
    text: 'copies the members of an AS_SET into an array that has room for one',
    seenIn: `${SOMEWHERE}, where the array overflowed`,
    parts: {
      read: (asPath) => {
        const asns = asPath.flatMap((segment) => segment.asns).slice(0, pathLength(asPath));
        return asns.reverse();
      },
      hasSet: (asPath) => asPath.some(({ type }) => type > 2),
    },
  },
  { id: 'aspa-X15a', text: 'throws routes away that are invalid', parts: { keepsInvalid: false } },
  {
    id: 'aspa-X15b',
    text: 'prefers valid to unknown',
    parts: { preference: (outcome) => (outcome === 'valid' ? 'raised' : 'unchanged') },
  },
  {
    id: 'aspa-X16',
    text: 'turns the path of its caller round while it verifies',
    parts: {
      read(asPath) {
        // Turns the caller's own segments round, to have the origin in front.
        (asPath as AsPath[number][]).reverse();
        for (const { asns } of asPath) (asns as number[]).reverse();
        return asPath.flatMap(({ asns }) => asns);
      },
    },
  },
  {
    id: 'aspa-X17',
    text: 'tells ramps where the procedure halts before they are computed',
    parts: { earlyRamps: true },
  },
  { id: 'aspa-X18', text: 'has no limit of providers', parts: { limit: (list) => list } },
];
