import { createSlotTable, probesOf, removeSlot, reserveSlot } from './slot-table.js';

/** How keys of one kind are told apart. */
export interface KeyKind<K> {
  /** By a {@link SeededHash}; equal keys have equal hashes. */
  hash(key: K): number;
  equal(a: K, b: K): boolean;
}

/**
 * A map for keys that outsiders choose. The engine's own `Map` files numbers by a hash that everybody knows, so that
 * 20,000 chosen ASNs cost it a thousand times what others do. Entries stand densely, in the order of their arrival but
 * for those that took the place of a removed one: the order does not depend on the seed.
 */
export class HashedMap<K, V> {
  readonly #kind: KeyKind<K>;
  #keys: K[] = [];
  #values: V[] = [];
  #hashes: number[] = [];
  #index = createSlotTable();
  readonly #hashOf = (entry: number): number => this.#hashes[entry] as number;

  constructor(kind: KeyKind<K>) {
    this.#kind = kind;
  }

  get size(): number {
    return this.#keys.length;
  }

  /** Slots that are looked at when every key is looked for once. */
  get probes(): number {
    return probesOf(this.#index, this.#hashOf);
  }

  has(key: K): boolean {
    return this.#find(key, this.#kind.hash(key)) >= 0;
  }

  get(key: K): V | undefined {
    const entry = this.#index.slots[this.#slot(key, this.#kind.hash(key))] as number;
    return entry < 0 ? undefined : this.#values[entry];
  }

  /** Puts the value in place of any that the key had; the key that came first stays. */
  set(key: K, value: V): void {
    const hash = this.#kind.hash(key);
    const known = this.#find(key, hash);
    if (known >= 0) {
      this.#values[known] = value;
      return;
    }
    reserveSlot(this.#index, this.#hashOf);
    this.#index.slots[this.#slot(key, hash)] = this.#keys.length;
    this.#index.used++;
    this.#keys.push(key);
    this.#values.push(value);
    this.#hashes.push(hash);
  }

  /** Removes the key; false when it was not there. The last entry takes its place. */
  delete(key: K): boolean {
    const slot = this.#slot(key, this.#kind.hash(key));
    const entry = this.#index.slots[slot] as number;
    if (entry < 0) return false;
    removeSlot(this.#index, slot, this.#hashOf);
    const last = this.#keys.length - 1;
    if (entry !== last) {
      const moved = this.#keys[last] as K;
      const hash = this.#hashes[last] as number;
      this.#index.slots[this.#slot(moved, hash)] = entry;
      this.#keys[entry] = moved;
      this.#values[entry] = this.#values[last] as V;
      this.#hashes[entry] = hash;
    }
    this.#keys.pop();
    this.#values.pop();
    this.#hashes.pop();
    return true;
  }

  clear(): void {
    this.#keys = [];
    this.#values = [];
    this.#hashes = [];
    this.#index = createSlotTable();
  }

  /** The keys; the map must not change meanwhile. */
  keys(): IterableIterator<K> {
    return this.#keys.values();
  }

  /** The values; the map must not change meanwhile. */
  values(): IterableIterator<V> {
    return this.#values.values();
  }

  /** Keys with their values; the map must not change meanwhile. */
  *[Symbol.iterator](): IterableIterator<[K, V]> {
    for (let entry = 0; entry < this.#keys.length; entry++) {
      yield [this.#keys[entry] as K, this.#values[entry] as V];
    }
  }

  #find(key: K, hash: number): number {
    return this.#index.slots[this.#slot(key, hash)] as number;
  }

  /** The slot of the key, or the empty one where it would stand. */
  #slot(key: K, hash: number): number {
    const { slots } = this.#index;
    const mask = slots.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const entry = slots[at] as number;
      if (entry < 0) return at;
      if (this.#hashes[entry] === hash && this.#kind.equal(this.#keys[entry] as K, key)) return at;
    }
  }
}
