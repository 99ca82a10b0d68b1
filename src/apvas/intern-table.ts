import { SeededHash, type SeedOptions } from '../tables/index.js';

/** Distinct octet strings, each stored once and known by a handle. Nothing is ever taken out. */
export interface InternTable {
  readonly size: number;
  /** Octets of the strings themselves. */
  readonly payloadOctets: number;
  /** Octets of all arrays behind the table. */
  readonly allocatedOctets: number;
  /** The handle of a string of at most 65535 octets; equal strings have equal handles. */
  intern(octets: Uint8Array): number;
  /** A copy of the string of a handle that `intern` returned. */
  get(handle: number): Uint8Array;
}

/** Each entry begins with its length. */
const LENGTH_OCTETS = 2;

/**
 * An empty {@link InternTable}: one arena of octets, and an open-addressed hash of places in it. A handle is such a
 * place, so that no third array is needed.
 *
 * @throws {RangeError} from `intern` for a string that is too long, from `get` for a place outside the arena.
 */
export function createInternTable({ seed }: SeedOptions = {}): InternTable {
  const hash = new SeededHash(seed);
  let arena = new Uint8Array(1024);
  // Handle + 1 of the entry; 0 is empty.
  let buckets = new Uint32Array(127);
  let size = 0;
  let end = 0;
  const lengthAt = (handle: number): number =>
    ((arena[handle] as number) << 8) | (arena[handle + 1] as number);
  const holds = (handle: number, octets: Uint8Array): boolean => {
    if (lengthAt(handle) !== octets.length) return false;
    for (let i = 0; i < octets.length; i++) {
      if (arena[handle + LENGTH_OCTETS + i] !== octets[i]) return false;
    }
    return true;
  };
  const place = (octets: Uint8Array): number => {
    let at = hash.octets(octets, 0, octets.length) % buckets.length;
    for (let held = buckets[at] as number; held !== 0; held = buckets[at] as number) {
      if (holds(held - 1, octets)) return at;
      at = at + 1 === buckets.length ? 0 : at + 1;
    }
    return at;
  };
  const view = (handle: number): Uint8Array =>
    arena.subarray(handle + LENGTH_OCTETS, handle + LENGTH_OCTETS + lengthAt(handle));
  const rehash = (): void => {
    buckets = new Uint32Array(buckets.length + (buckets.length >> 2));
    for (let handle = 0; handle < end; handle += LENGTH_OCTETS + lengthAt(handle)) {
      buckets[place(view(handle))] = handle + 1;
    }
  };
  return {
    get size() {
      return size;
    },
    get payloadOctets() {
      return end - LENGTH_OCTETS * size;
    },
    get allocatedOctets() {
      return arena.byteLength + buckets.byteLength;
    },
    intern(octets) {
      if (octets.length > 0xffff) throw new RangeError(`${octets.length} octets`);
      const known = buckets[place(octets)] as number;
      if (known !== 0) return known - 1;
      const handle = end;
      end += LENGTH_OCTETS + octets.length;
      if (end > arena.length) {
        // A sixteenth more: the slack counts as memory.
        const larger = new Uint8Array(end + (end >> 4) + 64);
        larger.set(arena);
        arena = larger;
      }
      arena[handle] = octets.length >> 8;
      arena[handle + 1] = octets.length;
      arena.set(octets, handle + LENGTH_OCTETS);
      size++;
      if (8 * size > 7 * buckets.length) rehash();
      else buckets[place(octets)] = handle + 1;
      return handle;
    },
    get(handle) {
      if (!(handle >= 0 && handle + LENGTH_OCTETS <= end)) throw new RangeError(`handle ${handle}`);
      return view(handle).slice();
    },
  };
}
