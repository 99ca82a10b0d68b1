import { requireIterable } from '../inet/index.js';
import type { HashedMap } from '../tables/index.js';

/** What every set of payloads of one kind can do. `I` is what names a payload when it is withdrawn. */
export interface KindStore<V, I> extends Iterable<V> {
  readonly size: number;
  /** Goes up with every change of what the set attests; notes (expiry, trust anchor) are none. */
  readonly generation: number;
  /** Adds a payload, or puts it in place of one of the same identity; false when that attested the same. */
  announce(value: V): boolean;
  /** Removes a payload; false when it was not there. */
  withdraw(identity: I): boolean;
  /** Whether there is a payload of that identity. */
  has(identity: I): boolean;
  /** Whether there is a payload that attests just that; notes do not count. */
  holds(value: V): boolean;
  /** Makes the union with what is held, as loaders of files do. */
  unite(values: Iterable<V>): void;
  /** In the order of the kind. */
  sorted(): IterableIterator<V>;
}

/** Takes values of a kind one by one, for a set that is made of all of them at once. */
export interface KindLoader<V, S> {
  /** @throws as `announce` of the set. */
  add(value: V): void;
  /** The set; nothing is added any more. */
  finish(): S;
}

/** A set of payloads that are kept as objects, each under its identity. */
export interface KeyedStore<V, I> extends KindStore<V, I> {
  /** Slots that are looked at when every payload is looked for once. */
  readonly probes: number;
  get(identity: I): V | undefined;
}

/** What tells the payloads of a kind apart, and what becomes of several under one identity. */
export interface KeyedKind<V, I> {
  /** What a list of them is called in errors, and how one looks. */
  readonly list: string;
  readonly shape: string;
  /** @throws {TypeError} or {@link RangeError} for what is no payload of the kind. */
  check(value: V): void;
  /** @throws {TypeError} or {@link RangeError} for what is no identity. */
  checkIdentity(identity: I): void;
  identity(value: V): I;
  /** Whether both, of one identity, attest the same. */
  equal(a: V, b: V): boolean;
  compare(a: V, b: V): number;
  /** What is kept when `value` is announced while `held` is there. */
  announced(value: V, held: V | undefined): V;
  /** The one payload that parts of one identity make together; at least one part. */
  union(parts: readonly V[]): V;
}

/** A store of the payloads, united, in an empty `map` of their identities, with `newMap` for what passes. */
export function createKeyedStore<V, I>(
  kind: KeyedKind<V, I>,
  newMap: <T>() => HashedMap<I, T>,
  values: Iterable<V>,
): KeyedStore<V, I> {
  const held = newMap<V>();
  let generation = 0;
  const put = (identity: I, value: V, before: V | undefined): boolean => {
    if (value !== before) held.set(identity, value);
    if (before !== undefined && kind.equal(before, value)) return false;
    generation++;
    return true;
  };
  const store: KeyedStore<V, I> = {
    get size() {
      return held.size;
    },
    get generation() {
      return generation;
    },
    get probes() {
      return held.probes;
    },
    get: (identity) => held.get(identity),
    has: (identity) => {
      kind.checkIdentity(identity);
      return held.has(identity);
    },
    holds: (value) => {
      kind.check(value);
      const known = held.get(kind.identity(value));
      return known !== undefined && kind.equal(known, kind.announced(value, undefined));
    },
    announce: (value) => {
      kind.check(value);
      const identity = kind.identity(value);
      const before = held.get(identity);
      return put(identity, kind.announced(value, before), before);
    },
    unite: (more) => {
      requireIterable(more, kind.list, `a list of ${kind.shape}`);
      const parts = newMap<V[]>();
      for (const value of more) {
        kind.check(value);
        const list = parts.get(kind.identity(value));
        if (list) list.push(value);
        else parts.set(kind.identity(value), [value]);
      }
      for (const [identity, list] of parts) {
        const before = held.get(identity);
        put(identity, kind.union(before === undefined ? list : [before, ...list]), before);
      }
    },
    withdraw: (identity) => {
      kind.checkIdentity(identity);
      const removed = held.delete(identity);
      if (removed) generation++;
      return removed;
    },
    sorted: () => [...held.values()].sort(kind.compare).values(),
    [Symbol.iterator]: () => held.values(),
  };
  store.unite(values);
  return store;
}
