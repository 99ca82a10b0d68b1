import type { SeededHash } from './hash.js';

/** Words of a slot: the number of a list plus one, 0 for none, and its hash. */
const SLOT = 2;
const SMALLEST = 1 << 4;
const FAST_BELOW = 1 << 16;

/**
 * Distinct lists of words, each stored once and numbered from 0: the lists stand one behind the other in one array, and
 * an index leads from their content to their number. Nothing is taken out.
 *
 * The index is open addressing with linear probing, as a `SlotTable`; its slots hold the hashes too, so that of a million lists
 * one place in memory is looked at for a list that is new, and the index grows from one end to the other.
 */
export class WordLists {
  readonly #hash: SeededHash;
  #words = new Uint32Array(1 << 12);
  /** Where each list begins; one more, where the last ends. */
  #starts = new Uint32Array(1 << 10);
  #size = 0;
  #slots = new Uint32Array(SLOT * SMALLEST);
  /** Slots in use: lists without content have none. */
  #used = 0;

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
    const slots = this.#slots;
    const mask = slots.length / SLOT - 1;
    let probes = 0;
    for (let at = 0; at <= mask; at++) {
      if (slots[SLOT * at] !== 0) probes += ((at - (slots[SLOT * at + 1] as number)) & mask) + 1;
    }
    return probes;
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
    if ((this.#used + 1) * 3 * SLOT > this.#slots.length * 2) this.#grow();
    const slots = this.#slots;
    const mask = slots.length / SLOT - 1;
    let at = SLOT * (hash & mask);
    for (;;) {
      const found = slots[at] as number;
      if (found === 0) break;
      if (slots[at + 1] === hash && this.#equals(found - 1, words, start, length)) return found - 1;
      at = at + SLOT === slots.length ? 0 : at + SLOT;
    }
    const index = this.#append(words, start, length);
    slots[at] = index + 1;
    slots[at + 1] = hash;
    this.#used++;
    return index;
  }

  /** A number that leads to no list: it looks empty and is never found. */
  addNameless(): number {
    return this.#append(this.#words, 0, 0);
  }

  /** Files all lists in more slots; small tables grow fast, to be filed anew a few times only. */
  #grow(): void {
    const old = this.#slots;
    const slots = new Uint32Array(old.length * (old.length < SLOT * FAST_BELOW ? 8 : 2));
    const mask = slots.length / SLOT - 1;
    for (let from = 0; from < old.length; from += SLOT) {
      if (old[from] === 0) continue;
      const hash = old[from + 1] as number;
      let at = SLOT * (hash & mask);
      while (slots[at] !== 0) at = at + SLOT === slots.length ? 0 : at + SLOT;
      slots[at] = old[from] as number;
      slots[at + 1] = hash;
    }
    this.#slots = slots;
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
