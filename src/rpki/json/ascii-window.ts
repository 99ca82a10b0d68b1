/** Characters that are looked at as octets together. */
const SIZE = 1 << 16;

/** Octets before the end of a window within which a record may be cut by it. */
const NEAR = 1 << 12;

/**
 * A stretch of a text as octets, whose places are those of the text because all of it is in ASCII. Octets are read several times
 * as fast as characters of a text; a stretch at a time, so that no text stands in memory twice.
 */
export class AsciiWindow {
  readonly #buffer = new Uint8Array(SIZE);
  readonly #encoder = new TextEncoder();
  #start = 0;
  /** Where what is known of the text ends: behind the octets, or behind a stretch that is not in ASCII. */
  #end = 0;
  #isAscii = false;
  /** What stands in the window. */
  octets = this.#buffer.subarray(0, 0);

  /** Where a window begins that has the place `at`; -1 where the text is not in ASCII there. */
  start(text: string, at: number): number {
    if (at < this.#start || at >= this.#end) return this.load(text, at);
    return this.#isAscii ? this.#start : -1;
  }

  /** Whether the text goes on behind the window, and it ends so soon that it may cut what begins at `at`. */
  isLow(text: string, at: number): boolean {
    return this.#end < text.length && this.#end - at < NEAR;
  }

  /** Begins the window at `at`; -1 where the text is not in ASCII there. */
  load(text: string, at: number): number {
    const part = text.slice(at, at + SIZE);
    const { read, written } = this.#encoder.encodeInto(part, this.#buffer);
    this.#isAscii = read === part.length && written === read;
    this.#start = at;
    this.#end = at + part.length;
    this.octets = this.#buffer.subarray(0, written);
    return this.#isAscii ? at : -1;
  }

  /** Forgets the text, because it changes. */
  drop(): void {
    this.#start = 0;
    this.#end = 0;
  }
}

/** Where the blanks of JSON from `start` on end (RFC 8259 §2). */
export function passBlanks(text: Uint8Array, start: number): number {
  let at = start;
  for (; ; at++) {
    const code = text[at];
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
  }
}
