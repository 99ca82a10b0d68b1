import { type Afi, addressLength, type Prefix } from '../inet/index.js';
import { Shortcuts } from './trie-shortcuts.js';

const NONE = -1;
/**
 * Cells of a node: the two below it, the one above it, what it holds, its length, and the words of its prefix; side by
 * side, for each step of a descent costs a look into memory. The next free node stands in `ABOVE`.
 */
const BELOW = 0;
const ABOVE = 2;
const HEAD = 3;
const LENGTH = 4;
const KEY = 5;
/** As a length: the node is not in use. */
const FREE = 255;
const SMALLEST = 16;
/** Nodes from which on shortcuts are worth their room. */
const MANY = 1 << 12;

/**
 * The prefixes of one address family as a path-compressed binary trie, packed: what stands at and below a prefix is found
 * without looking at others. A node is a number: a prefix that holds something, or the place where two of them part.
 * The way to a prefix has at most as many nodes as it has bits, whoever chose the others, so nothing here needs a seed.
 */
export class PrefixTrie {
  readonly afi: Afi;
  readonly #words: 1 | 4;
  readonly #many: number;
  /** Cells of each node. */
  readonly #width: number;
  #cells: Int32Array;
  #end = 1;
  #free = NONE;
  #size = 0;
  #pins = 0;
  /** Nodes that became empty while somebody walked. */
  readonly #emptied = new Set<number>();
  // The prefix under work.
  readonly #key = new Int32Array(4);
  /** Where a descent may begin; none while the way from the top is short. */
  #shortcuts: Shortcuts | undefined;
  readonly #lengthOf = (node: number): number => this.#length(node);

  /** @param many nodes from which on there are shortcuts. */
  constructor(afi: Afi, many = MANY) {
    this.afi = afi;
    this.#many = many;
    this.#words = addressLength(afi) === 4 ? 1 : 4;
    this.#width = KEY + this.#words;
    this.#cells = new Int32Array(SMALLEST * this.#width);
    this.#cells.fill(NONE, 0, LENGTH); // node 0 is the prefix of length 0, for good
  }

  /** Prefixes that hold something. */
  get size(): number {
    return this.#size;
  }

  /** Octets of the packed arrays. */
  get bytes(): number {
    return this.#cells.byteLength + (this.#shortcuts?.bytes ?? 0);
  }

  /** What the node holds, -1 for nothing. */
  head(node: number): number {
    return this.#cells[node * this.#width + HEAD] as number;
  }

