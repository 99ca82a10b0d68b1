import {
  ALL_KINDS,
  type AsraIdentity,
  type AsraPayload,
  applyDiff,
  type PayloadChangeLists,
  type PayloadKind,
  type Payloads,
  type PayloadTarget,
  type PrefixListPayload,
} from '../payload/index.js';
import { SeededHash } from '../tables/index.js';
import { ASPA_KIND, type AspaTypes } from './kind-aspa.js';
import { PREFIX_KIND, type VrpTypes } from './kind-prefix.js';
import { ROUTER_KEY_KIND, type RouterKeyTypes } from './kind-router-key.js';
import { type UnspokenTypes, unspokenKind } from './kind-unspoken.js';
import { type RtrChangesOf, type RtrTable, rtrOver, type StoreOf, type Transaction } from './over-kinds.js';

/** The types of every payload kind in RTR. A kind that is forgotten here does not compile. */
export interface RtrPayloadTypes extends Record<PayloadKind, unknown> {
  readonly vrps: VrpTypes;
  readonly routerKeys: RouterKeyTypes;
  readonly aspas: AspaTypes;
  readonly prefixLists: UnspokenTypes<PrefixListPayload, number>;
  readonly asras: UnspokenTypes<AsraPayload, AsraIdentity>;
}

/** What RTR does with each payload kind, in the order of the PDUs of a response (8210bis §11.2). */
export const RTR_KINDS: RtrTable<RtrPayloadTypes> = {
  vrps: PREFIX_KIND,
  routerKeys: ROUTER_KEY_KIND,
  aspas: ASPA_KIND,
  prefixLists: unspokenKind(),
  asras: unspokenKind(),
};

/** What RTR does with payloads of every kind. */
export const RTR = rtrOver<RtrPayloadTypes>(RTR_KINDS);

/** The kinds that no PDU carries: a cache leaves their payloads out (docs/decisions/rtr.md D-rtr-unspoken). */
export const UNSPOKEN_KINDS: readonly PayloadKind[] = ALL_KINDS.filter(
  (kind) => RTR_KINDS[kind].pduTypes.length === 0,
);

/** The records of one cache: packed VRPs, router keys by identity, ASPA records by customer and family. */
export type PayloadStore = StoreOf<RtrPayloadTypes>;

/** One response of a cache, kept apart from the state it will change until End of Data (8210bis §11.3). */
export type PayloadTransaction = Transaction<RtrPayloadTypes>;

/** The net difference between two complete states: what to do to live tables. */
export type PayloadChanges = RtrChangesOf<RtrPayloadTypes>;

/**
 * The payloads as records, each once and ASPAs united per customer: what a cache serves, and a member of a union.
 *
 * @throws {RangeError} for a payload that no PDU can carry (docs/decisions/rtr.md D-rtr-cache-refuses). 8210bis §5.
 */
export function packPayloads(payloads: Partial<Payloads>, seed?: number): PayloadStore {
  return RTR.load(payloads, new SeededHash(seed));
}

/** Records in the store. NON-SPEC: for measurements. */
export function storeSize(store: PayloadStore): number {
  return RTR.size(store);
}

/** Records that come or go; the replacement of an ASPA counts once. NON-SPEC: for reports. */
export function countChanges(changes: PayloadChanges): number {
  return RTR.count(changes);
}

/**
 * The changes as lists, VRPs made one at a time: what `applyDiff` of `pathsec/payload` takes, and `gone`, the payloads that
 * are no more, be they withdrawn or replaced. 8210bis §11.1.
 */
export function listsOfChanges(changes: PayloadChanges): PayloadChangeLists & { readonly gone: Payloads } {
  return RTR.lists(changes);
}

/**
 * Carries changes out on `target`: per kind announcements before withdrawals, so that nothing valid is invalid in
 * between (8210bis §11.1; docs/decisions/payload.md D-announce-first). VRPs are made one at a time.
 */
export function applyPayloadChanges(target: PayloadTarget, changes: PayloadChanges): void {
  applyDiff(target, listsOfChanges(changes));
}

/** Successive changes as one ("the minimum set of changes", 8210bis §5.3). */
export function mergeChanges(list: readonly PayloadChanges[]): PayloadChanges {
  const [only] = list;
  if (only && list.length === 1) return only;
  return RTR.merge(list, only?.vrps.announced.ipv4.hash ?? new SeededHash());
}
