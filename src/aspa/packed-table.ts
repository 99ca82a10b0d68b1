import type { Asn } from '../inet/index.js';
import type { SeededHash } from '../tables/index.js';
import { findSlot, homeSlot, markPlace, SLOT, slotHolds } from './packed-search.js';

/** At most two of five slots are used: short probe chains matter more to the verifier than memory. */
const MAX_LOAD = 0.4;
/** Slots that insertions may pass over, for each entry and besides, before another secret is looked for. */
const MAX_PASSED = 0.5;
const MARGIN = 64;
/** A bound for sets that lie badly under every secret, which none has been found to do. */
const MOST_SECRETS = 32;
/** Marks of a slot; after as many removals as this part of the slots the marks are made anew. */
const MARKS = 8;

/**
 * Customer to provider list in two typed arrays: an open-addressing hash (linear probing) of slots, and one arena of lists of
 * two and more providers, ascending. A single provider stands in the slot: most customers need no second cache line.
 *
 * The place of a customer is the leading bits of its product with a secret odd number: for any set of customers that is
 * chosen without knowing it, two of them meet with the chance of random places (M. Dietzfelbinger and others, 1997), while
 * neighbouring ASNs, as registries give them out, lie apart. For a few secrets in a hundred a regular set lies badly all
 * the same; then the table takes the next one (docs/decisions/tables.md D-seeded-tables).
 *
 * Eight marks go with each slot, one of which, by further bits of the product, every customer sets: a customer whose mark is
 * not set has no entry. Where few customers attest, that answers nearly every search without a look at the slots, and
 * without the branches that a processor cannot foresee.
 *
 * AS 0 is no customer, so customer 0 marks a free slot. NON-SPEC: layout and growth are ours; the draft asks for a table from
 * CAS to U-SPAS only (draft-28 §5.3).
 */
export class PackedTable {
  slots: Uint32Array;
  arena: Uint32Array;
  /** An octet a slot: the marks of the customers who belong there. */
  marks: Uint8Array;
  /** 32 minus the logarithm of the number of slots. */
  shift: number;
  /** The secret odd number. */
  multiplier: number;
  size = 0;
  /** Providers of all customers together. */
  providerCount = 0;
  /** First unused word of the arena. */
  end = 0;
  /** Words of the arena that no slot refers to any more. */
  #garbage = 0;
  readonly #hash: SeededHash;
  /** Secrets taken so far, and slots passed over by insertions under the present one. */
  #secrets = 0;
  #passed = 0;
  /** Entries removed since the marks were made: theirs may be set still. */
  #removed = 0;

  constructor(expected: number, hash: SeededHash) {
    this.#hash = hash;
    this.multiplier = this.#nextMultiplier();
    let bits = 4;
    while (2 ** bits * MAX_LOAD < expected) bits++;
    this.shift = 32 - bits;
    this.slots = new Uint32Array(2 ** bits * SLOT);
    this.marks = new Uint8Array(2 ** bits);
    this.arena = new Uint32Array(16 + expected * 2);
  }

  /** Place of the slot of `customer`, -1 without an entry. */
  find(customer: Asn): number {
    return findSlot(this.slots, this.marks, this.shift, this.multiplier, customer);
  }

  /** Whether the entry in the slot lists `provider`. */
  holds(slot: number, provider: Asn): boolean {
    return slotHolds(this.slots, this.arena, slot, provider);
  }

  /** The providers of the entry in the slot, ascending. */
  list(slot: number): Uint32Array {
    const length = this.slots[slot + 1] as number;
    if (length < 2) return this.slots.subarray(slot + 2, slot + 2 + length);
    const start = this.slots[slot + 2] as number;
    return this.arena.subarray(start, start + length);
  }

