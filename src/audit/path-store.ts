import { AS_SEQUENCE, type AsPath, decodeAsPath, formatAsPath, readAsSequence } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import type { PathOctets } from '../mrt/index.js';

/**
 * The distinct paths of an audit, numbered from 0. Distinct means distinct in text: borders between two AS_SEQUENCEs do
 * not count (docs/decisions.md D-audit-distinct-path). Paths of AS_SEQUENCEs alone, nearly all of them, lie in one array of ASNs and are found by open
 * addressing: about 40 octets each, where an object with a key text takes ten times as much.
 */
export class PathStore {
  #asns = new Uint32Array(1 << 12);
  #ends = new Uint32Array(1 << 10);
  #slots = new Int32Array(1 << 11); // path number plus one; 0 is free
  #hashes = new Uint32Array(1 << 10);
  /** Paths with other segments, by number. Their ASNs are not in the array. */
  readonly #mixed = new Map<number, AsPath>();
  readonly #mixedByText = new Map<string, number>();
  #size = 0;
  /** The ASNs of the path in work. */
  #work = new Uint32Array(1 << 8);

  /** Number of distinct paths. */
  get size(): number {
    return this.#size;
  }

  /** The ASNs of all paths of AS_SEQUENCEs, wire order; path `i` is `asns[start(i), end(i))`. */
  get asns(): Uint32Array {
    return this.#asns;
  }

  start(index: number): number {
    return index === 0 ? 0 : (this.#ends[index - 1] as number);
  }

  end(index: number): number {
    return this.#ends[index] as number;
  }

  /** The leftmost AS of a path; undefined when the path is empty or begins with anything but a sequence. */
  leftmost(index: number): Asn | undefined {
    const mixed = this.#mixed.size > 0 ? this.#mixed.get(index) : undefined;
    if (mixed) return mixed[0]?.type === AS_SEQUENCE ? mixed[0].asns[0] : undefined;
    const start = this.start(index);
    return start === this.end(index) ? undefined : this.#asns[start];
  }

  /** The rightmost AS of a path of AS_SEQUENCEs; undefined when it is empty. */
  rightmost(index: number): Asn | undefined {
    const end = this.end(index);
    return this.start(index) === end ? undefined : this.#asns[end - 1];
  }

  /** The path with its segments where it has others than AS_SEQUENCEs. */
  mixed(index: number): AsPath | undefined {
    return this.#mixed.get(index);
  }

  /** The path; adjacent AS_SEQUENCEs are one. */
  asPath(index: number): AsPath {
    const mixed = this.#mixed.get(index);
    if (mixed) return mixed;
    const asns = Array.from(this.#asns.subarray(this.start(index), this.end(index)));
    return asns.length === 0 ? [] : [{ type: AS_SEQUENCE, asns }];
  }

  /** Number of the path, a new one if it was not there. */
  add(path: AsPath | PathOctets): number {
    const length = 'octets' in path ? this.#readOctets(path) : this.#readSegments(path);
    if (length < 0) return this.#addMixed('octets' in path ? decode(path) : path);
    const asns = this.#work;
    let hash = 0x811c9dc5 | 0; // FNV-1a over whole ASNs
    for (let i = 0; i < length; i++) hash = Math.imul(hash ^ (asns[i] as Asn), 0x01000193);
    hash = (hash ^ (hash >>> 15)) >>> 0;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const index = (this.#slots[slot] as number) - 1;
      if (this.#hashes[index] === hash && this.#equals(index, length)) return index;
    }
    const index = this.#append(length, hash);
    this.#slots[slot] = index + 1;
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    return index;
  }

  /** Takes the path in work; returns its length, or -1 when it has other segments than AS_SEQUENCEs. */
  #readOctets({ octets, start, end, asnSize }: PathOctets): number {
    this.#reserve(end - start);
    return readAsSequence(octets, asnSize, start, end, this.#work);
  }

  #readSegments(path: AsPath): number {
    let length = 0;
    for (const { type, asns } of path) {
      if (type !== AS_SEQUENCE) return -1;
      this.#reserve(length + asns.length);
      for (let i = 0; i < asns.length; i++) this.#work[length++] = asns[i] as Asn;
    }
    return length;
  }

  #reserve(length: number): void {
    while (length > this.#work.length) this.#work = doubled(this.#work);
  }

  #addMixed(asPath: AsPath): number {
    const text = formatAsPath(asPath);
    const known = this.#mixedByText.get(text);
    if (known !== undefined) return known;
    const index = this.#append(0, 0);
    this.#mixed.set(index, asPath);
    this.#mixedByText.set(text, index);
    return index;
  }

  #equals(index: number, length: number): boolean {
    const start = this.start(index);
    if (this.end(index) - start !== length) return false;
    for (let i = 0; i < length; i++) if (this.#asns[start + i] !== this.#work[i]) return false;
    return true;
  }

  #append(length: number, hash: number): number {
    const index = this.#size++;
    if (index === this.#ends.length) {
      this.#ends = doubled(this.#ends);
      this.#hashes = doubled(this.#hashes);
    }
    const start = this.start(index);
    while (start + length > this.#asns.length) this.#asns = doubled(this.#asns);
    for (let i = 0; i < length; i++) this.#asns[start + i] = this.#work[i] as Asn;
    this.#ends[index] = start + length;
    this.#hashes[index] = hash;
    return index;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let index = 0; index < this.#size; index++) {
      if (this.#mixed.has(index)) continue;
      let slot = (this.#hashes[index] as number) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = index + 1;
    }
  }
}

function decode({ octets, start, end, asnSize }: PathOctets): AsPath {
  return decodeAsPath(octets, asnSize, start, end);
}

/** A copy of the array with twice the room. */
export function doubled(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const copy = new Uint32Array(array.length * 2);
  copy.set(array);
  return copy;
}
