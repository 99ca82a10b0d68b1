import { compareOctets } from '../bytes/index.js';
import { requireIterable } from '../inet/index.js';
import { SeededHash, type SeedOptions } from '../tables/index.js';
import { requireRouterKey } from './check-payload.js';
import type { RouterKey } from './payload.js';
import { createRouterKeyMap } from './router-key-map.js';

/** Router keys as a set; the identity of a key is (asn, ski, spki). */
export interface RouterKeyStore extends Iterable<RouterKey> {
  readonly size: number;
  /** Goes up with every change. */
  readonly generation: number;
  /** Slots that are looked at when every key is looked for once. */
  readonly probes: number;
  /**
   * Adds a key; false when it was there (the later expiry then stays, unknown counting as the latest).
   *
   * @throws {TypeError} for what is no key; {@link RangeError} for ASN 0, an SKI that has not 20 octets, or an empty key.
   */
  announce(key: RouterKey): boolean;
  /** Removes a key; false when it was not there. */
  withdraw(key: RouterKey): boolean;
  has(key: RouterKey): boolean;
  /** By ASN, SKI, key octets. */
  sorted(): IterableIterator<RouterKey>;
}

/** A store of the given keys. */
export function createRouterKeyStore(
  keys: Iterable<RouterKey> = [],
  { seed }: SeedOptions = {},
): RouterKeyStore {
  const held = createRouterKeyMap<RouterKey>(new SeededHash(seed));
  let generation = 0;
  const store: RouterKeyStore = {
    get size() {
      return held.size;
    },
    get generation() {
      return generation;
    },
    get probes() {
      return held.probes;
    },
    announce: (key) => {
      requireRouterKey(key);
      const before = held.get(key);
      if (!before || outranks(key, before)) held.set(key, key);
      if (!before) generation++;
      return !before;
    },
    withdraw: (key) => {
      requireRouterKey(key);
      const removed = held.delete(key);
      if (removed) generation++;
      return removed;
    },
    has: (key) => {
      requireRouterKey(key);
      return held.has(key);
    },
    sorted: () => [...held.values()].sort(compareRouterKeys).values(),
    [Symbol.iterator]: () => held.values(),
  };
  requireIterable(keys, 'keys', 'a list of router keys {asn, ski, spki}');
  for (const key of keys) store.announce(key);
  return store;
}

/** Whether the notes of `key` replace those held (docs/decisions/payload.md D-duplicate-notes). */
function outranks(key: RouterKey, held: RouterKey): boolean {
  const [mine, before] = [key.expires ?? Number.POSITIVE_INFINITY, held.expires ?? Number.POSITIVE_INFINITY];
  if (mine !== before) return mine > before;
  return key.ta !== undefined && (held.ta === undefined || key.ta < held.ta);
}

function compareRouterKeys(a: RouterKey, b: RouterKey): number {
  return a.asn - b.asn || compareOctets(a.ski, b.ski) || compareOctets(a.spki, b.spki);
}
