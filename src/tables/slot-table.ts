/**
 * An open-addressing index of entry numbers: linear probing in one Int32Array, -1 for an empty slot. The owner holds the
 * entries, compares keys while it probes, and files each under a hash of {@link SeededHash}; what is here only grows,
 * removes and counts, for which no key is compared.
 */
export interface SlotTable {
  /** Entry numbers; the length is a power of two. */
  slots: Int32Array;
  /** Entries in the table. */
  used: number;
}

const SMALLEST = 16;
const FAST_BELOW = 1 << 16;

/** An empty table, with room for `entries`. */
export function createSlotTable(entries = 0): SlotTable {
  let length = SMALLEST;
  while (entries * 3 > length * 2) length *= 2;
  return { slots: new Int32Array(length).fill(-1), used: 0 };
}

/** Makes room for one entry more, at most two thirds full. `hashOf` gives the hash under which an entry is filed. */
export function reserveSlot(table: SlotTable, hashOf: (entry: number) => number): void {
  if ((table.used + 1) * 3 <= table.slots.length * 2) return;
  const old = table.slots;
  // Small tables grow fast, to be filed anew a few times only.
  const slots = new Int32Array(old.length * (old.length < FAST_BELOW ? 8 : 2)).fill(-1);
  const mask = slots.length - 1;
  for (let i = 0; i < old.length; i++) {
    const entry = old[i] as number;
    if (entry < 0) continue;
    let at = hashOf(entry) & mask;
    while (slots[at] !== -1) at = (at + 1) & mask;
    slots[at] = entry;
  }
  table.slots = slots;
}

/** Empties the slot `at` and closes the gap, so that no probe sequence is cut (no tombstones). */
export function removeSlot(table: SlotTable, at: number, hashOf: (entry: number) => number): void {
  const { slots } = table;
  const mask = slots.length - 1;
  let hole = at;
  for (let probe = (at + 1) & mask; slots[probe] !== -1; probe = (probe + 1) & mask) {
    const entry = slots[probe] as number;
    const home = hashOf(entry) & mask;
    // The entry may move into the hole unless its home lies cyclically behind the hole.
    if (((probe - home) & mask) >= ((probe - hole) & mask)) {
      slots[hole] = entry;
      hole = probe;
    }
  }
  slots[hole] = -1;
  table.used--;
}

/**
 * Slots that are looked at when every entry is looked for once: what a flood of colliding keys would raise, without
 * a clock. One for each entry is the least.
 */
export function probesOf({ slots }: SlotTable, hashOf: (entry: number) => number): number {
  const mask = slots.length - 1;
  let probes = 0;
  for (let at = 0; at < slots.length; at++) {
    const entry = slots[at] as number;
    if (entry >= 0) probes += ((at - hashOf(entry)) & mask) + 1;
  }
  return probes;
}
