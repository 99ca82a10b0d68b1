import { type Afi, addressLength, type Prefix } from '../inet/index.js';
import { type SeededHash, WordLists } from '../tables/index.js';

/** Distinct prefixes, packed, each stored once and numbered from 0. */
export class PrefixList {
  readonly #lists: WordLists;
  /** The prefix in work: family and length in one word, then the address. */
  readonly #work = new Uint32Array(5);

  constructor(hash: SeededHash) {
    this.#lists = new WordLists(hash);
  }

  /** Number of distinct prefixes. */
  get size(): number {
    return this.#lists.size;
  }

  /** The number of the prefix, a new one if it was not there. */
  add({ afi, octets, length }: Prefix): number {
    this.#work[0] = afi * 256 + length;
    const words = octets.length >> 2;
    for (let i = 0; i < words; i++) {
      const at = 4 * i;
      this.#work[i + 1] =
        ((octets[at] as number) << 24) |
        ((octets[at + 1] as number) << 16) |
        ((octets[at + 2] as number) << 8) |
        (octets[at + 3] as number);
    }
    return this.#lists.add(this.#work, 0, words + 1);
  }

  prefix(index: number): Prefix {
    const { words } = this.#lists;
    const start = this.#lists.start(index);
    const head = words[start] as number;
    const afi = (head >> 8) as Afi;
    const octets = new Uint8Array(addressLength(afi));
    for (let i = 0; i < octets.length; i++) {
      octets[i] = (words[start + 1 + (i >> 2)] as number) >>> (24 - 8 * (i & 3));
    }
    return { afi, octets, length: head & 255 };
  }
}
