import { AFI_IPV4, type Afi } from '../inet/index.js';
import { createSlotTable, probesOf, removeSlot, reserveSlot, type SeededHash } from '../tables/index.js';
import { LengthHints } from './length-hints.js';
import { hashPrefix, hashVrp, leading, wordOf } from './prefix-words.js';
import type { PackedVrps } from './shared-vrps.js';

const FREE = 255; // as prefix length: the entry is not in use
const NONE = -1;
/** Entries that there is room for at least. */
export const SMALLEST_ARENA = 16;

/**
 * The VRPs of one address family, packed: an entry is a number, its parts stand side by side in one typed array (20
 * octets per IPv4 entry, 32 per IPv6 entry, before the indexes). Entries of one prefix form a chain. Two hash indexes
 * lead to the chain of a prefix and to one entry by its identity, so that neither a crowded prefix nor a large table
 * slows a change. Numbers are held as signed 32-bit ones inside and leave unsigned.
 */
export class VrpArena {
  readonly afi: Afi;
  /** Entries in use. */
  size = 0;
  readonly #words: 1 | 4;
  /** Numbers per entry: the address, ASN, prefix length and maxLength, next and previous entry of the chain. */
  readonly #stride: number;
  #cells: Int32Array;
  readonly #chains = createSlotTable();
  readonly #identities = createSlotTable();
  #hints: LengthHints | undefined; // made when first looked at, so that filling a table costs nothing for it
  #end = 0; // entries ever used
  #free = NONE; // head of the list of withdrawn entries, linked like a chain
  // The address under work, four words; IPv4 uses the first.
  #w0 = 0;
  #w1 = 0;
  #w2 = 0;
  #w3 = 0;
  readonly #seeded: SeededHash;
  readonly #chainHash = (entry: number): number => this.#hashEntry(entry);
  readonly #identityHash = (entry: number): number =>
    hashVrp(
      this.#seeded,
      this.#hashEntry(entry),
      this.maxLength(entry),
      this.#cells[this.#asnAt(entry)] as number,
    );

  constructor(afi: Afi, hash: SeededHash) {
    this.afi = afi;
    this.#seeded = hash;
    this.#words = afi === AFI_IPV4 ? 1 : 4;
    this.#stride = this.#words + 4;
    this.#cells = new Int32Array(SMALLEST_ARENA * this.#stride);
  }

  /** Numbers of entries are below this; some may be free. */
  get end(): number {
    return this.#end;
  }
  /** Entries there is room for. */
  get capacity(): number {
    return this.#cells.length / this.#stride;
  }
  /** Octets of all packed arrays; the hints are made at the first lookup. */
  get bytes(): number {
    const slots = this.#chains.slots.byteLength + this.#identities.slots.byteLength;
    return this.#cells.byteLength + slots + (this.#hints?.bytes ?? 0);
  }

