import type { SeededHash } from './hash.js';
import { createSlotTable, probesOf, reserveSlot } from './slot-table.js';

/** The number of an entry that no list has. */
const NONE = -1;

/**
 * Distinct lists of words, each stored once and numbered from 0: the lists stand one behind the other in one array, and
 * an index leads from their content to their number. Nothing is taken out.
 */
export class WordLists {
  readonly #hash: SeededHash;
  #words = new Uint32Array(1 << 12);
  /** Where each list begins; one more, where the last ends. */
  #starts = new Uint32Array(1 << 10);
  #hashes = new Uint32Array(1 << 10);
  #size = 0;
  readonly #index = createSlotTable();
  readonly #hashOf = (entry: number): number => this.#hashes[entry] as number;

  constructor(hash: SeededHash) {
    this.#hash = hash;
  }

  /** Number of lists. */
  get size(): number {
    return this.#size;
  }

  /** All lists; list `i` is `words[start(i), end(i))`. Another array after a list was added. */
  get words(): Uint32Array {
    return this.#words;
  }

  /** Slots that are looked at when every list is looked for once. */
  get probes(): number {
    return probesOf(this.#index, this.#hashOf);
  }

  /** Where every list begins in `words`, and where the last ends: one more than there are lists. */
  get starts(): Uint32Array {
    return this.#starts.subarray(0, this.#size + 1);
  }

  start(index: number): number {
    return this.#starts[index] as number;
  }

  end(index: number): number {
    return this.#starts[index + 1] as number;
  }

  /** The number of the list `words[start, start + length)`, a new one if it was not there. */
  add(words: Uint32Array, start: number, length: number): number {
    const hash = this.#hash.words(words, start, length);
    reserveSlot(this.#index, this.#hashOf);
    const { slots } = this.#index;
    const mask = slots.length - 1;
    let at = hash & mask;
    for (; slots[at] !== NONE; at = (at + 1) & mask) {
      const index = slots[at] as number;
      if (this.#hashes[index] === hash && this.#equals(index, words, start, length)) return index;
    }
    const index = this.#append(words, start, length);
    this.#hashes[index] = hash;
    slots[at] = index;
    this.#index.used++;
    return index;
  }

  /** A number that leads to no list: it looks empty and is never found. */
  addNameless(): number {
    return this.#append(this.#words, 0, 0);
  }

  #equals(index: number, words: Uint32Array, start: number, length: number): boolean {
    const from = this.start(index);
    if (this.end(index) - from !== length) return false;
    for (let i = 0; i < length; i++) if (this.#words[from + i] !== words[start + i]) return false;
    return true;
  }

  #append(words: Uint32Array, start: number, length: number): number {
    const index = this.#size++;
    this.#starts = doubled(this.#starts, index + 2);
    this.#hashes = doubled(this.#hashes, index + 1);
    const from = this.start(index);
    this.#words = doubled(this.#words, from + length);
    for (let i = 0; i < length; i++) this.#words[from + i] = words[start + i] as number;
    this.#starts[index + 1] = from + length;
    return index;
  }
}

/** The array, or one with twice the room as often as `needed` asks for. */
export function doubled(array: Uint32Array<ArrayBuffer>, needed: number): Uint32Array<ArrayBuffer> {
  if (needed <= array.length) return array;
  let length = array.length;
  while (length < needed) length *= 2;
  const larger = new Uint32Array(length);
  larger.set(array);
  return larger;
}
