import { AS_SEQUENCE, type AsPath, type AsPathSegment, type SegmentType } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import { createSlotTable, doubled, removeSlot, reserveSlot, type SeededHash } from '../tables/index.js';
import { AsnPlaces, NO_PLACE } from './asn-places.js';

const NONE = 0xffff_ffff;
/** Cells of a path: where its words begin and how many they are (the top bit: segments), what it holds plus one. */
const START = 0;
const LENGTH = 1;
const HEAD = 2;
const CELLS = 3;
const SEGMENTS = 0x8000_0000;
/** Words that may lie idle beside as many as are in use. */
const MARGIN = 1 << 16;

/**
 * The distinct paths of routes, each stored once, packed, for as long as it holds something. In paths of AS_SEQUENCEs
 * alone the borders between these do not count (docs/decisions/audit.md D-audit-distinct-path). All words of one ASN form
 * a chain, which leads from a customer to the paths with it.
 */
export class PathTable {
  readonly #hash: SeededHash;
  /** ASNs in wire order; of a path with other segments also the type and length in front of each segment. */
  #words = new Uint32Array(1 << 10);
  /** For each word the path that it belongs to, and the place of the next word of the same ASN. */
  #owners = new Uint32Array(1 << 10);
  #chain = new Uint32Array(1 << 10);
  #end = 0;
  #idle = 0;
  /** The first place of each ASN. */
  readonly #places: AsnPlaces;
  #cells = new Uint32Array(CELLS << 6);
  #size = 0;
  #made = 0;
  #last = 0;
  #free = NONE;
  readonly #index = createSlotTable();
  readonly #hashOf = (path: number): number =>
    this.#hash.words(this.#words, this.start(path), this.length(path));
  /** The words of the path in work. */
  #work = new Uint32Array(1 << 8);

  constructor(hash: SeededHash) {
    this.#hash = hash;
    this.#places = new AsnPlaces(hash);
  }

  /** Number of paths. */
  get size(): number {
    return this.#size;
  }

  /** Paths that were ever new: while it stays, a number means the path that it meant. */
  get made(): number {
    return this.#made;
  }

  /** Octets of the packed arrays. */
  get bytes(): number {
    const words = this.#words.byteLength + this.#owners.byteLength + this.#chain.byteLength;
    return words + this.#cells.byteLength + this.#index.slots.byteLength + this.#places.bytes;
  }

  /** The words of all paths; another array after a path was added. */
  get words(): Uint32Array {
    return this.#words;
  }

  start(path: number): number {
    return this.#cells[path * CELLS + START] as number;
  }

