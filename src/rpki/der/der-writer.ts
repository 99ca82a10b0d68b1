import { TAG } from './der-cursor.js';

/**
 * Writes DER from the end to the beginning: what stands last is written first, so that the length of a value is known when its
 * header is written, and no tree of values is held.
 */
export class DerWriter {
  #octets = new Uint8Array(1 << 12);
  #at = this.#octets.length;

  /** Octets written so far: what {@link wrap} is given as the end of a value. */
  get length(): number {
    return this.#octets.length - this.#at;
  }

  /** All that was written; a view. */
  get written(): Uint8Array {
    return this.#octets.subarray(this.#at);
  }

  /** What was written since `mark`; a view. */
  since(mark: number): Uint8Array {
    return this.#octets.subarray(this.#at, this.#octets.length - mark);
  }

  /** Replaces as many octets as are given, those that were written last when {@link length} was `mark`. */
  overwrite(mark: number, octets: Uint8Array): void {
    this.#octets.set(octets, this.#octets.length - mark);
  }

  /** Puts octets in front of what is written. */
  octets(octets: Uint8Array): void {
    this.#reserve(octets.length);
    this.#at -= octets.length;
    this.#octets.set(octets, this.#at);
  }

  /** Makes what was written since `mark`, a former {@link length}, the contents of a value. */
  wrap(identifier: number, mark: number): void {
    let rest = this.length - mark;
    if (rest < 0x80) this.#octet(rest);
    else {
      let count = 0;
      for (; rest > 0; rest = Math.floor(rest / 256), count++) this.#octet(rest & 0xff);
      this.#octet(0x80 | count);
    }
    this.#octet(identifier);
  }

  /** A primitive value. */
  value(identifier: number, contents: Uint8Array): void {
    const mark = this.length;
    this.octets(contents);
    this.wrap(identifier, mark);
  }

  /** An INTEGER from 0 to 2^53 - 1. */
  number(value: number): void {
    const mark = this.length;
    let rest = value;
    let last: number;
    do {
      last = rest % 256;
      this.#octet(last);
      rest = Math.floor(rest / 256);
    } while (rest > 0);
    if (last >= 0x80) this.#octet(0);
    this.wrap(TAG.integer, mark);
  }

  /** An INTEGER from 0 on. */
  bigNumber(value: bigint): void {
    const mark = this.length;
    let rest = value;
    let last: number;
    do {
      last = Number(rest & 0xffn);
      this.#octet(last);
      rest >>= 8n;
    } while (rest > 0n);
    if (last >= 0x80) this.#octet(0);
    this.wrap(TAG.integer, mark);
  }

  /** A BIT STRING of so many bits, those behind them being zero. */
  bitString(octets: Uint8Array, bits: number): void {
    const mark = this.length;
    const count = Math.ceil(bits / 8);
    this.octets(octets.subarray(0, count));
    this.#octet(8 * count - bits);
    this.wrap(TAG.bitString, mark);
  }

  /** A GeneralizedTime of whole seconds, given in seconds since 1970 UTC. */
  time(seconds: number): void {
    const text = new Date(seconds * 1000).toISOString().replace(/[-:T]|\.\d{3}/g, '');
    this.value(TAG.generalizedTime, new TextEncoder().encode(text));
  }

  #octet(octet: number): void {
    if (this.#at === 0) this.#reserve(1);
    this.#octets[--this.#at] = octet;
  }

  #reserve(count: number): void {
    if (count <= this.#at) return;
    const grown = new Uint8Array(2 * (this.#octets.length + count));
    grown.set(this.written, grown.length - this.length);
    this.#at = grown.length - this.length;
    this.#octets = grown;
  }
}
