import { distinctAsns } from '../../inet/index.js';
import { createRouterKeyMap, type RouterKey, type RouterKeyMap } from '../../payload/index.js';
import { createNumberMap, type NumberMap } from '../../tables/index.js';
import type { AspaRecord } from '../aspa-union.js';
import { type AspaChange, createVrpRecords, type PayloadChanges, type VrpRecords } from '../changes.js';
import {
  aspaChange,
  aspaRecordKey,
  aspaRecordsOf,
  byCustomer,
  createPayloadStore,
  diffStores,
  type PayloadStore,
} from '../payload-store.js';
import { ERROR_CODE } from '../pdu/error-code.js';
import type { RtrVersion } from '../pdu/format.js';
import { RtrError } from '../pdu/rtr-error.js';

/**
 * One response of a cache, kept apart from the state it will change until End of Data (8210bis-26 §11.3). The answer
 * to a Reset Query is collected in a store of its own, the answer to a Serial Query as what it adds and removes.
 */
export interface Transaction {
  /** The state before; not touched until {@link commit}. */
  readonly base: PayloadStore;
  /** True for the answer to a Reset Query. */
  readonly reset: boolean;
  readonly version: RtrVersion;
  readonly announced: VrpRecords;
  readonly withdrawn: VrpRecords;
  /** What becomes of a key; undefined: withdrawn. */
  readonly keys: RouterKeyMap<RouterKey | undefined>;
  readonly aspas: NumberMap<AspaRecord | undefined>;
  /** PDUs so far, in units of `maxPayloads`. */
  units: number;
}

/** An empty transaction on `base`. */
export function beginTransaction(base: PayloadStore, reset: boolean, version: RtrVersion): Transaction {
  return {
    base,
    reset,
    version,
    announced: createVrpRecords(base.hash),
    withdrawn: createVrpRecords(base.hash),
    keys: createRouterKeyMap(base.hash),
    aspas: createNumberMap(base.hash),
    units: 0,
  };
}

/**
 * Takes in one prefix PDU.
 *
 * @throws {RtrError} `rtr-duplicate` (error 7), `rtr-unknown-withdrawal` (error 6), `rtr-withdrawal-in-reset` (0).
 */
export function takeVrp(
  transaction: Transaction,
  family: 'ipv4' | 'ipv6',
  announce: boolean,
  record: Uint32Array,
): void {
  const announced = transaction.announced[family];
  const withdrawn = transaction.withdrawn[family];
  if (transaction.reset) {
    if (!announce) throw unknownOrReset(announced.has(record));
    if (!announced.add(record)) throw duplicate('VRP');
    return;
  }
  const held = transaction.base.vrps[family].has(record);
  if (announce) {
    // A record that was withdrawn and comes back within the response: nothing changes in the end.
    if (held ? !withdrawn.delete(record) : !announced.add(record)) throw duplicate('VRP');
    return;
  }
  if (held) {
    if (!withdrawn.add(record)) throw repeatedWithdrawal(transaction.version, 'VRP');
  } else if (!announced.delete(record)) {
    throw unknown('VRP');
  }
}

/** Takes in one Router Key PDU. Throws as {@link takeVrp}. */
export function takeRouterKey(transaction: Transaction, announce: boolean, key: RouterKey): void {
  const { keys, base, reset } = transaction;
  const held = !reset && base.keys.has(key);
  const active = keys.has(key) ? keys.get(key) !== undefined : held;
  if (announce) {
    if (active) throw duplicate('router key');
    if (held) keys.delete(key);
    else keys.set(key, key);
    return;
  }
  if (reset) throw unknownOrReset(active);
  if (!active)
    throw keys.has(key) ? repeatedWithdrawal(transaction.version, 'router key') : unknown('router key');
  if (held) keys.set(key, undefined);
  else keys.delete(key);
}

/**
 * Takes in one ASPA. An announcement replaces a record of an earlier response (§5.12); within one response a customer
 * comes once (docs/decisions/rtr.md D-rtr-aspa-duplicate). Throws as {@link takeVrp}.
 */