  /** Makes the list that ends the arena, from `start`, the entry of `customer`, in place of any earlier one. */
  put(customer: Asn, start: number): void {
    if ((this.size + 1) * SLOT > this.slots.length * MAX_LOAD) this.#rehash(this.slots.length * 2);
    else if (this.#passed > this.size * MAX_PASSED + MARGIN) this.settle();
    const slot = this.#place(customer);
    if (this.slots[slot] === customer) this.#discard(slot);
    else this.size++;
    const length = this.end - start;
    this.slots[slot] = customer;
    this.#mark(customer);
    this.slots[slot + 1] = length;
    this.slots[slot + 2] = length === 0 ? 0 : length === 1 ? (this.arena[start] as number) : start;
    this.providerCount += length;
    if (length < 2) this.end = start;
  }

  /** Removes the entry, closing the probe chain behind it (no tombstones). Returns whether there was one. */
  remove(customer: Asn): boolean {
    const { slots, shift, multiplier } = this;
    let hole = this.find(customer);
    if (hole < 0) return false;
    this.#discard(hole);
    this.size--;
    const capacity = slots.length;
    const behind = (from: number, to: number): number => (to - from + capacity) % capacity;
    for (let next = (hole + SLOT) % capacity; slots[next] !== 0; next = (next + SLOT) % capacity) {
      // An entry may move back into the hole unless its home lies cyclically behind the hole.
      if (behind(homeSlot(slots[next] as number, shift, multiplier), next) >= behind(hole, next)) {
        slots.copyWithin(hole, next, next + SLOT);
        hole = next;
      }
    }
    slots.fill(0, hole, hole + SLOT);
    if (++this.#removed > this.marks.length / MARKS) this.#markAll();
    return true;
  }

  /** Makes room for `words` more words at the end of the arena, which may move lists. */
  reserve(words: number): void {
    if (this.end + words <= this.arena.length) return;
    if (this.#garbage * 2 > this.end) this.compact();
    if (this.end + words <= this.arena.length) return;
    const larger = new Uint32Array(Math.max(this.end + words, this.arena.length * 2));
    larger.set(this.arena.subarray(0, this.end));
    this.arena = larger;
  }

  /** Rewrites the arena without garbage and without spare room. */
  compact(): void {
    const { slots, arena } = this;
    const packed = new Uint32Array(this.end - this.#garbage);
    let end = 0;
    for (let slot = 0; slot < slots.length; slot += SLOT) {
      const length = slots[slot + 1] as number;
      if (length < 2) continue;
      const start = slots[slot + 2] as number;
      for (let word = 0; word < length; word++) packed[end + word] = arena[start + word] as number;
      slots[slot + 2] = end;
      end += length;
    }
    this.arena = packed;
    this.end = end;
    this.#garbage = 0;
  }

  /** Takes other secrets until the entries lie no worse than random ones would. */
  settle(): void {
    // Or every insertion after this one would look through all entries.
    this.#passed = 0;
    const load = (this.size * SLOT) / this.slots.length;
    const random = this.size * (1 / (1 - load) - 1) * 0.5;
    const randomRuns = (this.slots.length / SLOT) * (1 / (1 - load) ** 2 - 1) * 0.5;
    for (let tried = 0; tried < MOST_SECRETS; tried++) {
      const { passed, runs } = this.#spread();
      if (passed <= 1.1 * random + MARGIN && runs <= 1.1 * randomRuns + MARGIN) return;
      this.multiplier = this.#nextMultiplier();
      this.#rehash(this.slots.length);
    }
  }

  /** Slots that are looked at when every customer is looked for once. */
  get probes(): number {
    return this.size + this.#spread().passed;
  }

  /** Places of the used slots, in no particular order. */
  *usedSlots(): Generator<number> {
    for (let slot = 0; slot < this.slots.length; slot += SLOT) if (this.slots[slot] !== 0) yield slot;
  }

  #discard(slot: number): void {
    const length = this.slots[slot + 1] as number;
    this.providerCount -= length;
    if (length > 1) this.#garbage += length;
  }

  /** The slot of `customer`, or the free one where it would go. */
  #place(customer: Asn): number {
    const { slots } = this;
    let slot = homeSlot(customer, this.shift, this.multiplier);
    while (slots[slot] !== customer && slots[slot] !== 0) {
      slot = slot + SLOT === slots.length ? 0 : slot + SLOT;
      this.#passed++;
    }
    return slot;
  }

  /** Files all entries anew in an array of `length` words, under the present secret. */
  #rehash(length: number): void {
    const { slots } = this;
    this.slots = new Uint32Array(length);
    this.shift = Math.clz32(length / SLOT - 1);
    this.#passed = 0;
    this.marks = new Uint8Array(length / SLOT);
    this.#removed = 0;
    for (let old = 0; old < slots.length; old += SLOT) {
      if (slots[old] === 0) continue;
      const customer = slots[old] as Asn;
      const slot = this.#place(customer);
      this.#mark(customer);
      this.slots[slot] = customer;
      this.slots[slot + 1] = slots[old + 1] as number;
      this.slots[slot + 2] = slots[old + 2] as number;
    }
  }

  #mark(customer: Asn): void {
    const place = markPlace(customer, this.shift, this.multiplier);
    this.marks[place >>> 3] = (this.marks[place >>> 3] as number) | (1 << (place & 7));
  }

  /** Makes the marks anew, without those of entries that are gone. */
  #markAll(): void {
    this.marks.fill(0);
    this.#removed = 0;
    for (const slot of this.usedSlots()) this.#mark(this.slots[slot] as Asn);
  }

  #nextMultiplier(): number {
    return this.#hash.two(this.#secrets++, SLOT) | 1;
  }

  /** How the entries lie: slots passed over to find each of them once, and to find each free place from each slot. */
  #spread(): { readonly passed: number; readonly runs: number } {
    const { slots, shift, multiplier } = this;
    let passed = 0;
    let runs = 0;
    let run = 0;
    for (let slot = 0; slot < slots.length; slot += SLOT) {
      if (slots[slot] === 0) {
        run = 0;
        continue;
      }
      runs += ++run;
      const way = slot - homeSlot(slots[slot] as Asn, shift, multiplier);
      passed += (way < 0 ? way + slots.length : way) / SLOT;
    }
    return { passed, runs };
  }
}
