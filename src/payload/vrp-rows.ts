import { AFI_IPV4, type Afi } from '../inet/index.js';
import { createSlotTable, type SeededHash } from '../tables/index.js';
import { hashPrefix, hashVrp } from './prefix-words.js';
import type { PackedVrps } from './shared-vrps.js';
import { SMALLEST_ARENA } from './vrp-arena.js';

const NONE = -1;

/** The packed arrays of the VRPs of a family, for an arena that changes them. */
export interface PackedRows extends PackedVrps {
  readonly afi: Afi;
  /** Distinct prefixes. */
  readonly prefixes: number;
}

/**
 * VRPs of one family on their way into a `VrpArena`, whose entries they are laid out as: they are put one behind the other, nothing is
 * looked for, and both indexes are made at the end, in the size that they need. That takes less time than adding each to a table.
 */
export class VrpRows {
  readonly #afi: Afi;
  readonly #words: 1 | 4;
  readonly #stride: number;
  #cells: Int32Array;
  #size = 0;
  /** Whether each stands behind the one before, in the order of address, length, maxLength, ASN. */
  #ascends = true;

  /** @param capacity how many there is room for at first. */
  constructor(afi: Afi, capacity = 0) {
    this.#afi = afi;
    this.#words = afi === AFI_IPV4 ? 1 : 4;
    this.#stride = this.#words + 4;
    this.#cells = new Int32Array(Math.max(SMALLEST_ARENA, capacity) * this.#stride);
  }

  /** How many came. */
  get size(): number {
    return this.#size;
  }

  /** How many there is room for. */
  get capacity(): number {
    return this.#cells.length / this.#stride;
  }

  /** Whether each that came stands behind the one before, in the order of address, length, maxLength, ASN. */
  get ascends(): boolean {
    return this.#ascends;
  }

