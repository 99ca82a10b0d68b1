import type { Asn } from '../inet/index.js';
import type { SeedOptions } from '../tables/index.js';
import { type AspaStore, createAspaStore } from './aspa-store.js';
import { type AsraIdentity, type AsraStore, createAsraStore } from './asra-store.js';
import type { KindLoader, KindStore } from './keyed-store.js';
import type { AspaPayload, AsraPayload, PrefixListPayload, RouterKey, Vrp } from './payload.js';
import { createPrefixListStore, type PrefixListStore } from './prefix-list-store.js';
import { createRouterKeyStore, type RouterKeyStore } from './router-key-store.js';
import { createVrpLoader, createVrpStore, type VrpStore } from './vrp-store.js';

// The kinds of payload, as a list. A new kind is a value in `payload.ts`, a store (see `createKeyedStore`) and a row
// here; the tables of other rooms are `Record<PayloadKind, …>`, so each of them fails to compile until it has a row too.

/** The types of one kind: its values, what names one when it is withdrawn, and the set that holds them. */
export interface KindTypes<V, I, S extends KindStore<V, I>> {
  readonly value: V;
  readonly identity: I;
  readonly store: S;
}

/** The types of every kind, by the name under which its payloads stand everywhere. */
export interface PayloadTypes {
  readonly vrps: KindTypes<Vrp, Vrp, VrpStore>;
  readonly routerKeys: KindTypes<RouterKey, RouterKey, RouterKeyStore>;
  readonly aspas: KindTypes<AspaPayload, Asn, AspaStore>;
  readonly prefixLists: KindTypes<PrefixListPayload, Asn, PrefixListStore>;
  readonly asras: KindTypes<AsraPayload, AsraIdentity, AsraStore>;
}

/** `vrps`, `routerKeys`, `aspas`, `prefixLists` or `asras`. */
export type PayloadKind = keyof PayloadTypes;

/** A map of kinds to their types: {@link PayloadTypes}, or another of that form. */
export type KindMap<M> = {
  readonly [K in keyof M]: KindTypes<unknown, unknown, KindStore<unknown, unknown>>;
};

/** The type of a kind's values. */
export type ValueOf<T> = T extends { readonly value: infer V } ? V : never;
/** The type of what names a value of a kind. */
export type IdentityOf<T> = T extends { readonly identity: infer I } ? I : never;
/** The type of a kind's sets. */
export type StoreOf<T> = T extends { readonly store: infer S } ? S : never;

/** What is known of one kind. Order, equality and check of its values are those of its store. */
export interface KindRow<T> {
  /** What one and several of them are called. */
  readonly one: string;
  readonly many: string;
  /** Whether payloads of one identity become their union, so that a loader hands all over at once. */
  readonly joins: boolean;
  identity(value: ValueOf<T>): IdentityOf<T>;
  createStore(values: Iterable<ValueOf<T>> | undefined, options: SeedOptions): StoreOf<T>;
  /** For a kind of which there are many. */
  createLoader?(options: SeedOptions): KindLoader<ValueOf<T>, StoreOf<T>>;
}

/** A row for every kind of `M`. */
export type KindTable<M> = { readonly [K in keyof M]: KindRow<M[K]> };

/** The table of the payload kinds, in the order of the protocols: prefixes, keys, ASPAs (8210bis §11.2), then what no protocol carries. */
export const PAYLOAD_KINDS: KindTable<PayloadTypes> = {
  vrps: {
    one: 'VRP',
    many: 'VRPs',
    joins: false,
    identity: (vrp) => vrp,
    createStore: createVrpStore,
    createLoader: createVrpLoader,
  },
  routerKeys: {
    one: 'router key',
    many: 'router keys',
    joins: false,
    identity: (key) => key,
    createStore: createRouterKeyStore,
  },
  aspas: {
    one: 'ASPA',
    many: 'ASPAs',
    joins: true,
    identity: ({ customer }) => customer,
    createStore: createAspaStore,
  },
  prefixLists: {
    one: 'prefix list',
    many: 'prefix lists',
    joins: true,
    identity: ({ asn }) => asn,
    createStore: createPrefixListStore,
  },
  asras: { one: 'ASRA', many: 'ASRAs', joins: true, identity: (asra) => asra, createStore: createAsraStore },
};

/** The keys of a table of kinds, in its order. */
export function kindsOf<M>(table: { readonly [K in keyof M]: unknown }): readonly (keyof M & string)[] {
  return Object.keys(table) as (keyof M & string)[];
}

/** An object with a member for each kind, made by `make`. */
export function forKinds<R extends object>(
  kinds: readonly (keyof R & string)[],
  make: <K extends keyof R & string>(kind: K) => R[K],
): R {
  return Object.fromEntries(kinds.map((kind) => [kind, make(kind)])) as R;
}

/** Every payload kind, in the order of {@link PAYLOAD_KINDS}. */
export const ALL_KINDS: readonly PayloadKind[] = kindsOf<PayloadTypes>(PAYLOAD_KINDS);