export function takeAspa(transaction: Transaction, announce: boolean, record: AspaRecord): void {
  const { aspas, base, reset } = transaction;
  const key = aspaRecordKey(record);
  const active = aspas.has(key) ? aspas.get(key) !== undefined : !reset && base.aspas.has(key);
  if (announce) {
    if (aspas.has(key) && active) throw duplicate('ASPA');
    aspas.set(key, record);
    return;
  }
  if (reset) throw unknownOrReset(active);
  if (!active) throw aspas.has(key) ? repeatedWithdrawal(transaction.version, 'ASPA') : unknown('ASPA');
  // StayRTR 0.5.1 announces a replacement first and withdraws the old list after it, which is then gone already
  // (docs/decisions/rtr.md D-rtr-old-layout-withdrawal).
  if (record.limit !== undefined && aspas.has(key) && sameList(record, base.aspas.get(key))) return;
  aspas.set(key, undefined);
}

/**
 * End of Data: the state after the response and the net changes that lead to it. For a Serial Query `base` itself is
 * changed, in one step that cannot fail half-way.
 */
export function commit(
  transaction: Transaction,
  maxProviders: number,
): { readonly store: PayloadStore; readonly changes: PayloadChanges } {
  const { base, announced, withdrawn, keys, aspas } = transaction;
  if (transaction.reset) {
    const fresh = createPayloadStore(base.hash);
    const store: PayloadStore = { ...fresh, vrps: announced };
    for (const [id, key] of keys) if (key) store.keys.set(id, key);
    for (const [key, record] of aspas) if (record) store.aspas.set(key, record);
    return { store, changes: diffStores(base, store, maxProviders) };
  }
  const before = createNumberMap<AspaRecord[]>(base.hash);
  for (const [key, record] of aspas) {
    const known = record ?? base.aspas.get(key);
    if (known) before.set(known.customer, aspaRecordsOf(base, known.customer));
  }
  const withdrawnKeys: RouterKey[] = [];
  const announcedKeys: RouterKey[] = [];
  for (const [id, key] of keys) {
    const old = base.keys.get(id);
    if (old) withdrawnKeys.push(old);
    if (key) announcedKeys.push(key);
    if (key) base.keys.set(id, key);
    else base.keys.delete(id);
  }
  for (const [key, record] of aspas) {
    if (record) base.aspas.set(key, record);
    else base.aspas.delete(key);
  }
  for (const family of ['ipv4', 'ipv6'] as const) {
    withdrawn[family].each((records, at) => base.vrps[family].delete(records, at));
    announced[family].each((records, at) => base.vrps[family].add(records, at));
  }
  const changed: AspaChange[] = [];
  for (const [customer, records] of before) {
    const change = aspaChange(customer, records, aspaRecordsOf(base, customer), maxProviders);
    if (change) changed.push(change);
  }
  const changes = { announced, withdrawn, announcedKeys, withdrawnKeys, aspas: changed.sort(byCustomer) };
  return { store: base, changes };
}

/** Whether both records list the same providers, in whatever order. */
function sameList(a: AspaRecord, b: AspaRecord | undefined): boolean {
  if (!a.providers?.length || !b?.providers) return false;
  const mine = a.providers.toSorted((x, y) => x - y);
  const theirs = distinctAsns(b.providers).sort((x, y) => x - y);
  return mine.length === theirs.length && mine.every((provider, i) => provider === theirs[i]);
}

function duplicate(what: string): RtrError {
  return new RtrError(
    ERROR_CODE.duplicateAnnouncementReceived,
    'rtr-duplicate',
    `announcement of a ${what} that is active already`,
  );
}

function unknown(what: string): RtrError {
  return new RtrError(
    ERROR_CODE.withdrawalOfUnknownRecord,
    'rtr-unknown-withdrawal',
    `withdrawal of a ${what} that is not active`,
  );
}

/**
 * A second withdrawal in one response: error 7 in version 2 (8210bis-26 §5.3), else a record that is not there
 * (docs/decisions/rtr.md D-rtr-repeated-withdrawal).
 */
function repeatedWithdrawal(version: RtrVersion, what: string): RtrError {
  if (version < 2) return unknown(what);
  return new RtrError(
    ERROR_CODE.duplicateAnnouncementReceived,
    'rtr-duplicate',
    `second withdrawal of a ${what} in one response`,
  );
}

/** The answer to a Reset Query only announces (§5.5; docs/decisions/rtr.md D-rtr-withdrawal-in-reset). */
function unknownOrReset(active: boolean): RtrError {
  if (!active) return unknown('record');
  return new RtrError(
    ERROR_CODE.corruptData,
    'rtr-withdrawal-in-reset',
    'the answer to a Reset Query withdraws a record',
  );
}
