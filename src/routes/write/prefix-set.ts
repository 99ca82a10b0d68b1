import { type Afi, addressLength, type Prefix } from '../../inet/index.js';
import { createSlotTable, reserveSlot, SeededHash, type SeedOptions } from '../../tables/index.js';

/** Prefixes of one family, each once, in the order of their arrival: five octets each of IPv4, seventeen of IPv6. */
export interface PrefixSet {
  readonly size: number;
  /** Puts the prefix in, and says at which place it stands; known ones keep theirs. */
  add(prefix: Prefix): number;
  clear(): void;
  values(): Generator<Prefix>;
}

/** An empty set. */
export function createPrefixSet(afi: Afi, { seed }: SeedOptions = {}): PrefixSet {
  const hash = new SeededHash(seed);
  const width = addressLength(afi) + 1;
  let table = createSlotTable();
  let octets = new Uint8Array(64 * width);
  let size = 0;
  const hashOf = (entry: number): number => hash.octets(octets, entry * width, (entry + 1) * width);
  const equals = (one: number, other: number): boolean => {
    for (let i = 0; i < width; i++) if (octets[one * width + i] !== octets[other * width + i]) return false;
    return true;
  };
  return {
    get size() {
      return size;
    },
    add(prefix) {
      if ((size + 1) * width > octets.length) {
        const larger = new Uint8Array(2 * octets.length);
        larger.set(octets);
        octets = larger;
      }
      // The place behind the last is written first, and kept where nothing equal is found.
      octets.set(prefix.octets, size * width);
      octets[size * width + width - 1] = prefix.length;
      reserveSlot(table, hashOf);
      const mask = table.slots.length - 1;
      let at = hashOf(size) & mask;
      for (; table.slots[at] !== -1; at = (at + 1) & mask) {
        const entry = table.slots[at] as number;
        if (equals(entry, size)) return entry;
      }
      table.slots[at] = size;
      table.used++;
      return size++;
    },
    clear() {
      table = createSlotTable();
      size = 0;
    },
    *values() {
      for (let entry = 0; entry < size; entry++) {
        const start = entry * width;
        const address = octets.slice(start, start + width - 1);
        yield { afi, octets: address, length: octets[start + width - 1] as number };
      }
    },
  };
}
