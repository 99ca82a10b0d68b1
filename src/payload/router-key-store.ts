import { compareOctets, equalOctets } from '../bytes/index.js';
import { HashedMap, SeededHash, type SeedOptions } from '../tables/index.js';
import { requireRouterKey } from './check-payload.js';
import { createKeyedStore, type KeyedKind, type KeyedStore } from './keyed-store.js';
import type { RouterKey } from './payload.js';
import { outranks } from './vrp-notes.js';

/** Router keys as a set; the identity of a key is (asn, ski, spki). */
export interface RouterKeyStore extends KeyedStore<RouterKey, RouterKey> {
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

/** What identifies a router key: AS, SKI and the key itself (8210bis §5.11). */
type RouterKeyIdentity = Pick<RouterKey, 'asn' | 'ski' | 'spki'>;

/** A map by the identity of router keys. */
export type RouterKeyMap<V> = HashedMap<RouterKeyIdentity, V>;

/** An empty {@link RouterKeyMap}. */
export function createRouterKeyMap<V>(hash: SeededHash): RouterKeyMap<V> {
  return new HashedMap<RouterKeyIdentity, V>({
    hash: ({ asn, ski, spki }) =>
      hash.five(asn, hash.octets(ski, 0, ski.length), hash.octets(spki, 0, spki.length), 0, 0, 2),
    equal: sameRouterKey,
  });
}

/** Whether both are the same key; notes do not count. */
export function sameRouterKey(a: RouterKeyIdentity, b: RouterKeyIdentity): boolean {
  return a.asn === b.asn && equalOctets(a.ski, b.ski) && equalOctets(a.spki, b.spki);
}

/** By ASN, SKI, key octets: below 0 when `a` stands first. */
export function compareRouterKeys(a: RouterKeyIdentity, b: RouterKeyIdentity): number {
  return a.asn - b.asn || compareOctets(a.ski, b.ski) || compareOctets(a.spki, b.spki);
}

/** What is kept of a key that comes again (docs/decisions/payload.md D-duplicate-notes). */
function keep(key: RouterKey, held: RouterKey | undefined): RouterKey {
  return held === undefined || outranks(key, held.expires, held.ta) ? key : held;
}

const ROUTER_KEY: KeyedKind<RouterKey, RouterKey> = {
  list: 'keys',
  shape: 'router keys {asn, ski, spki}',
  check: requireRouterKey,
  checkIdentity: requireRouterKey,
  identity: (key) => key,
  equal: sameRouterKey,
  compare: compareRouterKeys,
  announced: keep,
  union: (parts) => parts.reduce((held, key) => keep(key, held)),
};

/** A store of the given keys. */
export function createRouterKeyStore(
  keys: Iterable<RouterKey> = [],
  { seed }: SeedOptions = {},
): RouterKeyStore {
  const hash = new SeededHash(seed);
  return createKeyedStore(ROUTER_KEY, <T>() => createRouterKeyMap<T>(hash), keys);
}
