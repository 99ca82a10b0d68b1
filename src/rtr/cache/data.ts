import type { AspaPayload, Payloads, RouterKey } from '../../payload/index.js';
import { createNumberMap, type SeededHash } from '../../tables/index.js';
import { type AspaRecord, uniteAspas } from '../aspa-union.js';
import type { AspaChange, PayloadChanges } from '../changes.js';
import { createVrpRecords } from '../changes.js';
import { packVrps } from '../packed-vrps.js';
import {
  aspaChange,
  aspaRecordsOf,
  byCustomer,
  createPayloadStore,
  type PayloadStore,
} from '../payload-store.js';
import { MAX_PDU_LENGTH } from '../pdu/format.js';
import { MAX_ASPA_PROVIDERS } from '../pdu/pdu-11-aspa.js';
import type { RecordSet } from '../record-set.js';

/** The longest key that a Router Key PDU holds (8210bis-26 §5.1, §5.10). */
const MAX_SPKI_LENGTH = MAX_PDU_LENGTH - 32;

/**
 * The payloads as a cache serves them: every record once, the ASPAs of a customer united into one with 0 dropped among
 * others; customers with more providers than a PDU holds are left out (8210bis-26 §5.6, §5.10, §5.12).
 *
 * @throws {RangeError} for a VRP or key that no PDU can carry (§5.1; docs/decisions/rtr.md D-rtr-cache-refuses).
 */
export function storeOfPayloads(payloads: Partial<Payloads>, hash: SeededHash): PayloadStore {
  const store = { ...createPayloadStore(hash), vrps: packVrps(payloads.vrps ?? [], hash) };
  for (const key of payloads.routerKeys ?? []) {
    const { ski, spki } = key;
    if (ski.length !== 20 || spki.length === 0 || spki.length > MAX_SPKI_LENGTH) {
      throw new RangeError(`a router key with an SKI of ${ski.length} and a key of ${spki.length} octets`);
    }
    store.keys.set(key, key);
  }
  for (const record of unitedAspas(payloads.aspas ?? [], hash)) store.aspas.set(record.customer, record);
  return store;
}

/** What announcing and withdrawing the given payloads would change in `store`, which is left as it is. */
export function changesTo(
  store: PayloadStore,
  announce: Partial<Payloads>,
  withdraw: Partial<Payloads>,
): PayloadChanges {
  const added = storeOfPayloads(announce, store.hash);
  const removed = storeOfPayloads(withdraw, store.hash);
  const announced = createVrpRecords(store.hash);
  const withdrawn = createVrpRecords(store.hash);
  for (const family of ['ipv4', 'ipv6'] as const) {
    select(added.vrps[family], (records, at) => !store.vrps[family].has(records, at), announced[family]);
    const goes = (records: Uint32Array, at: number): boolean =>
      store.vrps[family].has(records, at) && !added.vrps[family].has(records, at);
    select(removed.vrps[family], goes, withdrawn[family]);
  }
  const aspas: AspaChange[] = [];
  const withdrawnOnly = [...removed.aspas.keys()].filter((customer) => !added.aspas.has(customer));
  for (const customer of [...added.aspas.keys(), ...withdrawnOnly]) {
    const after = added.aspas.get(customer);
    const change = aspaChange(
      customer,
      aspaRecordsOf(store, customer),
      after ? [after] : [],
      MAX_ASPA_PROVIDERS,
    );
    if (change) aspas.push(change);
  }
  const keysOf = (from: PayloadStore, wanted: (key: RouterKey) => boolean): RouterKey[] =>
    [...from.keys.values()].filter(wanted);
  return {
    announced,
    withdrawn,
    announcedKeys: keysOf(added, (key) => !store.keys.has(key)),
    withdrawnKeys: keysOf(removed, (key) => store.keys.has(key) && !added.keys.has(key)),
    aspas: aspas.sort(byCustomer),
  };
}

/** Carries out `changes` on `store`. */
export function applyChanges(store: PayloadStore, changes: PayloadChanges): void {
  for (const family of ['ipv4', 'ipv6'] as const) {
    changes.withdrawn[family].each((records, at) => store.vrps[family].delete(records, at));
    changes.announced[family].each((records, at) => store.vrps[family].add(records, at));
  }
  for (const key of changes.withdrawnKeys) store.keys.delete(key);
  for (const key of changes.announcedKeys) store.keys.set(key, key);
  for (const { customer, after } of changes.aspas) {
    if (after) store.aspas.set(customer, { customer, providers: after.providers });
    else store.aspas.delete(customer);
  }
}

/**
 * One record per customer, without providers where they are too many. Limits to one family are forgotten: the protocol
 * has none.
 */
function unitedAspas(aspas: Iterable<AspaPayload>, hash: SeededHash): AspaRecord[] {
  const records = createNumberMap<AspaRecord[]>(hash);
  for (const { customer, providers } of aspas) {
    const list = records.get(customer);
    if (list) list.push({ customer, providers });
    else records.set(customer, [{ customer, providers }]);
  }
  return [...records].map(([customer, list]) => {
    return { customer, providers: uniteAspas(list, MAX_ASPA_PROVIDERS)?.providers };
  });
}

function select(from: RecordSet, wanted: (records: Uint32Array, at: number) => boolean, to: RecordSet): void {
  from.each((records, at) => {
    if (wanted(records, at)) to.add(records, at);
  });
}
