import type { Mutant } from '../../mutant.js';
import { type Parts, uniteRight } from './parts.js';

/** Mistakes of caches. */
export const cacheMutants: readonly Mutant<Parts>[] = [
  {
    id: 'rtr-cache-as0-among-others',
    text: 'sends AS 0 among other providers of an ASPA',
    seenIn: 'routinator issue 1115',
    parts: {
      uniteAspas: (list) => {
        const zero = new Set(
          list.filter(({ providers }) => providers.includes(0)).map((one) => one.customer),
        );
        return uniteRight(list).map(({ customer, providers }) => {
          const again = zero.has(customer) && !providers.includes(0);
          return { customer, providers: again ? [0, ...providers] : providers };
        });
      },
    },
  },
  {
    id: 'rtr-cache-aspa-per-object',
    text: 'sends one ASPA PDU for every ASPA object instead of the union of a customer',
    parts: { uniteAspas: (list) => list.flatMap((one) => uniteRight([one])) },
  },
  {
    id: 'rtr-cache-aspa-unsorted',
    text: 'sends the providers of an ASPA in the order of its input',
    parts: {
      uniteAspas: (list) =>
        uniteRight(list).map(({ customer, providers }) => {
          const all = list.filter((one) => one.customer === customer).flatMap((one) => one.providers);
          return { customer, providers: [...new Set(all)].filter((asn) => providers.includes(asn)) };
        }),
    },
  },
  {
    id: 'rtr-cache-changes-unmerged',
    text: 'answers a Serial Query with every change in turn instead of the smallest set',
    parts: { changes: 'all' },
  },
  {
    id: 'rtr-cache-withdrawals-first',
    text: 'sends withdrawals before announcements and everything ascending',
    parts: { order: 'withdrawals-first' },
  },
  {
    id: 'rtr-cache-withdraws-with-providers',
    text: 'lists the providers in the withdrawal of an ASPA',
    seenIn: 'rpki-rs issue 349',
    parts: { withdrawnProviders: ({ providers }) => providers },
  },
  {
    id: 'rtr-cache-replaces-by-withdrawal',
    text: 'withdraws an ASPA besides announcing its replacement',
    parts: { replacesAspas: 'withdraws' },
  },
  {
    id: 'rtr-cache-sends-other-versions-types',
    text: 'sends Router Key and ASPA PDUs in versions that lack them',
    parts: { sends: () => true },
  },
  {
    id: 'rtr-cache-serial-compared-as-number',
    text: 'takes a serial numerically above its own for one that it does not know',
    parts: { serialKnown: (asked, current) => asked <= current },
  },
  {
    id: 'rtr-cache-session-id-unchecked',
    text: 'answers a Serial Query of another session with changes',
    parts: { cacheSessionFits: () => true },
  },
  {
    id: 'rtr-cache-answers-in-own-version',
    text: 'answers in its own highest version instead of that of the query',
    parts: { answerVersion: (_, highest) => highest },
  },
  {
    id: 'rtr-cache-empty-without-data',
    text: 'answers with an empty response while it has no data',
    parts: { withoutData: 'empty' },
  },
];
