import { DecodeError } from '../../bytes/index.js';
import { AsciiWindow, passBlanks } from './ascii-window.js';
import type { Steps } from './steps.js';

/** Values nested deeper than this are refused: no file of payloads comes near, and memory stays bounded. */
const DEEPEST = 64;

/** Characters of a value that is read whole: no record of payloads comes near. */
const LONGEST = 1 << 24;

/** What {@link JsonScanner.value} gives for a value that is too long to be read. */
export const TOO_LONG = Symbol('a value of more than 16 Mi characters');

const NONE = -1;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Walks a JSON text value by value, so that a file of a million records never stands in memory as a million objects, nor,
 * when it comes in pieces, as one text. The scanner finds where values end; `JSON.parse` reads each of them, so that all of
 * JSON's grammar holds.
 */
export class JsonScanner {
  /** What is held of the text: from the value under work on, and no more than a piece beyond the longest that is read. */
  #text: string;
  #at = 0; // in what is held
  #passed = 0; // characters before what is held
  #ended: boolean;
  // The value under work: where it begins in what is held (or none is), and how far it was passed.
  #begun = NONE;
  #isPassed = false;
  #depth = 0;
  #inString = false;
  /** Whether it is longer than any that is read; then it is not held. */
  #overlong = false;
  readonly #longest: number;
  readonly #window = new AsciiWindow();
  /** Member names at the outermost level of the value that was read last, repetitions counted. */
  names = 0;

  /**
   * @param ended whether this is the whole text; else the steps of the walk want more by and by.
   * @param longest characters of a value that is read whole.
   */
  constructor(text: string, ended = true, longest = LONGEST) {
    this.#text = text;
    this.#ended = ended;
    this.#longest = longest;
    if (text.charCodeAt(0) === 0xfeff) this.#at = 1; // RFC 8259 §8.1: a byte order mark may be ignored
  }

  /** Offset of the next character in the whole text. */
  get at(): number {
    return this.#passed + this.#at;
  }

