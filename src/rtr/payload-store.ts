import { AFI_IPV4, type Asn } from '../inet/index.js';
import {
  type AspaPayload,
  createRouterKeyMap,
  type RouterKey,
  type RouterKeyMap,
  type Vrp,
} from '../payload/index.js';
import { createNumberMap, type NumberMap, type SeededHash } from '../tables/index.js';
import { type AspaRecord, equalAspas, uniteAspas } from './aspa-union.js';
import {
  type AspaChange,
  createVrpRecords,
  type PayloadChanges,
  type VrpRecords,
  vrpsOf,
} from './changes.js';
import type { RecordSet } from './record-set.js';

/** The records of one cache: packed VRPs, router keys by identity, ASPA records by customer and family. */
export interface PayloadStore {
  readonly hash: SeededHash;
  readonly vrps: VrpRecords;
  readonly keys: RouterKeyMap<RouterKey>;
  readonly aspas: NumberMap<AspaRecord>;
}

/** An empty store. */
export function createPayloadStore(hash: SeededHash): PayloadStore {
  return {
    hash,
    vrps: createVrpRecords(hash),
    keys: createRouterKeyMap(hash),
    aspas: createNumberMap(hash),
  };
}

/** The set of the family of the VRP. */
export function recordsFor(records: VrpRecords, vrp: Vrp): RecordSet {
  return vrp.prefix.afi === AFI_IPV4 ? records.ipv4 : records.ipv6;
}

const FAMILIES = 2 ** 32;

/** Key of {@link PayloadStore.aspas}: one record per customer, in the layout of 8210bis-10 one per family. */
export function aspaRecordKey(record: Pick<AspaRecord, 'customer' | 'limit'>): number {
  return record.customer + (record.limit ?? 0) * FAMILIES;
}

/** All records that `store` holds for the customer, at most three. */
export function aspaRecordsOf(store: PayloadStore, customer: Asn): AspaRecord[] {
  const found: AspaRecord[] = [];
  for (let family = 0; family <= 2; family++) {
    const record = store.aspas.get(customer + family * FAMILIES);
    if (record) found.push(record);
  }
  return found;
}

/** Records in the store. NON-SPEC: for measurements. */
export function storeSize(store: PayloadStore): number {
  return store.vrps.ipv4.size + store.vrps.ipv6.size + store.keys.size + store.aspas.size;
}

/** The payloads of a store, VRPs made one at a time; ASPA records of one customer united. */
export function payloadsOf(
  store: PayloadStore,
  maxProviders: number,
): { vrps: Iterable<Vrp>; aspas: AspaPayload[]; routerKeys: RouterKey[] } {
  const aspas: AspaPayload[] = [];
  for (const customer of customersOf([store])) {
    const payload = uniteAspas(aspaRecordsOf(store, customer), maxProviders);
    if (payload) aspas.push(payload);
  }
  return {
    vrps: { [Symbol.iterator]: () => vrpsOf(store.vrps) },
    aspas,
    routerKeys: [...store.keys.values()],
  };
}

/** What turns `before` into `after`; both are left as they are, and the result shares nothing that changes later. */
export function diffStores(before: PayloadStore, after: PayloadStore, maxProviders: number): PayloadChanges {
  const aspas: AspaChange[] = [];
  for (const customer of customersOf([before, after])) {
    const change = aspaChange(
      customer,
      aspaRecordsOf(before, customer),
      aspaRecordsOf(after, customer),
      maxProviders,
    );
    if (change) aspas.push(change);
  }
  return {
    announced: subtract(after.vrps, before.vrps),
    withdrawn: subtract(before.vrps, after.vrps),
    announcedKeys: [...after.keys.values()].filter((key) => !before.keys.has(key)),
    withdrawnKeys: [...before.keys.values()].filter((key) => !after.keys.has(key)),
    aspas: aspas.sort(byCustomer),
  };
}

/** How the payload of the customer changes between two lists of records; undefined when it stays the same. */
export function aspaChange(
  customer: Asn,
  before: readonly AspaRecord[],
  after: readonly AspaRecord[],
  maxProviders: number,
): AspaChange | undefined {
  const old = uniteAspas(before, maxProviders);
  const now = uniteAspas(after, maxProviders);
  return equalAspas(old, now) ? undefined : { customer, before: old, after: now };
}

/** Order of {@link AspaChange}s. */
export function byCustomer(a: { readonly customer: Asn }, b: { readonly customer: Asn }): number {
  return a.customer < b.customer ? -1 : 1;
}

/** The customers of all the stores, each once. */
function customersOf(stores: readonly PayloadStore[]): Iterable<Asn> {
  const [first] = stores;
  if (!first) return [];
  const customers = createNumberMap<true>(first.hash);
  for (const { aspas } of stores) for (const { customer } of aspas.values()) customers.set(customer, true);
  return customers.keys();
}

function subtract(from: VrpRecords, what: VrpRecords): VrpRecords {
  const difference = createVrpRecords(from.ipv4.hash);
  for (const family of ['ipv4', 'ipv6'] as const) {
    const { records, words } = from[family];
    if (what[family].size === 0) {
      difference[family].copyFrom(from[family]);
      continue;
    }
    for (let at = 0; at < records.length; at += words) {
      if (!what[family].has(records, at)) difference[family].add(records, at);
    }
  }
  return difference;
}
