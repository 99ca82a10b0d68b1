import { equalOctets } from '../bytes/index.js';
import { HashedMap, type SeededHash } from '../tables/index.js';
import type { RouterKey } from './payload.js';

/** What identifies a router key: AS, SKI and the key itself (8210bis-26 §5.10). */
export type RouterKeyIdentity = Pick<RouterKey, 'asn' | 'ski' | 'spki'>;

/** A map by the identity of router keys. */
export type RouterKeyMap<V> = HashedMap<RouterKeyIdentity, V>;

/** An empty {@link RouterKeyMap}. */
export function createRouterKeyMap<V>(hash: SeededHash): RouterKeyMap<V> {
  return new HashedMap<RouterKeyIdentity, V>({
    hash: ({ asn, ski, spki }) =>
      hash.five(asn, hash.octets(ski, 0, ski.length), hash.octets(spki, 0, spki.length), 0, 0, 2),
    equal: (a, b) => a.asn === b.asn && equalOctets(a.ski, b.ski) && equalOctets(a.spki, b.spki),
  });
}