  /** Slots that are looked at when every prefix and every VRP is looked for once. */
  get probes(): number {
    return probesOf(this.#chains, this.#chainHash) + probesOf(this.#identities, this.#identityHash);
  }

  /** The packed arrays, for another arena of this family and seed. */
  get packed(): PackedVrps {
    const [chains, identities] = [this.#chains.slots, this.#identities.slots];
    return { cells: this.#cells, chains, identities, end: this.#end, size: this.size };
  }
  /** Takes arrays for its own; to be changed later on it has to know how many prefixes they have. */
  adopt({ cells, chains, identities, end, size }: PackedVrps, prefixes = 0): void {
    [this.#cells, this.#chains.slots, this.#identities.slots] = [cells, chains, identities];
    [this.#end, this.size, this.#chains.used, this.#identities.used] = [end, size, prefixes, size];
  }

  isUsed(entry: number): boolean {
    return entry < this.#end && this.length(entry) !== FREE;
  }
  /** Prefix length of the entry. */
  length(entry: number): number {
    return (this.#cells[this.#asnAt(entry) + 1] as number) & 0xff;
  }
  maxLength(entry: number): number {
    return (this.#cells[this.#asnAt(entry) + 1] as number) >> 8;
  }
  asn(entry: number): number {
    return (this.#cells[this.#asnAt(entry)] as number) >>> 0;
  }
  /** The next entry of the same prefix, or -1. */
  next(entry: number): number {
    return this.#cells[this.#asnAt(entry) + 2] as number;
  }
  /** The 32-bit word `i` of the entry's address. */
  word(entry: number, i: number): number {
    return (this.#cells[entry * this.#stride + i] as number) >>> 0;
  }
  /** A fresh array of the entry's address octets. */
  octets(entry: number): Uint8Array {
    const octets = new Uint8Array(4 * this.#words);
    for (let i = 0; i < octets.length; i++) octets[i] = this.word(entry, i >> 2) >>> (24 - 8 * (i & 3));
    return octets;
  }

  /**
   * The first entry of the longest VRP prefix of at most `atMost` bits that covers the address, or -1. With `atMost`
   * the length of a route prefix, then one less than the length found, all covering prefixes come in turn.
   */
  longestCovering(octets: Uint8Array, atMost: number): number {
    const hints = this.#hints ?? this.#makeHints();
    let length = hints.longest(wordOf(octets, 0), atMost);
    if (length < 0) return -1; // most routes have no candidate at all
    this.#load(octets, length);
    const { slots } = this.#chains;
    const mask = slots.length - 1;
    for (;;) {
      for (let at = this.#hash(length) & mask; ; at = (at + 1) & mask) {
        const entry = slots[at] as number;
        if (entry < 0) break;
        if (this.#isPrefix(entry, length)) return entry;
      }
      length = hints.longest(this.#w0, length - 1);
      if (length < 0) return -1;
      this.#maskTo(length);
    }
  }

  /** The entry of exactly this VRP, or -1. Never walks the chain of the prefix. */
  find(octets: Uint8Array, length: number, maxLength: number, asn: number): number {
    this.#load(octets, length);
    return this.#identities.slots[this.#identitySlot(length, maxLength, asn)] as number;
  }

  /** Adds a VRP and returns its entry, or -1 when it is there already. */
  add(octets: Uint8Array, length: number, maxLength: number, asn: number): number {
    this.#load(octets, length);
    reserveSlot(this.#identities, this.#identityHash);
    const identitySlot = this.#identitySlot(length, maxLength, asn);
    if ((this.#identities.slots[identitySlot] as number) >= 0) return -1;
    const entry = this.#take();
    const cells = this.#cells;
    const at = entry * this.#stride;
    cells[at] = this.#w0;
    if (this.#words === 4) {
      cells[at + 1] = this.#w1;
      cells[at + 2] = this.#w2;
      cells[at + 3] = this.#w3;
    }
    const asnAt = this.#asnAt(entry);
    cells[asnAt] = asn;
    cells[asnAt + 1] = length | (maxLength << 8);
    cells[asnAt + 3] = NONE;
    this.#identities.slots[identitySlot] = entry;
    this.#identities.used++;
    reserveSlot(this.#chains, this.#chainHash);
    const chainSlot = this.#chainSlot(length);
    const head = this.#chains.slots[chainSlot] as number;
    cells[asnAt + 2] = head;
    if (head < 0) {
      this.#chains.used++;
      this.#hints?.note(this.#w0, length);
    } else {
      cells[this.#asnAt(head) + 3] = entry;
    }
    this.#chains.slots[chainSlot] = entry;
    this.size++;
    return entry;
  }

  /** Removes a VRP; false when it is not there. */
  remove(octets: Uint8Array, length: number, maxLength: number, asn: number): boolean {
    this.#load(octets, length);
    const identitySlot = this.#identitySlot(length, maxLength, asn);
    const entry = this.#identities.slots[identitySlot] as number;
    if (entry < 0) return false;
    removeSlot(this.#identities, identitySlot, this.#identityHash);
    const cells = this.#cells;
    const asnAt = this.#asnAt(entry);
    const next = cells[asnAt + 2] as number;
    const previous = cells[asnAt + 3] as number;
    if (next >= 0) cells[this.#asnAt(next) + 3] = previous;
    if (previous >= 0) {
      cells[this.#asnAt(previous) + 2] = next;
    } else {
      const chainSlot = this.#chainSlot(length);
      if (next >= 0) this.#chains.slots[chainSlot] = next;
      else removeSlot(this.#chains, chainSlot, this.#chainHash);
    }
    cells[asnAt + 1] = FREE;
    cells[asnAt + 2] = this.#free;
    this.#free = entry;
    this.size--;
    return true;
  }

  #asnAt(entry: number): number {
    return entry * this.#stride + this.#words;
  }

  #take(): number {
    if (this.#free >= 0) {
      const entry = this.#free;
      this.#free = this.next(entry);
      return entry;
    }
    if (this.#end === this.capacity) this.#grow();
    return this.#end++;
  }

  #grow(): void {
    // Half as much again, not double: at a million entries the slack would be the largest part of the table.
    const capacity = Math.ceil(this.capacity * (this.capacity < 1 << 14 ? 2 : 1.5));
    const cells = new Int32Array(capacity * this.#stride);
    cells.set(this.#cells);
    this.#cells = cells;
    this.#hints = undefined; // to be of the new size
  }

  #makeHints(): LengthHints {
    const hints = new LengthHints(this.afi, this.capacity, this.#seeded);
    for (let entry = 0; entry < this.#end; entry++) {
      if (this.isUsed(entry)) hints.note(this.word(entry, 0), this.length(entry));
    }
    this.#hints = hints;
    return hints;
  }

  /** Makes the leading `length` bits of the address the one under work. */
  #load(octets: Uint8Array, length: number): void {
    this.#w0 = wordOf(octets, 0);
    if (this.#words === 4) {
      this.#w1 = wordOf(octets, 4);
      this.#w2 = wordOf(octets, 8);
      this.#w3 = wordOf(octets, 12);
    }
    this.#maskTo(length);
  }

  /** Clears the bits of the address under work from `length` on. */
  #maskTo(length: number): void {
    this.#w0 = leading(this.#w0, length);
    if (this.#words === 1) return;
    this.#w1 = leading(this.#w1, length - 32);
    this.#w2 = leading(this.#w2, length - 64);
    this.#w3 = leading(this.#w3, length - 96);
  }

  #hash(length: number): number {
    return hashPrefix(this.#seeded, this.#words, length, this.#w0, this.#w1, this.#w2, this.#w3);
  }

  #hashEntry(entry: number): number {
    const length = this.length(entry);
    const w0 = this.word(entry, 0);
    if (this.#words === 1) return hashPrefix(this.#seeded, 1, length, w0, 0, 0, 0);
    const w1 = this.word(entry, 1);
    const w2 = this.word(entry, 2);
    return hashPrefix(this.#seeded, 4, length, w0, w1, w2, this.word(entry, 3));
  }

  #isPrefix(entry: number, length: number): boolean {
    const cells = this.#cells;
    const at = entry * this.#stride;
    if (cells[at] !== this.#w0 || this.length(entry) !== length) return false;
    return (
      this.#words === 1 ||
      (cells[at + 1] === this.#w1 && cells[at + 2] === this.#w2 && cells[at + 3] === this.#w3)
    );
  }

  /** The slot that holds the chain of the prefix under work, or the empty one where it would stand. */
  #chainSlot(length: number): number {
    const { slots } = this.#chains;
    const mask = slots.length - 1;
    let at = this.#hash(length) & mask;
    while ((slots[at] as number) >= 0 && !this.#isPrefix(slots[at] as number, length)) at = (at + 1) & mask;
    return at;
  }

  /** The slot that holds the VRP, or the empty one where it would stand. */
  #identitySlot(length: number, maxLength: number, asn: number): number {
    const { slots } = this.#identities;
    const mask = slots.length - 1;
    let at = hashVrp(this.#seeded, this.#hash(length), maxLength, asn) & mask;
    for (; ; at = (at + 1) & mask) {
      const entry = slots[at] as number;
      if (entry < 0) return at;
      if (this.asn(entry) === asn && this.maxLength(entry) === maxLength && this.#isPrefix(entry, length))
        return at;
    }
  }
}