  /** Sets what the node holds; one that holds nothing any more is no node from now on. */
  setHead(node: number, head: number): void {
    const at = node * this.#width + HEAD;
    this.#size += (head >= 0 ? 1 : 0) - ((this.#cells[at] as number) >= 0 ? 1 : 0);
    this.#cells[at] = head;
    if (head >= 0) return;
    if (this.#pins > 0) this.#emptied.add(node);
    else this.#prune(node);
  }

  prefix(node: number): Prefix {
    const octets = new Uint8Array(4 * this.#words);
    for (let i = 0; i < octets.length; i++) {
      octets[i] = (this.#cells[node * this.#width + KEY + (i >> 2)] as number) >>> (24 - 8 * (i & 3));
    }
    return { afi: this.afi, octets, length: this.#length(node) };
  }

  /** The node of the prefix, which holds something or was just made to; -1 where there is none. */
  find({ octets, length }: Prefix): number {
    const node = this.#topmost(octets, length);
    return node >= 0 && this.#length(node) === length ? node : NONE;
  }

  /** The node of the prefix, a new one if it was not there: the caller gives it something to hold. */
  add({ octets, length }: Prefix): number {
    this.#load(octets);
    let node = this.#begin(length);
    for (;;) {
      const reached = this.#length(node);
      if (reached === length) return node;
      const side = this.#keyBit(reached);
      const child = this.#cells[node * this.#width + side] as number;
      if (child < 0) return this.#hang(node, side, this.#make(length));
      const below = this.#length(child);
      const common = this.#common(child, Math.min(below, length));
      if (common === below) {
        node = child;
        continue;
      }
      // The way to the child passes a node of its own: the prefix itself, or where the two part.
      const fork = this.#make(common);
      this.#hang(node, side, fork);
      this.#hang(fork, this.#bitOf(child, common), child);
      if (common === length) return fork;
      return this.#hang(fork, this.#keyBit(common), this.#make(length));
    }
  }

  /** The uppermost node at or below the prefix, -1 where there is none; {@link next} leads on from it. */
  topmost({ octets, length }: Prefix): number {
    return this.#topmost(octets, length);
  }

  /** The node after `node` of those at and below `top`, -1 after the last. */
  next(node: number, top: number): number {
    const cells = this.#cells;
    const width = this.#width;
    const left = cells[node * width + BELOW] as number;
    if (left >= 0) return left;
    const right = cells[node * width + BELOW + 1] as number;
    if (right >= 0) return right;
    for (let at = node; at !== top; ) {
      const above = cells[at * width + ABOVE] as number;
      const other = cells[above * width + BELOW + 1] as number;
      if (other >= 0 && other !== at) return other;
      at = above;
    }
    return NONE;
  }

  /** From now on nodes stay where they are, so that a walk can be interrupted; new ones may come. */
  pin(): void {
    this.#pins++;
  }

  unpin(): void {
    if (--this.#pins > 0) return;
    for (const node of this.#emptied) if (this.head(node) < 0) this.#prune(node);
    this.#emptied.clear();
  }

  #topmost(octets: Uint8Array, length: number): number {
    this.#load(octets);
    let node = this.#begin(length);
    for (;;) {
      const reached = this.#length(node);
      if (reached >= length) return node;
      const child = this.#cells[node * this.#width + this.#keyBit(reached)] as number;
      if (child < 0) return NONE;
      const bits = Math.min(this.#length(child), length);
      if (this.#common(child, bits) < bits) return NONE;
      node = child;
    }
  }

  /** Puts `child` below `node`. */
  #hang(node: number, side: number, child: number): number {
    this.#cells[node * this.#width + side] = child;
    this.#cells[child * this.#width + ABOVE] = node;
    return child;
  }

  /** A node of its own for the first `length` bits of the prefix under work. */
  #make(length: number): number {
    let node = this.#free;
    if (node >= 0) this.#free = this.#cells[node * this.#width + ABOVE] as number;
    else {
      if (this.#end * this.#width === this.#cells.length) this.#grow();
      node = this.#end++;
    }
    const at = node * this.#width;
    const cells = this.#cells;
    // One by one: to fill four cells takes several times as long.
    cells[at + BELOW] = NONE;
    cells[at + BELOW + 1] = NONE;
    cells[at + ABOVE] = NONE;
    cells[at + HEAD] = NONE;
    cells[at + LENGTH] = length;
    for (let i = 0; i < this.#words; i++) {
      const bits = length - 32 * i;
      const word = this.#key[i] as number;
      cells[at + KEY + i] = bits >= 32 ? word : bits <= 0 ? 0 : word & (-1 << (32 - bits));
    }
    if (this.#shortcuts) this.#shorten(this.#shortcuts, node);
    return node;
  }

  /** Takes the node out unless two others part there, then the one above it where that parted no others. */
  #prune(node: number): void {
    const cells = this.#cells;
    const width = this.#width;
    for (let at = node; at > 0 && this.head(at) < 0 && this.#length(at) !== FREE; ) {
      const left = cells[at * width + BELOW] as number;
      const right = cells[at * width + BELOW + 1] as number;
      if (left >= 0 && right >= 0) return;
      const above = cells[at * width + ABOVE] as number;
      const side = cells[above * width + BELOW] === at ? BELOW : BELOW + 1;
      const only = Math.max(left, right);
      if (only >= 0) this.#hang(above, side, only);
      else cells[above * width + side] = NONE;
      this.#lengthen(at, above);
      cells[at * width + ABOVE] = this.#free;
      cells[at * width + LENGTH] = FREE;
      this.#free = at;
      at = above;
    }
  }

  #grow(): void {
    const capacity = Math.ceil(this.#end * (this.#end < 1 << 14 ? 2 : 1.5));
    const cells = new Int32Array(capacity * this.#width);
    cells.set(this.#cells);
    this.#cells = cells;
    if (this.#shortcuts || this.#end < this.#many) return;
    this.#shortcuts = new Shortcuts(this.afi);
    for (let node = 1; node < this.#end; node++) this.#shorten(this.#shortcuts, node);
  }

  /** Where the descent to the prefix under work begins: a node that is above it or its own. */
  #begin(length: number): number {
    const shortcuts = this.#shortcuts;
    return shortcuts && length >= shortcuts.last ? shortcuts.begin(this.#key[0] as number) : 0;
  }

  #shorten(shortcuts: Shortcuts, node: number): void {
    const length = this.#length(node);
    if (length < shortcuts.shortest || length > shortcuts.last) return;
    shortcuts.add(node, this.#cells[node * this.#width + KEY] as number, length, this.#lengthOf);
  }

  #lengthen(node: number, above: number): void {
    const shortcuts = this.#shortcuts;
    const length = this.#length(node);
    if (!shortcuts || length < shortcuts.shortest || length > shortcuts.last) return;
    const instead = this.#length(above) < shortcuts.shortest ? 0 : above;
    shortcuts.remove(node, this.#cells[node * this.#width + KEY] as number, length, instead);
  }

  #length(node: number): number {
    return this.#cells[node * this.#width + LENGTH] as number;
  }

  #load(octets: Uint8Array): void {
    for (let i = 0; i < this.#words; i++) {
      const at = 4 * i;
      this.#key[i] =
        ((octets[at] as number) << 24) |
        ((octets[at + 1] as number) << 16) |
        ((octets[at + 2] as number) << 8) |
        (octets[at + 3] as number);
    }
  }

  #keyBit(bit: number): number {
    return ((this.#key[bit >> 5] as number) >>> (31 - (bit & 31))) & 1;
  }

  #bitOf(node: number, bit: number): number {
    return ((this.#cells[node * this.#width + KEY + (bit >> 5)] as number) >>> (31 - (bit & 31))) & 1;
  }

  /** Leading bits, `atMost` of them, in which the node and the prefix under work agree. */
  #common(node: number, atMost: number): number {
    const at = node * this.#width + KEY;
    for (let i = 0; 32 * i < atMost; i++) {
      const differing = (this.#cells[at + i] as number) ^ (this.#key[i] as number);
      if (differing !== 0) return Math.min(atMost, 32 * i + Math.clz32(differing));
    }
    return atMost;
  }
}
