import { AFI_IPV4, type Afi } from '../inet/index.js';
import { createSlotTable, type SeededHash } from '../tables/index.js';
import { hashPrefix, hashVrp } from './prefix-words.js';
import type { PackedVrps } from './shared-vrps.js';
import { SMALLEST_ARENA } from './vrp-arena.js';

const NONE = -1;

/**
 * Makes the packed arrays of a `VrpArena`, whose entries it lays out, of VRPs that come in their order (address, length, maxLength,
 * ASN), each once. Room is made for all at once, nothing is looked for, and the indexes are made at the end.
 */
export class SortedVrps {
  readonly #words: 1 | 4;
  readonly #stride: number;
  readonly #cells: Int32Array;
  #size = 0;
  #prefixes = 0;

  /** @param capacity how many there are at most. */
  constructor(afi: Afi, capacity: number) {
    this.#words = afi === AFI_IPV4 ? 1 : 4;
    this.#stride = this.#words + 4;
    this.#cells = new Int32Array(Math.max(SMALLEST_ARENA, capacity) * this.#stride);
  }

  /** How many came. */
  get size(): number {
    return this.#size;
  }

  /** Distinct prefixes of these. */
  get prefixes(): number {
    return this.#prefixes;
  }

  /**
   * Appends a VRP, by the words of its address (IPv4 has the first alone), zeros behind its length; false where it does not stand
   * behind the last one, and then nothing is done.
   */
  append(
    w0: number,
    w1: number,
    w2: number,
    w3: number,
    length: number,
    maxLength: number,
    asn: number,
  ): boolean {
    const cells = this.#cells;
    const words = this.#words;
    const at = this.#size * this.#stride;
    const last = at - this.#stride;
    let before = NONE;
    if (this.#size > 0) {
      let order = (w0 >>> 0) - ((cells[last] as number) >>> 0);
      if (order === 0 && words === 4) {
        order =
          (w1 >>> 0) - ((cells[last + 1] as number) >>> 0) ||
          (w2 >>> 0) - ((cells[last + 2] as number) >>> 0) ||
          (w3 >>> 0) - ((cells[last + 3] as number) >>> 0);
      }
      const lengths = cells[last + words + 1] as number;
      if (order === 0) order = length - (lengths & 0xff);
      if (order === 0) {
        before = this.#size - 1;
        order = maxLength - (lengths >> 8) || (asn >>> 0) - ((cells[last + words] as number) >>> 0);
      }
      if (order <= 0) return false;
    }
    cells[at] = w0;
    if (words === 4) {
      cells[at + 1] = w1;
      cells[at + 2] = w2;
      cells[at + 3] = w3;
    }
    const asnAt = at + words;
    cells[asnAt] = asn;
    cells[asnAt + 1] = length | (maxLength << 8);
    // The last VRP of a prefix is the first of its chain, as when each is added by itself.
    cells[asnAt + 2] = before;
    cells[asnAt + 3] = NONE;
    if (before < 0) this.#prefixes++;
    else cells[last + words + 3] = this.#size;
    this.#size++;
    return true;
  }

  /** The arrays with both indexes, for an arena of this family and hash. */
  pack(hash: SeededHash): PackedVrps {
    const cells = this.#cells;
    const words = this.#words;
    const chains = createSlotTable(this.#prefixes).slots;
    const identities = createSlotTable(this.#size).slots;
    const stride = this.#stride;
    const size = this.#size;
    let prefix = 0;
    for (let entry = 0, at = 0; entry < size; entry++, at += stride) {
      const asnAt = at + words;
      const lengths = cells[asnAt + 1] as number;
      // What stands in one chain has one prefix.
      if ((cells[asnAt + 2] as number) < 0) {
        const w0 = cells[at] as number;
        const w1 = cells[at + 1] as number;
        prefix = hashPrefix(
          hash,
          words,
          lengths & 0xff,
          w0,
          w1,
          cells[at + 2] as number,
          cells[at + 3] as number,
        );
      }
      if ((cells[asnAt + 3] as number) < 0) put(chains, prefix, entry);
      put(identities, hashVrp(hash, prefix, lengths >> 8, cells[asnAt] as number), entry);
    }
    return { cells, chains, identities, end: size, size };
  }
}

/** Puts an entry that is not there into the slots. */
function put(slots: Int32Array, hash: number, entry: number): void {
  const mask = slots.length - 1;
  let at = hash & mask;
  while ((slots[at] as number) >= 0) at = (at + 1) & mask;
  slots[at] = entry;
}
