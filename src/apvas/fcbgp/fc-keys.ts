import { createRouterKeys } from '../../bgpsec/index.js';
import type { Asn } from '../../inet/index.js';
import type { RouterKey } from '../../payload/index.js';
import { createNumberMap, SeededHash, type SeedOptions } from '../../tables/index.js';

/**
 * The router keys of an FC-BGP verifier. An AS with a key is deemed to take part
 * (draft-wang-sidrops-fcbgp-protocol §2, §5.2), also where its keys are meant for BGPsec
 * (docs/decisions/fcbgp.md D-fcbgp-keys).
 */
export interface FcKeys {
  /** Keys. */
  readonly size: number;
  /** The public keys under an AS and SKI. */
  lookup(asn: Asn, ski: Uint8Array): readonly Uint8Array[];
  /** Whether any key of the AS is known. */
  takesPart(asn: Asn): boolean;
  /** Adds a key; false when it is there already. */
  announce(key: RouterKey): boolean;
  /** Takes a key out; false when it was not there. */
  withdraw(key: RouterKey): boolean;
}

/**
 * A table of router keys that also knows which ASes have any.
 *
 * @throws {TypeError} and {@link RangeError} as `createRouterKeys` of `pathsec/bgpsec`.
 */
export function createFcKeys(keys: Iterable<RouterKey> = [], { seed }: SeedOptions = {}): FcKeys {
  const table = createRouterKeys([], seed === undefined ? {} : { seed });
  const counts = createNumberMap<number>(new SeededHash(seed));
  const count = (asn: Asn, change: 1 | -1): void => {
    const left = (counts.get(asn) ?? 0) + change;
    if (left === 0) counts.delete(asn);
    else counts.set(asn, left);
  };
  const fcKeys: FcKeys = {
    get size() {
      return table.size;
    },
    lookup: (asn, ski) => table.lookup(asn, ski),
    takesPart: (asn) => counts.has(asn),
    announce: (key) => {
      const added = table.announce(key);
      if (added) count(key.asn, 1);
      return added;
    },
    withdraw: (key) => {
      const removed = table.withdraw(key);
      if (removed) count(key.asn, -1);
      return removed;
    },
  };
  for (const key of keys) fcKeys.announce(key);
  return fcKeys;
}
