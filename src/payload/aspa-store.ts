import { type Asn, requireAsn, requireIterable } from '../inet/index.js';
import { createNumberMap, SeededHash, type SeedOptions } from '../tables/index.js';
import { requireAspa } from './check-payload.js';
import type { AspaPayload } from './payload.js';
import { unionAspas } from './union-aspas.js';

/** ASPA payloads, one per customer, each in the form that `unionAspas` gives. */
export interface AspaStore extends Iterable<AspaPayload> {
  readonly size: number;
  /** Goes up with every change of a customer or a provider list. */
  readonly generation: number;
  /** Slots that are looked at when every customer is looked for once. */
  readonly probes: number;
  get(customer: Asn): AspaPayload | undefined;
  /**
   * Puts the payload in place of any held for the customer, as an RTR announcement does (8210bis-26 §5.12). False when
   * customer and providers were the same before.
   *
   * @throws {TypeError} for what is no ASPA; {@link RangeError} for customer 0, an empty provider list or a number that
   * is no ASN.
   */
  announce(aspa: AspaPayload): boolean;
  /**
   * Makes the union of the payloads and what is held, per customer, as loaders of files do. The time grows with the
   * number of payloads, however many are of one customer.
   */
  unite(aspas: Iterable<AspaPayload>): void;
  /** Removes the payload of a customer, who alone identifies it; false when it was not there. */
  withdraw(aspa: AspaPayload | Asn): boolean;
  /** By customer ascending. */
  sorted(): IterableIterator<AspaPayload>;
}

/** A store of the union of the given payloads. */
export function createAspaStore(aspas: Iterable<AspaPayload> = [], { seed }: SeedOptions = {}): AspaStore {
  const hash = new SeededHash(seed);
  const held = createNumberMap<AspaPayload>(hash);
  let generation = 0;
  const put = (aspa: AspaPayload): boolean => {
    const before = held.get(aspa.customer);
    held.set(aspa.customer, aspa);
    if (before && sameProviders(before, aspa)) return false;
    generation++;
    return true;
  };
  const store: AspaStore = {
    get size() {
      return held.size;
    },
    get generation() {
      return generation;
    },
    get probes() {
      return held.probes;
    },
    get: (customer) => held.get(customer),
    announce: (aspa) => put(unionAspas([checked(aspa)])),
    unite: (aspas) => {
      requireIterable(aspas, 'aspas', 'a list of payloads {customer, providers}');
      const parts = createNumberMap<AspaPayload[]>(hash);
      for (const aspa of aspas) {
        const list = parts.get(checked(aspa).customer);
        if (list) list.push(aspa);
        else parts.set(aspa.customer, [aspa]);
      }
      for (const [customer, list] of parts) {
        const before = held.get(customer);
        put(unionAspas(before ? [before, ...list] : list));
      }
    },
    withdraw: (aspa) => {
      const customer = typeof aspa === 'object' && aspa !== null ? aspa.customer : aspa;
      requireAsn(customer, 'customer');
      const removed = held.delete(customer);
      if (removed) generation++;
      return removed;
    },
    sorted: () => [...held.values()].sort((a, b) => a.customer - b.customer).values(),
    [Symbol.iterator]: () => held.values(),
  };
  store.unite(aspas);
  return store;
}

/** Whether two payloads in union form attest the same. */
export function sameProviders(a: AspaPayload, b: AspaPayload): boolean {
  return (
    a.providers.length === b.providers.length &&
    a.providers.every((provider, i) => {
      return provider === b.providers[i] && a.afiLimits?.get(provider) === b.afiLimits?.get(provider);
    })
  );
}

function checked(aspa: AspaPayload): AspaPayload {
  requireAspa(aspa);
  return aspa;
}