  /** Appends a piece of the text. Large pieces are cheaper than small ones: what is held is copied each time. */
  feed(piece: string, ended: boolean): void {
    const kept = this.#begun === NONE ? this.#at : this.#begun;
    this.#passed += kept;
    this.#text = kept === this.#text.length ? piece : this.#text.slice(kept) + piece;
    this.#at -= kept;
    this.#window.drop();
    if (this.#begun !== NONE) this.#begun = 0;
    this.#ended = ended;
  }

  /** Passes blanks, and wants text until something else comes or the text has ended. */
  *ahead(): Steps<void> {
    while (this.#isLow()) yield;
  }

  #isLow(): boolean {
    return Number.isNaN(this.peek()) && !this.#ended;
  }

  /** The character code after blanks, which are passed; NaN at the end. */
  peek(): number {
    for (; ; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code;
    }
  }

  /** Whether nothing but blanks is left. */
  atEnd(): boolean {
    return Number.isNaN(this.peek());
  }

  /** Whether an object comes next. */
  atObject(): boolean {
    return this.peek() === OPEN_BRACE;
  }

  /** Whether an array comes next. */
  atArray(): boolean {
    return this.peek() === OPEN_BRACKET;
  }

  /**
   * Whether all of the next value is held, so that {@link parse} can read it at once; it is passed as far as it is there.
   *
   * @throws {DecodeError} `json-truncated` where the text has ended inside it, `json-depth`.
   */
  hasValue(): boolean {
    if (this.#isPassed) return true;
    if (this.#begun === NONE && !this.#overlong) {
      this.peek();
      this.#begun = this.#at;
      this.#depth = 0;
      this.#inString = false;
      this.names = 0;
    }
    this.#isPassed = this.#passValue();
    if (!this.#isPassed && this.#ended) throw this.#syntax('', this.#text.length);
    if (!this.#overlong && this.#at - this.#begun > this.#longest) {
      this.#overlong = true;
      this.#begun = NONE; // nobody will read it
    }
    return this.#isPassed;
  }

  /**
   * Reads the value that {@link hasValue} has found whole; one of more than 16 Mi characters is passed over and gives
   * {@link TOO_LONG}, since it would stand in memory at many times its length.
   *
   * @throws {DecodeError} `json-syntax`.
   */
  parse(): unknown {
    const start = this.#begun;
    this.#begun = NONE;
    this.#isPassed = false;
    if (this.#overlong) {
      this.#overlong = false;
      return TOO_LONG;
    }
    try {
      return JSON.parse(this.#text.slice(start, this.#at));
    } catch {
      throw this.#syntax('not a JSON value', start);
    }
  }

  /** Reads the next value, and wants text until it is whole. @throws {DecodeError} `json-syntax`, `json-truncated` or `json-depth`. */
  *value(): Steps<unknown> {
    while (!this.hasValue()) yield;
    return this.parse();
  }

  /**
   * Offers the elements that come next to `read`, with the commas between them, as octets, as far as they are in ASCII and at hand; it
   * gives where the one that it takes ends, and `took` is called behind it. Stops behind the last that was taken, before one that
   * `read` gives -1 for or that is too long to be read; how many were taken.
   */
  takeRun(read: (octets: Uint8Array, at: number) => number, took: () => void): number {
    this.peek();
    if (this.#begun !== NONE) return 0; // it is being read in the other way
    let from = this.#window.start(this.#text, this.#at);
    if (from < 0) return 0;
    let start = this.#at - from;
    let end = read(this.#window.octets, start);
    if (end < 0 && start > 0) {
      if (!this.#window.isLow(this.#text, this.#at)) return 0;
      from = this.#window.load(this.#text, this.#at);
      start = 0;
      end = from < 0 ? -1 : read(this.#window.octets, start);
    }
    const { octets } = this.#window;
    let count = 0;
    while (end >= 0 && end - start <= this.#longest) {
      this.#at = from + end;
      took();
      count++;
      start = passBlanks(octets, end);
      if (octets[start] !== COMMA) break;
      start = passBlanks(octets, start + 1);
      end = read(octets, start);
    }
    return count;
  }

  /** Passes an object; `visit` is called before each member's value and reads exactly that. */
  *members(visit: (name: string) => Steps<void> | undefined): Steps<void> {
    this.#expect(OPEN_BRACE, 'an object');
    if (this.#isLow()) yield* this.ahead();
    if (this.#accept(CLOSE_BRACE)) return;
    do {
      if (this.#isLow()) yield* this.ahead();
      if (this.peek() !== QUOTE) throw this.#syntax('a member needs a name in quotes', this.#at);
      const name = yield* this.value();
      if (this.#isLow()) yield* this.ahead();
      this.#expect(COLON, 'a colon');
      if (this.#isLow()) yield* this.ahead();
      const steps = visit(String(name));
      if (steps) yield* steps;
      if (this.#isLow()) yield* this.ahead();
    } while (this.#accept(COMMA));
    this.#expect(CLOSE_BRACE, 'a comma or closing brace');
  }

  /** Passes an array; `visit` is called before an element and reads exactly that, or says how many it has read. */
  *elements(visit: (index: number) => Steps<void> | number): Steps<void> {
    this.#expect(OPEN_BRACKET, 'an array');
    if (this.#isLow()) yield* this.ahead();
    if (this.#accept(CLOSE_BRACKET)) return;
    let index = 0;
    do {
      if (this.#isLow()) yield* this.ahead();
      const passed = visit(index);
      if (typeof passed === 'number') index += passed;
      else {
        yield* passed;
        index++;
      }
      if (this.#isLow()) yield* this.ahead();
    } while (this.#accept(COMMA));
    this.#expect(CLOSE_BRACKET, 'a comma or closing bracket');
  }

  #accept(code: number): boolean {
    if (this.peek() !== code) return false;
    this.#at++;
    return true;
  }

  #expect(code: number, what: string): void {
    if (!this.#accept(code)) throw this.#syntax(`expected ${what}`, this.#at);
  }

  /**
   * Passes the value under work, as far as the text is there; counts the names at its outermost level. False when it does
   * not end in what is held; a bare value ends with the text.
   */
  #passValue(): boolean {
    const text = this.#text;
    const end = text.length;
    let at = this.#at;
    let depth = this.#depth;
    let inString = this.#inString;
    while (at < end) {
      if (inString) {
        for (; at < end; at++) {
          const code = text.charCodeAt(at);
          if (code === QUOTE) break;
          if (code !== BACKSLASH) continue;
          if (at + 1 === end) break; // what it escapes is not there yet
          at++;
        }
        if (at >= end || text.charCodeAt(at) === BACKSLASH) break;
        inString = false;
        if (depth === 0) return this.#passTo(at + 1);
        at++;
        continue;
      }
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        inString = true;
      } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
        if (++depth > DEEPEST) {
          const place = { field: 'json', offset: this.#passed + at };
          throw new DecodeError('json-depth', `more than ${DEEPEST} levels`, place);
        }
      } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
        if (depth === 0) return this.#passTo(at); // the end of what holds a bare value
        if (--depth === 0) return this.#passTo(at + 1);
      } else if (depth === 0) {
        if (code === COMMA || code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09)
          return this.#passTo(at);
      } else if (code === COLON && depth === 1) {
        this.names++;
      }
      at++;
    }
    this.#at = at;
    this.#depth = depth;
    this.#inString = inString;
    return this.#ended && depth === 0 && !inString;
  }

  #passTo(at: number): true {
    this.#at = at;
    return true;
  }

  /** A text that ends too early is told apart from one that is wrong (docs/decisions/rpki-files.md D-json-cut-off). */
  #syntax(message: string, at: number): DecodeError {
    const offset = this.#passed + at;
    return this.#ended && at >= this.#text.length
      ? new DecodeError('json-truncated', 'the text ends inside a JSON value', { field: 'json', offset })
      : new DecodeError('json-syntax', message, { field: 'json', offset });
  }
}
