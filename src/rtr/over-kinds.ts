import { type IdentityOf, kindsOf, type ValueOf } from '../payload/index.js';
import type { SeededHash } from '../tables/index.js';
import type { EncodedPdus, KindResponse, RecordLimits, ResponseContext, RtrKind, RtrTypes } from './kind.js';
import type { RtrFormat } from './pdu/format.js';
import type { RtrHeader } from './pdu/header.js';

/** A map of kinds to their types in RTR. */
export type RtrKindMap<M> = { readonly [K in keyof M]: RtrTypes<unknown, unknown, unknown> };
type RecordsOf<T> = T extends { readonly records: infer R } ? R : never;
type ChangesOf<T> = T extends { readonly changes: infer C } ? C : never;

/** A row for every kind of `M`, in the order of the PDUs of a response (8210bis §11.2). */
export type RtrTable<M> = {
  readonly [K in keyof M]: RtrKind<ValueOf<M[K]>, RecordsOf<M[K]>, ChangesOf<M[K]>, IdentityOf<M[K]>>;
};

/** The records of one cache, of every kind. */
export type StoreOf<M> = { readonly hash: SeededHash } & { readonly [K in keyof M]: RecordsOf<M[K]> };
/** The net difference between two complete states: what to do to live tables. */
export type RtrChangesOf<M> = { readonly [K in keyof M]: ChangesOf<M[K]> };
type ListsOf<M> = { readonly [K in keyof M]?: Iterable<ValueOf<M[K]>> };

/** One response of a cache, kept apart from the state it will change until End of Data (8210bis §11.3). */
export interface Transaction<M> {
  /** True for the answer to a Reset Query. */
  readonly reset: boolean;
  /** PDUs so far, in units of `maxPayloads`. */
  units: number;
  /** Takes in one payload PDU. Throws as {@link KindResponse.take}. */
  take(header: RtrHeader, octets: Uint8Array, start: number): void;
  /**
   * End of Data: the state after the response and the net changes that lead to it. For a Serial Query `base` itself is
   * changed, in one step that cannot fail half-way.
   */
  commit(base: StoreOf<M>): { readonly store: StoreOf<M>; readonly changes: RtrChangesOf<M> };
}

/** What RTR does with payloads, whatever their kinds. */
export interface RtrFunctions<M> {
  /** An empty store. */
  create(hash: SeededHash): StoreOf<M>;
  /** The payloads as a cache serves them. Throws `RangeError` for one that no PDU can carry (D-rtr-cache-refuses). */
  load(payloads: ListsOf<M>, hash: SeededHash): StoreOf<M>;
  payloads(store: StoreOf<M>, maxProviders: number): { readonly [K in keyof M]: Iterable<ValueOf<M[K]>> };
  size(store: StoreOf<M>): number;
  units(store: StoreOf<M>): number;
  diff(before: StoreOf<M>, after: StoreOf<M>, maxProviders: number): RtrChangesOf<M>;
  /** What announcing and withdrawing would change in `store`, which is left as it is. */
  changesTo(store: StoreOf<M>, announce: ListsOf<M>, withdraw: ListsOf<M>): RtrChangesOf<M>;
  everything(store: StoreOf<M>): RtrChangesOf<M>;
  apply(store: StoreOf<M>, changes: RtrChangesOf<M>): void;
  merge(list: readonly RtrChangesOf<M>[], hash: SeededHash): RtrChangesOf<M>;
  outside(changes: RtrChangesOf<M>, others: readonly StoreOf<M>[], limits: RecordLimits): RtrChangesOf<M>;
  count(changes: RtrChangesOf<M>): number;
  lists(changes: RtrChangesOf<M>): {
    readonly announced: { readonly [K in keyof M]: Iterable<ValueOf<M[K]>> };
    readonly withdrawn: { readonly [K in keyof M]: Iterable<IdentityOf<M[K]>> };
    readonly gone: { readonly [K in keyof M]: Iterable<ValueOf<M[K]>> };
  };
  /** The payload PDUs of the kinds that the version has. */
  encode(changes: RtrChangesOf<M>, format: RtrFormat): EncodedPdus;
  isPayload(pduType: number): boolean;
  unitsOfPdu(header: RtrHeader): number;
  begin(base: StoreOf<M>, context: ResponseContext): Transaction<M>;
}

