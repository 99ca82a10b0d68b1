import type { SeededHash } from './hash.js';
import { HashedMap } from './hashed-map.js';

/** A map whose keys are ASNs or other whole numbers in 0..2^53-1, chosen by outsiders. */
export type NumberMap<V> = HashedMap<number, V>;

/** An empty {@link NumberMap}. */
export function createNumberMap<V>(hash: SeededHash): NumberMap<V> {
  return new HashedMap<number, V>({
    // The second word of a key that has one is small: it turns the first a little, which is one number still.
    hash: (key) => hash.number(key < 4294967296 ? key : (key % 4294967296) + Math.floor(key / 4294967296)),
    equal: (a, b) => a === b,
  });
}
