import { AFI_IPV4, type Afi } from '../inet/index.js';

/** What a family's shortcuts are over: bits `first` to `last` of an address, and nodes from `shortest` to `last` bits. */
const SPANS = {
  1: { first: 0, shortest: 8, last: 16 },
  /** Below 2000::/3, where all global unicast addresses are (RFC 4291 §2.4): elsewhere a descent begins at the top. */
  2: { first: 3, shortest: 12, last: 20 },
} as const;

/**
 * For each value of the leading bits of an address a node of a trie from which a descent to prefixes of these bits may begin: the
 * lowest one that is above all of them. It saves the many upper levels, each of which costs a look into memory. A node stands in at
 * most 256 places, so that nobody makes a change of it dear by choosing a short prefix.
 */
export class Shortcuts {
  readonly #afi: Afi;
  /** Prefixes of fewer bits have no shortcut. */
  readonly shortest: number;
  /** Bits that a shortcut takes, and the longest node that it leads to. */
  readonly last: number;
  readonly #nodes: Int32Array;

  constructor(afi: Afi) {
    const { first, shortest, last } = SPANS[afi];
    this.#afi = afi;
    this.shortest = shortest;
    this.last = last;
    this.#nodes = new Int32Array(1 << (last - first));
  }

  /** Octets of the packed array. */
  get bytes(): number {
    return this.#nodes.byteLength;
  }

  /** Where the descent to a prefix of at least {@link last} bits begins whose first word is `word`; 0 is the top. */
  begin(word: number): number {
    const place = this.#place(word);
    return place < 0 ? 0 : (this.#nodes[place] as number);
  }

  /** Notes a node of {@link shortest} to {@link last} bits where those that are there are shorter by `lengthOf`. */
  add(node: number, word: number, length: number, lengthOf: (node: number) => number): void {
    const place = this.#place(word);
    if (place < 0) return;
    for (let at = place, end = place + (1 << (this.last - length)); at < end; at++) {
      if (lengthOf(this.#nodes[at] as number) < length) this.#nodes[at] = node;
    }
  }

  /** Takes a node out; `above` comes into its places, 0 where that has no shortcut. */
  remove(node: number, word: number, length: number, above: number): void {
    const place = this.#place(word);
    if (place < 0) return;
    for (let at = place, end = place + (1 << (this.last - length)); at < end; at++) {
      if (this.#nodes[at] === node) this.#nodes[at] = above;
    }
  }

  #place(word: number): number {
    if (this.#afi === AFI_IPV4) return word >>> 16;
    return word >>> 29 === 1 ? (word >>> 12) & 0x1ffff : -1;
  }
}
