/** Slots of one size, packed into chunks: what per-route octets cost without an object per route. */
export interface SlotArena {
  readonly slotOctets: number;
  /** Slots in use. */
  readonly size: number;
  /** Octets of all chunks, free slots included. */
  readonly allocatedOctets: number;
  /** Copies `octets` (of the slot's size) into a free slot and returns its number. */
  put(octets: Uint8Array): number;
  /** A copy of a slot. */
  get(slot: number): Uint8Array;
  /** Frees a slot for reuse. */
  free(slot: number): void;
}

/** Small enough that half a chunk per size class does not show, large enough that chunk objects do not. */
const CHUNK_OCTETS = 16_384;

/**
 * An empty {@link SlotArena}.
 *
 * @throws {RangeError} from `put` for another length, from `get` and `free` for a slot that is not in use.
 */
export function createSlotArena(slotOctets: number): SlotArena {
  if (!Number.isInteger(slotOctets) || slotOctets < 1) throw new RangeError(`slot of ${slotOctets} octets`);
  const perChunk = Math.max(1, Math.floor(CHUNK_OCTETS / slotOctets));
  const chunks: Uint8Array[] = [];
  const used: Uint8Array[] = [];
  const free: number[] = [];
  let end = 0;
  const inUse = (slot: number): boolean => {
    const bits = used[Math.floor(slot / perChunk)];
    const at = slot % perChunk;
    return bits !== undefined && ((bits[at >> 3] as number) & (1 << (at & 7))) !== 0;
  };
  const flip = (slot: number): void => {
    const bits = used[Math.floor(slot / perChunk)] as Uint8Array;
    const at = slot % perChunk;
    bits[at >> 3] = (bits[at >> 3] as number) ^ (1 << (at & 7));
  };
  const view = (slot: number): Uint8Array => {
    const at = (slot % perChunk) * slotOctets;
    return (chunks[Math.floor(slot / perChunk)] as Uint8Array).subarray(at, at + slotOctets);
  };
  return {
    slotOctets,
    get size() {
      return end - free.length;
    },
    get allocatedOctets() {
      return chunks.length * (perChunk * slotOctets + Math.ceil(perChunk / 8));
    },
    put(octets) {
      if (octets.length !== slotOctets) {
        throw new RangeError(`${octets.length} octets for a slot of ${slotOctets}`);
      }
      const slot = free.pop() ?? end++;
      if (slot === chunks.length * perChunk) {
        chunks.push(new Uint8Array(perChunk * slotOctets));
        used.push(new Uint8Array(Math.ceil(perChunk / 8)));
      }
      view(slot).set(octets);
      flip(slot);
      return slot;
    },
    get(slot) {
      if (!inUse(slot)) throw new RangeError(`slot ${slot} is not in use`);
      return view(slot).slice();
    },
    free(slot) {
      if (!inUse(slot)) throw new RangeError(`slot ${slot} is not in use`);
      flip(slot);
      free.push(slot);
    },
  };
}
