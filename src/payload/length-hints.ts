import { AFI_IPV6, type Afi } from '../inet/index.js';
import type { SeededHash } from '../tables/index.js';

const SMALLEST_BITS = 4;
const LARGEST_BITS = 20;
/** Up to here, half a megabyte, IPv4 gets finer cells than it has entries, which spares every other probe. */
const CHEAP_BITS = 17;

/**
 * Which prefix lengths occur in which part of the address space, so that a lookup probes only those. A hint may be
 * stale (set, with no such prefix left) but is never missing: hints save time and never decide.
 */
export class LengthHints {
  /** Lengths 1..32 by the leading `#bits` bits of the address: bit `length - 1`. */
  readonly #near: Uint32Array;
  /** IPv6 lengths 33..128, three words by a hash of the first 32 address bits: bit `length - 33`. */
  readonly #far: Uint32Array;
  readonly #bits: number;
  readonly #hash: SeededHash;
  #zero = false;

  /** Hints sized for about `entries` prefixes. */
  constructor(afi: Afi, entries: number, hash: SeededHash) {
    this.#hash = hash;
    const bits = Math.ceil(Math.log2(entries + 1));
    const finer = afi === AFI_IPV6 ? bits : Math.min(bits + 2, CHEAP_BITS);
    this.#bits = Math.min(LARGEST_BITS, Math.max(SMALLEST_BITS, bits, finer));
    this.#near = new Uint32Array(1 << this.#bits);
    this.#far = new Uint32Array(afi === AFI_IPV6 ? 3 << this.#bits : 0);
  }

  /** Octets of the packed arrays. */
  get bytes(): number {
    return this.#near.byteLength + this.#far.byteLength;
  }

  /** Notes that a prefix of `length` bits whose address starts with `word` exists. */
  note(word: number, length: number): void {
    if (length === 0) {
      this.#zero = true;
    } else if (length > 32) {
      const at = this.#farCell(word) + ((length - 33) >> 5);
      this.#far[at] = (this.#far[at] as number) | (1 << ((length - 33) & 31));
    } else {
      const bit = 1 << (length - 1);
      const first = word >>> (32 - this.#bits);
      // Cells of a shorter prefix are always set together, so that the first one speaks for all.
      if (((this.#near[first] as number) & bit) !== 0) return;
      const cells = length < this.#bits ? 1 << (this.#bits - length) : 1;
      for (let at = first; at < first + cells; at++) this.#near[at] = (this.#near[at] as number) | bit;
    }
  }

  /** The greatest hinted length in 0..`atMost` around the address that starts with `word`, or -1. */
  longest(word: number, atMost: number): number {
    if (atMost > 32 && this.#far.length > 0) {
      const cell = this.#farCell(word);
      for (let i = (atMost - 33) >> 5; i >= 0; i--) {
        const bits = upTo(this.#far[cell + i] as number, atMost - 33 - 32 * i);
        if (bits !== 0) return 33 + 32 * i + 31 - Math.clz32(bits);
      }
    }
    if (atMost > 0) {
      const bits = upTo(this.#near[word >>> (32 - this.#bits)] as number, atMost - 1);
      if (bits !== 0) return 32 - Math.clz32(bits);
    }
    return atMost >= 0 && this.#zero ? 0 : -1;
  }

  #farCell(word: number): number {
    return 3 * (this.#hash.number(word) & ((1 << this.#bits) - 1));
  }
}

/** `bits` without those above bit number `highest`. */
function upTo(bits: number, highest: number): number {
  return highest >= 31 ? bits : bits & ((1 << (highest + 1)) - 1);
}
