import { SeededHash } from '../tables/index.js';

const SMALLEST = 16;

/** Slots for a set of so many records that still grows: a power of two, filled between an eighth and a quarter. */
function slotsFor(size: number): number {
  let slots = SMALLEST;
  while (slots < size * 4) slots *= 2;
  return slots;
}

/**
 * A set of equally long records of 32-bit words, packed: the records stand densely in one array, found through an
 * open-addressing index. NON-SPEC: a cache holds a million prefixes, which as objects would cost ten times as much.
 *
 * Records of prefixes are the address words, `maxLength << 8 | length`, and the ASN, so that their lexicographic
 * order is the order of 8210bis §11.2.1.
 */
export class RecordSet {
  /** Words of a record. */
  readonly words: number;
  readonly hash: SeededHash;
  #size = 0;
  #records: Uint32Array;
  #slots = new Int32Array(SMALLEST).fill(-1);

  /** A set that belongs to another one takes its hash. */
  constructor(words: number, hash = new SeededHash()) {
    this.words = words;
    this.hash = hash;
    this.#records = new Uint32Array(SMALLEST * words);
  }

  /** Records in the set. */
  get size(): number {
    return this.#size;
  }
  /** Octets of both arrays. */
  get bytes(): number {
    return this.#records.byteLength + this.#slots.byteLength;
  }
  /** Slots that are looked at when every record is looked for once. */
  get probes(): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let probes = 0;
    for (let at = 0; at < slots.length; at++) {
      const index = slots[at] as number;
      if (index < 0) continue;
      const home = this.hash.words(this.#records, index * this.words, this.words) & mask;
      probes += ((at - home) & mask) + 1;
    }
    return probes;
  }
  /** The records, `words` each, in no order; valid until the next change. */
  get records(): Uint32Array {
    return this.#records.subarray(0, this.#size * this.words);
  }

  /** Calls `visit` for every record; the set must not change meanwhile. */
  each(visit: (records: Uint32Array, at: number) => void): void {
    const { records } = this;
    for (let at = 0; at < records.length; at += this.words) visit(records, at);
  }

  /** Whether the record at `record[offset]` is in the set. */
  has(record: Uint32Array, offset = 0): boolean {
    const slot = this.#find(record, offset); // may make the index
    return (this.#slots[slot] as number) >= 0;
  }

  /** Adds the record; false when it was there. */
  add(record: Uint32Array, offset = 0): boolean {
    const slot = this.#find(record, offset);
    if ((this.#slots[slot] as number) >= 0) return false;
    const at = this.#size * this.words;
    if (at === this.#records.length) {
      const grown = new Uint32Array(Math.ceil(this.#size * 1.5) * this.words);
      grown.set(this.#records);
      this.#records = grown;
    }
    for (let i = 0; i < this.words; i++) this.#records[at + i] = record[offset + i] as number;
    this.#slots[slot] = this.#size++;
    if (this.#size * 2 > this.#slots.length) this.#rehash(slotsFor(this.#size));
    return true;
  }

  /** Removes the record; false when it was not there. The last record takes its place. */
  delete(record: Uint32Array, offset = 0): boolean {
    const slot = this.#find(record, offset);
    const index = this.#slots[slot] as number;
    if (index < 0) return false;
    const last = this.#size - 1;
    if (index !== last) {
      this.#slots[this.#find(this.#records, last * this.words)] = index;
      this.#records.copyWithin(index * this.words, last * this.words, (last + 1) * this.words);
    }
    this.#size = last;
    this.#close(slot);
    return true;
  }

  /** Takes over all records of `other` at once. Throws `RangeError` unless this set is empty and of the same kind. */
  copyFrom(other: RecordSet): void {
    if (this.#size > 0 || this.words !== other.words) throw new RangeError('copyFrom fills an empty set');
    this.#size = other.#size;
    this.#records = other.#records.slice(0, Math.max(this.#size, SMALLEST) * this.words);
    // Most copies are only read through; the index is made when somebody looks for a record.
    this.#slots = new Int32Array(0);
  }

  /** The slot of the record, or the empty slot where it would stand. */
  #find(record: Uint32Array, offset: number): number {
    if (this.#slots.length === 0) this.#rehash(slotsFor(this.#size));
    const mask = this.#slots.length - 1;
    for (let slot = this.hash.words(record, offset, this.words) & mask; ; slot = (slot + 1) & mask) {
      const index = this.#slots[slot] as number;
      if (index < 0) return slot;
      const at = index * this.words;
      let i = 0;
      while (i < this.words && this.#records[at + i] === record[offset + i]) i++;
      if (i === this.words) return slot;
    }
  }

  #rehash(length: number): void {
    const slots = new Int32Array(length).fill(-1);
    const mask = length - 1;
    for (let index = 0; index < this.#size; index++) {
      let slot = this.hash.words(this.#records, index * this.words, this.words) & mask;
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      slots[slot] = index;
    }
    this.#slots = slots;
  }

  /** Empties a slot and moves later entries of the same probe sequence up, so that none is cut off. */
  #close(slot: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let hole = slot;
    slots[hole] = -1;
    for (let probe = (hole + 1) & mask; (slots[probe] as number) >= 0; probe = (probe + 1) & mask) {
      const index = slots[probe] as number;
      const home = this.hash.words(this.#records, index * this.words, this.words) & mask;
      if (((probe - home) & mask) >= ((probe - hole) & mask)) {
        slots[hole] = index;
        slots[probe] = -1;
        hole = probe;
      }
    }
  }
}
