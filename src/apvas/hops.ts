import type { SecurePathSegment } from '../bgp/index.js';
import type { AggregateRoute } from './aggregate-route.js';
import type { AdmittedKey, KeyTable } from './keys.js';

/** What a scheme needs to know of a signer: the octets that are hashed and what the engine pairs with. */
export type SignerKey<K> = Pick<AdmittedKey<K>, 'publicKey' | 'prepared'>;

/** A route and the keys of its hops, origin first. */
export interface KeyedRoute<K> {
  readonly route: AggregateRoute;
  readonly keys: readonly SignerKey<K>[];
}

/** A route with its keys and the point that is claimed to be its signature. */
export interface SignedRoute<P, K> extends KeyedRoute<K> {
  readonly sigma: P;
}

/** The keys of all hops of `route`, origin first, or undefined when the table lacks one of them. */
export function keysOfRoute<K>(table: KeyTable<K>, route: AggregateRoute): AdmittedKey<K>[] | undefined {
  const keys: AdmittedKey<K>[] = [];
  for (let i = route.segments.length - 1; i >= 0; i--) {
    const segment = route.segments[i] as SecurePathSegment;
    const key = table.find(segment.asn, route.skis[i] as Uint8Array);
    if (key === undefined) return undefined;
    keys.push(key);
  }
  return keys;
}