/** A row whose types are left open: what goes in came out of the same row. */
type OpenRow = RtrKind<unknown, unknown, unknown>;
type OpenFunctions = RtrFunctions<Readonly<Record<string, RtrTypes<unknown, unknown, unknown>>>>;

/** The functions on the kinds that `table` lists. */
export function rtrOver<M extends RtrKindMap<M>>(table: RtrTable<M>): RtrFunctions<M> {
  const names: readonly string[] = kindsOf<M>(table);
  const rows = table as unknown as Readonly<Record<string, OpenRow>>;
  const row = (name: string): OpenRow => rows[name] as OpenRow;
  const each = <T>(make: (kind: OpenRow, name: string) => T): Record<string, T> =>
    Object.fromEntries(names.map((name) => [name, make(row(name), name)]));
  const sum = (count: (kind: OpenRow, name: string) => number): number =>
    names.reduce((total, name) => total + count(row(name), name), 0);
  /** By PDU type: the number of its kind in the table. Every PDU of an answer is looked up here. */
  const numberOfPdu = new Int8Array(256).fill(-1);
  const numbered: OpenRow[] = [];
  for (const [number, name] of names.entries()) {
    for (const type of row(name).pduTypes) numberOfPdu[type] = number;
    numbered.push(row(name));
  }
  const functions: OpenFunctions = {
    create: (hash) => ({ hash, ...each((kind) => kind.create(hash)) }),
    load: (payloads, hash) => ({ hash, ...each((kind, name) => kind.load(payloads[name] ?? [], hash)) }),
    payloads: (store, maxProviders) =>
      each((kind, name) => kind.values(store[name], { maxProviders, hash: store.hash })),
    size: (store) => sum((kind, name) => kind.size(store[name])),
    units: (store) => sum((kind, name) => kind.units(store[name])),
    diff: (before, after, maxProviders) =>
      each((kind, name) => kind.diff(before[name], after[name], { maxProviders, hash: before.hash })),
    changesTo(store, announce, withdraw) {
      const added = functions.load(announce, store.hash);
      const removed = functions.load(withdraw, store.hash);
      return each((kind, name) => kind.changesTo(store[name], added[name], removed[name]));
    },
    everything: (store) => each((kind, name) => kind.everything(store[name])),
    apply: (store, changes) => {
      for (const name of names) row(name).apply(store[name], changes[name]);
    },
    merge: (list, hash) =>
      each((kind, name) =>
        kind.merge(
          list.map((changes) => changes[name]),
          hash,
        ),
      ),
    outside: (changes, others, limits) =>
      each((kind, name) =>
        kind.outside(
          changes[name],
          others.map((other) => other[name]),
          limits,
        ),
      ),
    count: (changes) => sum((kind, name) => kind.count(changes[name])),
    lists(changes) {
      return {
        announced: each((kind, name) => kind.lists(changes[name]).announced),
        withdrawn: each((kind, name) => kind.lists(changes[name]).withdrawn),
        gone: each((kind, name) => kind.lists(changes[name]).gone),
      };
    },
    encode(changes, format) {
      const parts = names
        .filter((name) => row(name).since <= format.version)
        .map((name) => row(name).encode(changes[name], format));
      return {
        length: parts.reduce((total, part) => total + part.length, 0),
        write(out, from) {
          let at = from;
          for (const part of parts) {
            part.write(out, at);
            at += part.length;
          }
        },
      };
    },
    isPayload: (type) => (numberOfPdu[type] as number) >= 0,
    unitsOfPdu: ({ type, length }) => (numbered[numberOfPdu[type] as number] as OpenRow).unitsOfPdu(length),
    begin(base, context) {
      const responses = names.map((name) => row(name).begin(base[name], context));
      return {
        reset: context.reset,
        units: 0,
        take(header, octets, start) {
          responses[numberOfPdu[header.type] as number]?.take(header, octets, start);
        },
        commit(before) {
          const ends = responses.map((response, i) => response.commit(before[names[i] as string]));
          const of = (part: 'records' | 'changes'): Record<string, unknown> =>
            Object.fromEntries(names.map((name, i) => [name, ends[i]?.[part]]));
          const store = context.reset ? { hash: before.hash, ...of('records') } : before;
          return { store, changes: of('changes') };
        },
      };
    },
  };
  return functions as unknown as RtrFunctions<M>;
}
