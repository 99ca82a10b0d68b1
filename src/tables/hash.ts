/**
 * The one hash of all tables, keyed by a seed. The state is two words; each word of the input is multiplied into the
 * first by a secret number, turned, and added to the second, which is multiplied by another secret number: what two
 * inputs differ in becomes, at once, a difference in both halves of the state that nobody can foretell who does not know
 * the seed, so that no later word can be chosen to cancel it. That does not hold where only the start value is secret:
 * in FNV the highest bits of two neighbouring words cancel each other under every start value (docs/decisions/tables.md
 * D-seeded-tables).
 *
 * It keeps tables from being flooded; it is no cryptographic hash. Words are 32-bit numbers, signed or not; results are
 * unsigned.
 */
export class SeededHash {
  /** The seed that it was made of: equal seeds, equal hashes. */
  readonly seed: number;
  readonly #h: number;
  readonly #g: number;
  readonly #m: number;
  readonly #n: number;
  /** A secret odd number, for {@link numberHash}. */
  readonly multiplier: number;

  /** @throws {RangeError} for a seed that is no whole number in 0..2^53-1. */
  constructor(seed = 0) {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new RangeError(`seed ${String(seed)} is not a whole number in 0..${Number.MAX_SAFE_INTEGER}`);
    }
    this.seed = seed;
    const next = expand(seed);
    this.#h = next();
    this.#g = next();
    this.#m = next() | 1;
    this.#n = next() | 1;
    this.multiplier = next() | 1;
  }

  /** Of `count` words from `start` on. */
  words(words: Uint32Array | Int32Array, start: number, count: number): number {
    const m = this.#m;
    const n = this.#n;
    let h = this.#h ^ count;
    let g = this.#g;
    for (let at = start, end = start + count; at < end; at++) {
      h = Math.imul(h ^ (words[at] as number), m);
      h = (((h << 15) | (h >>> 17)) + g) | 0;
      g = Math.imul(g ^ h, n);
    }
    return finish(h, g, m, n);
  }

  /** Of the octets in `[start, end)`, four to a word, the last filled up with zeros: the number of octets counts too. */
  octets(octets: Uint8Array, start: number, end: number): number {
    const m = this.#m;
    const n = this.#n;
    let h = this.#h ^ (end - start);
    let g = this.#g;
    let at = start;
    for (; at + 3 < end; at += 4) {
      const word =
        (octets[at] as number) |
        ((octets[at + 1] as number) << 8) |
        ((octets[at + 2] as number) << 16) |
        ((octets[at + 3] as number) << 24);
      h = Math.imul(h ^ word, m);
      h = (((h << 15) | (h >>> 17)) + g) | 0;
      g = Math.imul(g ^ h, n);
    }
    if (at < end) {
      let word = 0;
      for (let shift = 0; at < end; at++, shift += 8) word |= (octets[at] as number) << shift;
      h = Math.imul(h ^ word, m);
      h = (((h << 15) | (h >>> 17)) + g) | 0;
      g = Math.imul(g ^ h, n);
    }
    return finish(h, g, m, n);
  }

  /** Of two words. */
  two(first: number, second: number): number {
    const m = this.#m;
    const n = this.#n;
    let h = Math.imul(this.#h ^ first, m);
    h = (((h << 15) | (h >>> 17)) + this.#g) | 0;
    const g = Math.imul(this.#g ^ h, n);
    h = Math.imul(h ^ second, m);
    h = (((h << 15) | (h >>> 17)) + g) | 0;
    return finish(h, Math.imul(g ^ h, n), m, n);
  }

  /** Of a number and up to four words, of which the first `count` are read. */
  five(number: number, w0: number, w1: number, w2: number, w3: number, count: number): number {
    const m = this.#m;
    const n = this.#n;
    let h = Math.imul(this.#h ^ number, m);
    h = (((h << 15) | (h >>> 17)) + this.#g) | 0;
    let g = Math.imul(this.#g ^ h, n);
    for (let i = 0; i < count; i++) {
      h = Math.imul(h ^ (i === 0 ? w0 : i === 1 ? w1 : i === 2 ? w2 : w3), m);
      h = (((h << 15) | (h >>> 17)) + g) | 0;
      g = Math.imul(g ^ h, n);
    }
    return finish(h, g, m, n);
  }

  /**
   * Of one number, for one multiplication: {@link numberHash} under the multiplier of this hash. Tables take the low
   * bits, as of the others.
   */
  number(value: number): number {
    return numberHash(value, this.multiplier) >>> 0;
  }
}

/**
 * Hash of one number under a secret odd multiplier, small enough to be inlined where nanoseconds count; a signed word.
 * Different numbers have different hashes; what a flood could want is equal low bits. The high bits of the product,
 * which depend on all of the number and the multiplier, are folded down upon the low ones: multiples of anything, runs
 * and powers of two spread like random numbers under nearly every multiplier, which they would not by either half alone.
 */
export function numberHash(value: number, multiplier: number): number {
  const product = Math.imul(value, multiplier);
  return product ^ (product >>> 14) ^ (product >>> 23);
}

/** Both halves of the state in one word, every bit of it good. */
function finish(h: number, g: number, m: number, n: number): number {
  const mixed = Math.imul(h ^ (g >>> 16), n) + g;
  const last = Math.imul(mixed ^ (mixed >>> 15), m);
  return (last ^ (last >>> 16)) >>> 0;
}

/** A sequence of words from a seed: the generator sfc32 of PractRand, after a start of twenty steps. */
function expand(seed: number): () => number {
  let a = seed | 0;
  let b = Math.floor(seed / 2 ** 32) | 0;
  let c = 0x2545f491;
  let counter = 1;
  const next = (): number => {
    const result = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result;
  };
  for (let i = 0; i < 20; i++) next();
  return next;
}
