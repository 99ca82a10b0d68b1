import { AFI_IPV4 } from '../inet/index.js';
import type { VrpArena } from './vrp-arena.js';

/** The entries of a family by address, length, maxLength, ASN. */
export function sortedEntries(arena: VrpArena): Uint32Array {
  const entries = new Uint32Array(arena.size);
  let count = 0;
  for (let entry = 0; entry < arena.end; entry++) if (arena.isUsed(entry)) entries[count++] = entry;
  const words = arena.afi === AFI_IPV4 ? 1 : 4;
  return entries.sort((a, b) => {
    for (let i = 0; i < words; i++) {
      const difference = arena.word(a, i) - arena.word(b, i);
      if (difference !== 0) return difference;
    }
    return (
      arena.length(a) - arena.length(b) ||
      arena.maxLength(a) - arena.maxLength(b) ||
      arena.asn(a) - arena.asn(b)
    );
  });
}