  length(path: number): number {
    return (this.#cells[path * CELLS + LENGTH] as number) & ~SEGMENTS;
  }

  /** Whether the words of the path are ASNs alone, those of AS_SEQUENCEs. */
  isSequence(path: number): boolean {
    return (this.#cells[path * CELLS + LENGTH] as number) < SEGMENTS;
  }

  /** What the path holds, -1 for nothing. */
  head(path: number): number {
    return (this.#cells[path * CELLS + HEAD] as number) - 1;
  }

  /** Sets what the path holds; one that holds nothing any more is no path from now on. */
  setHead(path: number, head: number): void {
    this.#cells[path * CELLS + HEAD] = head + 1;
    if (head < 0) this.#remove(path);
  }

  asPath(path: number): AsPath {
    const start = this.start(path);
    const end = start + this.length(path);
    if (start === end) return [];
    // Several times as fast as `Array.from`, which asks an iterator.
    const asns = (from: number, to: number): Asn[] => {
      const list: Asn[] = [];
      for (let at = from; at < to; at++) list.push(this.#words[at] as Asn);
      return list;
    };
    if (this.isSequence(path)) return [{ type: AS_SEQUENCE, asns: asns(start, end) }];
    const segments: AsPathSegment[] = [];
    for (let at = start; at < end; ) {
      const first = at + 2;
      const type = this.#words[at] as SegmentType;
      at = first + (this.#words[at + 1] as number);
      segments.push({ type, asns: asns(first, at) });
    }
    return segments;
  }

  /** The path, a new one if it was not there: the caller gives it something to hold. */
  add(asPath: AsPath): number {
    const sequence = isPlain(asPath);
    const length = this.#load(asPath, sequence);
    reserveSlot(this.#index, this.#hashOf);
    const { slots } = this.#index;
    const mask = slots.length - 1;
    let at = this.#hash.words(this.#work, 0, length) & mask;
    const marked = (sequence ? length : length | SEGMENTS) >>> 0;
    for (; (slots[at] as number) >= 0; at = (at + 1) & mask) {
      const path = slots[at] as number;
      if (this.#isInWork(path, marked, length)) return path;
    }
    const path = this.#make(length, marked);
    slots[at] = path;
    this.#index.used++;
    return path;
  }

  /** The paths in which the ASN occurs, some perhaps twice. */
  *with(asn: Asn): Generator<number> {
    for (let at = this.#places.get(asn); at !== NO_PLACE; at = this.#chain[at] as number) {
      const owner = this.#owners[at] as number;
      if (owner !== NONE) yield owner;
    }
  }

  /** Takes the words of the path in work; returns how many they are. */
  #load(asPath: AsPath, sequence: boolean): number {
    let length = 0;
    for (const { type, asns } of asPath) {
      this.#work = doubled(this.#work, length + 2 + asns.length);
      if (!sequence) {
        this.#work[length++] = type;
        this.#work[length++] = asns.length;
      }
      for (let i = 0; i < asns.length; i++) this.#work[length++] = asns[i] as Asn;
    }
    return length;
  }

  #isInWork(path: number, marked: number, length: number): boolean {
    if (this.#cells[path * CELLS + LENGTH] !== marked) return false;
    const start = this.start(path);
    for (let i = 0; i < length; i++) if (this.#words[start + i] !== this.#work[i]) return false;
    return true;
  }

  #make(length: number, marked: number): number {
    let path = this.#free;
    if (path !== NONE) this.#free = this.start(path);
    else {
      path = this.#last++;
      this.#cells = doubled(this.#cells, this.#last * CELLS);
    }
    if (this.#idle > this.#end - this.#idle + MARGIN) this.#compact();
    this.#reserve(this.#end + length);
    for (let i = 0; i < length; i++) this.#words[this.#end + i] = this.#work[i] as number;
    const at = path * CELLS;
    this.#cells[at + START] = this.#end;
    this.#cells[at + LENGTH] = marked;
    this.#cells[at + HEAD] = 0;
    this.#end += length;
    this.#size++;
    this.#made++;
    this.#chainUp(path);
    return path;
  }

  /** Puts the words of the path into the chains of their ASNs, those beside an equal one excepted. */
  #chainUp(path: number): void {
    const start = this.start(path);
    const end = start + this.length(path);
    const sequence = this.isSequence(path);
    for (let at = start, segment = sequence ? end : start; at < end; at++) {
      this.#owners[at] = path;
      if (at === segment) {
        // Type and length of a segment are no ASNs.
        segment += 2 + (this.#words[at + 1] as number);
        this.#owners[++at] = path;
        continue;
      }
      const asn = this.#words[at] as Asn;
      if (sequence && at > start && this.#words[at - 1] === asn) continue;
      this.#chain[at] = this.#places.exchange(asn, at);
    }
  }

  #remove(path: number): void {
    const start = this.start(path);
    const length = this.length(path);
    const { slots } = this.#index;
    const mask = slots.length - 1;
    let slot = this.#hashOf(path) & mask;
    while (slots[slot] !== path) slot = (slot + 1) & mask;
    removeSlot(this.#index, slot, this.#hashOf);
    // The words stay in their chains until all are put together again.
    this.#owners.fill(NONE, start, start + length);
    this.#idle += length;
    this.#size--;
    this.#cells[path * CELLS + START] = this.#free;
    this.#cells[path * CELLS + LENGTH] = 0;
    this.#free = path;
  }

  /** Puts the words of all paths together, without those that lie idle. */
  #compact(): void {
    const words = this.#words;
    const owners = this.#owners;
    const used = this.#end;
    this.#words = new Uint32Array(this.#end - this.#idle);
    this.#owners = new Uint32Array(this.#words.length);
    this.#chain = new Uint32Array(this.#words.length);
    this.#places.clear();
    this.#end = 0;
    this.#idle = 0;
    for (let at = 0; at < used; ) {
      const path = owners[at] as number;
      if (path === NONE) {
        at++;
        continue;
      }
      const length = this.length(path);
      this.#words.set(words.subarray(at, at + length), this.#end);
      this.#cells[path * CELLS + START] = this.#end;
      this.#end += length;
      this.#chainUp(path);
      at += length;
    }
  }

  #reserve(words: number): void {
    if (words <= this.#words.length) return;
    const capacity = Math.max(words, Math.ceil(this.#words.length * 1.5));
    this.#words = widened(this.#words, capacity);
    this.#owners = widened(this.#owners, capacity);
    this.#chain = widened(this.#chain, capacity);
  }
}

/** Whether the path is of AS_SEQUENCEs alone. */
function isPlain(asPath: AsPath): boolean {
  for (const { type, asns } of asPath) if (type !== AS_SEQUENCE || asns.length === 0) return false;
  return true;
}

function widened(array: Uint32Array, capacity: number): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(capacity);
  wider.set(array);
  return wider;
}
