import { type Asn, requireAsn } from '../inet/index.js';
import { createNumberMap, SeededHash, type SeedOptions } from '../tables/index.js';
import { requireAspa } from './check-payload.js';
import { createKeyedStore, type KeyedKind, type KeyedStore } from './keyed-store.js';
import type { AspaPayload } from './payload.js';
import { sameProviders, unionAspas } from './union-aspas.js';

/** ASPA payloads, one per customer, each in the form that `unionAspas` gives. */
export interface AspaStore extends KeyedStore<AspaPayload, Asn> {
  /** Goes up with every change of a customer or a provider list. */
  readonly generation: number;
  get(customer: Asn): AspaPayload | undefined;
  /**
   * Puts the payload in place of any held for the customer, as an RTR announcement does (8210bis §5.12). False when
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

const ASPA: KeyedKind<AspaPayload, Asn> = {
  list: 'aspas',
  shape: 'payloads {customer, providers}',
  check: requireAspa,
  checkIdentity: (customer) => requireAsn(customer, 'customer'),
  identity: ({ customer }) => customer,
  equal: sameProviders,
  compare: (a, b) => a.customer - b.customer,
  announced: (aspa) => unionAspas([aspa]),
  union: unionAspas,
};

/** A store of the union of the given payloads. */
export function createAspaStore(aspas: Iterable<AspaPayload> = [], { seed }: SeedOptions = {}): AspaStore {
  const hash = new SeededHash(seed);
  const store = createKeyedStore(ASPA, <T>() => createNumberMap<T>(hash), aspas);
  const { withdraw } = store;
  return Object.assign(store, {
    withdraw: (aspa: AspaPayload | Asn) =>
      withdraw(typeof aspa === 'object' && aspa !== null ? aspa.customer : aspa),
  });
}
