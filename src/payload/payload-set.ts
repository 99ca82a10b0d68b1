import { requireIterable, requireObject, sayValue } from '../inet/index.js';
import type { SeedOptions } from '../tables/index.js';
import type { KindStore } from './keyed-store.js';
import {
  forKinds,
  type IdentityOf,
  type KindMap,
  type KindTable,
  kindsOf,
  PAYLOAD_KINDS,
  type PayloadTypes,
  type StoreOf,
  type ValueOf,
} from './kinds.js';

/** Payloads of each kind of `M` as plain sequences. */
export type PayloadsOf<M> = { readonly [K in keyof M]: Iterable<ValueOf<M[K]>> };
/** A set for each kind of `M`. */
export type SetOf<M> = { readonly [K in keyof M]: StoreOf<M[K]> };
/** For each kind of `M`, what is left of a payload: itself, another one or nothing. */
export type FiltersOf<M> = {
  readonly [K in keyof M]: (value: ValueOf<M[K]>) => ValueOf<M[K]> | undefined;
};
/** A number for each kind of `M`. */
export type CountsOf<M> = { readonly [K in keyof M]: number };

/** What can be done to sets of payloads, whatever their kinds. */
export interface SetFunctions<M> {
  /** A set with a copy of the given payloads, those of one identity united. */
  create(payloads?: Partial<PayloadsOf<M>>, options?: SeedOptions): SetOf<M>;
  /** Makes `set` the union with `payloads`. */
  unite(set: SetOf<M>, payloads: Partial<PayloadsOf<M>>): void;
  /** What the filters leave, made as it is read. */
  filter(payloads: PayloadsOf<M>, filters: FiltersOf<M>): PayloadsOf<M>;
  /** The payloads of several sources one after the other, made as they are read. */
  chain(sources: readonly PayloadsOf<M>[]): PayloadsOf<M>;
  /** The payloads of a set, each kind in its order. */
  sorted(set: SetOf<M>): PayloadsOf<M>;
  /** How many payloads of each kind there are. */
  count(set: SetOf<M>): CountsOf<M>;
}

/** The functions on sets of the kinds that `table` lists. */
export function setsOver<M extends KindMap<M>>(table: KindTable<M>): SetFunctions<M> {
  const kinds = kindsOf<M>(table);
  return {
    create: (payloads = {}, options = {}) =>
      forKinds<SetOf<M>>(kinds, (kind) => table[kind].createStore(payloads[kind], options)),
    unite: (set, payloads) => {
      for (const kind of kinds) {
        const values = payloads[kind];
        if (values !== undefined) storeIn(set, kind).unite(values);
      }
    },
    filter: (payloads, filters) =>
      forKinds<PayloadsOf<M>>(kinds, (kind) => again(() => left(payloads[kind], filters[kind]))),
    chain: (sources) =>
      forKinds<PayloadsOf<M>>(kinds, (kind) => again(() => chained(sources.map((source) => source[kind])))),
    sorted: (set) => forKinds<PayloadsOf<M>>(kinds, (kind) => again(() => storeIn(set, kind).sorted())),
    count: (set) => forKinds<CountsOf<M>>(kinds, (kind) => storeIn(set, kind).size),
  };
}

/** The store of a kind as what all stores are: every {@link KindTypes} says so, which the checker cannot follow here. */
export function storeIn<M, K extends keyof M>(
  set: SetOf<M>,
  kind: K,
): KindStore<ValueOf<M[K]>, IdentityOf<M[K]>> {
  return set[kind] as unknown as KindStore<ValueOf<M[K]>, IdentityOf<M[K]>>;
}

function again<T>(iterate: () => Iterator<T>): Iterable<T> {
  return { [Symbol.iterator]: iterate };
}

function* left<T>(values: Iterable<T>, filter: (value: T) => T | undefined): Generator<T> {
  for (const value of values) {
    const kept = filter(value);
    if (kept !== undefined) yield kept;
  }
}

function* chained<T>(lists: readonly Iterable<T>[]): Generator<T> {
  for (const list of lists) yield* list;
}

/** Payloads of all kinds as plain sequences: what writers and set builders take. */
export type Payloads = PayloadsOf<PayloadTypes>;
/** All validated payloads of one source: a set for each kind, that changes by `announce` and `withdraw`. */
export type PayloadSet = SetOf<PayloadTypes>;

const SHAPE = '{vrps, aspas, routerKeys, prefixLists, asras}';
const SETS = setsOver<PayloadTypes>(PAYLOAD_KINDS);

/** A set with a copy of the given payloads; several ASPAs of one customer become their union. */
export function createPayloadSet(payloads: Partial<Payloads> = {}, options: SeedOptions = {}): PayloadSet {
  requireObject(payloads, 'payloads', SHAPE);
  return SETS.create(payloads, options);
}

/** Makes the set the union with the payloads, of whatever kinds: ASPAs per customer, others by identity. */
export function unitePayloads(set: PayloadSet, payloads: Partial<Payloads>): void {
  requireSet(set);
  requireObject(payloads, 'payloads', SHAPE);
  SETS.unite(set, payloads);
}

/**
 * What the filters leave of payloads, made as it is read.
 *
 * @throws {TypeError} for payloads or filters that lack a kind.
 */
export function filterPayloads(payloads: Payloads, filters: FiltersOf<PayloadTypes>): Payloads {
  requirePayloads(payloads);
  for (const kind of kindsOf(PAYLOAD_KINDS)) {
    if (typeof filters?.[kind] === 'function') continue;
    throw new TypeError(`the filters are ${sayValue(filters)}, without a function for ${kind}`);
  }
  return SETS.filter(payloads, filters);
}

/**
 * The payloads of several sources one after the other, made as they are read.
 *
 * @throws {TypeError} for a source that lacks a kind.
 */
export function chainPayloads(sources: readonly Payloads[]): Payloads {
  requireIterable(sources, 'the sources', 'a list of payloads');
  for (const source of sources) requirePayloads(source);
  return SETS.chain(sources);
}

/** The payloads of a set, each kind in its order. */
export function sortedPayloads(set: PayloadSet): Payloads {
  requireSet(set);
  return SETS.sorted(set);
}

/** How many payloads of each kind a set has. */
export function countPayloads(set: PayloadSet): CountsOf<PayloadTypes> {
  requireSet(set);
  return SETS.count(set);
}

/**
 * Refuses what is no set; with `part` what is not even a part of one.
 *
 * @throws {TypeError} saying what was given.
 */
export function requireSet(set: object, part = false): void {
  const given = Object(set) as Record<string, { readonly announce?: unknown } | null | undefined>;
  const stores = kindsOf(PAYLOAD_KINDS).map((kind) => given[kind]);
  const wanted = part ? stores.filter((store) => store !== undefined) : stores;
  if (wanted.length > 0 && wanted.every((store) => typeof store?.announce === 'function')) return;
  throw new TypeError(`the set is ${sayValue(set)}, not one that createPayloadSet made`);
}

function requirePayloads(payloads: Payloads): void {
  requireObject(payloads, 'payloads', SHAPE);
  for (const kind of kindsOf(PAYLOAD_KINDS)) requireIterable(payloads[kind], kind, 'a list of payloads');
}