  /** Appends a VRP, by the words of its address (IPv4 has the first alone), zeros behind its length. */
  append(
    w0: number,
    w1: number,
    w2: number,
    w3: number,
    length: number,
    maxLength: number,
    asn: number,
  ): void {
    const at = this.#size * this.#stride;
    if (at === this.#cells.length) this.#grow();
    const cells = this.#cells;
    const asnAt = at + this.#words;
    cells[at] = w0;
    if (this.#words === 4) {
      cells[at + 1] = w1;
      cells[at + 2] = w2;
      cells[at + 3] = w3;
    }
    cells[asnAt] = asn;
    cells[asnAt + 1] = length | (maxLength << 8);
    if (this.#ascends && this.#size > 0) this.#ascends = this.#isBehind(at, at - this.#stride);
    this.#size++;
  }

  /**
   * The arrays with both indexes, for an arena of this family and hash; of VRPs that came several times the first stays. The rows
   * are given away by that.
   *
   * @param same a VRP came again: the row of the first, and the other.
   * @param moved a row has another number, since one before it went.
   */
  pack(
    hash: SeededHash,
    same: (kept: number, row: number) => void,
    moved: (row: number, to: number) => void,
  ): PackedRows {
    const identities = createSlotTable(this.#size).slots;
    const chains = createSlotTable(this.#size).slots;
    const stride = this.#stride;
    const rows = this.#size;
    let size = 0;
    let prefixes = 0;
    let last = NONE; // the slot of the chain that was begun or lengthened last
    for (let row = 0; row < rows; row++) {
      const at = row * stride;
      const prefix = this.#hashPrefix(hash, at);
      const slot = this.#identitySlot(identities, hash, prefix, at);
      const known = identities[slot] as number;
      if (known >= 0) {
        same(known, row);
        continue;
      }
      if (size < row) {
        this.#cells.copyWithin(size * stride, at, at + stride);
        moved(row, size);
      }
      identities[slot] = size;
      last = this.#chainSlot(chains, prefix, size, last);
      if (this.#enchain(chains[last] as number, size)) prefixes++;
      chains[last] = size++;
    }
    if (size * 2 < rows) {
      // Most came several times: once more in what room these need.
      this.#cells = this.#cells.slice(0, Math.max(SMALLEST_ARENA, size) * stride);
      this.#size = size;
      return this.pack(hash, same, moved);
    }
    return { afi: this.#afi, cells: this.#cells, chains, identities, end: size, size, prefixes };
  }

  #hashPrefix(hash: SeededHash, at: number): number {
    const cells = this.#cells;
    const length = (cells[at + this.#words + 1] as number) & 0xff;
    const w0 = cells[at] as number;
    if (this.#words === 1) return hashPrefix(hash, 1, length, w0, 0, 0, 0);
    const w1 = cells[at + 1] as number;
    return hashPrefix(hash, 4, length, w0, w1, cells[at + 2] as number, cells[at + 3] as number);
  }

  /** The slot that holds the VRP at `at`, or the empty one where it would stand; rows that ascend are all different. */
  #identitySlot(slots: Int32Array, hash: SeededHash, prefix: number, at: number): number {
    const cells = this.#cells;
    const asnAt = at + this.#words;
    const mask = slots.length - 1;
    let slot = hashVrp(hash, prefix, (cells[asnAt + 1] as number) >> 8, cells[asnAt] as number) & mask;
    if (this.#ascends) {
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      return slot;
    }
    for (; ; slot = (slot + 1) & mask) {
      const row = slots[slot] as number;
      if (row < 0 || this.#isSame(row * this.#stride, at)) return slot;
    }
  }

  /** The slot of the chain of the row's prefix; where rows ascend, it is the one before or a new one. */
  #chainSlot(slots: Int32Array, prefix: number, row: number, last: number): number {
    const mask = slots.length - 1;
    const at = row * this.#stride;
    let slot = prefix & mask;
    if (this.#ascends) {
      if (row > 0 && this.#isSamePrefix(at - this.#stride, at)) return last;
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      return slot;
    }
    for (; ; slot = (slot + 1) & mask) {
      const head = slots[slot] as number;
      if (head < 0 || this.#isSamePrefix(head * this.#stride, at)) return slot;
    }
  }

  /** Puts the row in front of its chain, as when each is added by itself; whether it begins one. */
  #enchain(head: number, row: number): boolean {
    const cells = this.#cells;
    const at = row * this.#stride + this.#words;
    cells[at + 2] = head;
    cells[at + 3] = NONE;
    if (head < 0) return true;
    cells[head * this.#stride + this.#words + 3] = row;
    return false;
  }

  /** Whether the row at `at` stands behind the one at `last`. */
  #isBehind(at: number, last: number): boolean {
    const cells = this.#cells;
    const words = this.#words;
    for (let i = 0; i < words; i++) {
      const order = ((cells[at + i] as number) >>> 0) - ((cells[last + i] as number) >>> 0);
      if (order !== 0) return order > 0;
    }
    const lengths = cells[at + words + 1] as number;
    const before = cells[last + words + 1] as number;
    const order = (lengths & 0xff) - (before & 0xff) || (lengths >> 8) - (before >> 8);
    if (order !== 0) return order > 0;
    return (cells[at + words] as number) >>> 0 > (cells[last + words] as number) >>> 0;
  }

  #isSame(one: number, other: number): boolean {
    const cells = this.#cells;
    const words = this.#words;
    if (cells[one + words] !== cells[other + words]) return false;
    if (cells[one + words + 1] !== cells[other + words + 1]) return false;
    return this.#isSameAddress(one, other);
  }

  #isSamePrefix(one: number, other: number): boolean {
    const lengths = this.#words + 1;
    const differing = (this.#cells[one + lengths] as number) ^ (this.#cells[other + lengths] as number);
    return (differing & 0xff) === 0 && this.#isSameAddress(one, other);
  }

  #isSameAddress(one: number, other: number): boolean {
    const cells = this.#cells;
    for (let i = 0; i < this.#words; i++) if (cells[one + i] !== cells[other + i]) return false;
    return true;
  }

  #grow(): void {
    const capacity = Math.ceil(this.capacity * (this.capacity < 1 << 14 ? 2 : 1.5));
    const cells = new Int32Array(capacity * this.#stride);
    cells.set(this.#cells);
    this.#cells = cells;
  }
}
