import { DecodeError } from '../../bytes/index.js';

/** Values nested deeper than this are refused: no file of payloads comes near, and memory stays bounded. */
const DEEPEST = 64;

/** Characters of a value that is read whole: no record of payloads comes near. */
const LONGEST = 1 << 24;

/** What {@link JsonScanner.parse} gives for a value that is too long to be read. */
export const TOO_LONG = Symbol('a value of more than 16 Mi characters');

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Walks a JSON text value by value, so that a file of a million records never stands in memory as a million objects.
 * The scanner finds where values end; `JSON.parse` reads each of them, so that all of JSON's grammar holds.
 */
export class JsonScanner {
  readonly text: string;
  /** Offset of the next character. */
  at: number;
  /** Member names at the outermost level of the value that {@link parse} read last, repetitions counted. */
  names = 0;

  constructor(text: string) {
    this.text = text;
    this.at = text.charCodeAt(0) === 0xfeff ? 1 : 0; // RFC 8259 §8.1: a byte order mark may be ignored
  }

  /** The character code after blanks, which are passed; NaN at the end. */
  peek(): number {
    for (; ; this.at++) {
      const code = this.text.charCodeAt(this.at);
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
   * Reads the next value whole; one of more than 16 Mi characters is passed over and gives {@link TOO_LONG}, since it
   * would stand in memory at many times its length.
   *
   * @throws {DecodeError} `json-syntax`, `json-truncated` or `json-depth`.
   */
  parse(): unknown {
    this.peek();
    const start = this.at;
    this.at = this.#endOfValue(start);
    if (this.at - start > LONGEST) return TOO_LONG;
    try {
      return JSON.parse(this.text.slice(start, this.at));
    } catch {
      throw this.#syntax('not a JSON value', start);
    }
  }

  /** Passes an object; `visit` is called before each member's value and reads exactly that. */
  members(visit: (name: string) => void): void {
    this.#expect(OPEN_BRACE, 'an object');
    if (this.#accept(CLOSE_BRACE)) return;
    do {
      if (this.peek() !== QUOTE) throw this.#syntax('a member needs a name in quotes', this.at);
      const name = this.parse();
      this.#expect(COLON, 'a colon');
      visit(String(name));
    } while (this.#accept(COMMA));
    this.#expect(CLOSE_BRACE, 'a comma or closing brace');
  }

  /** Passes an array; `visit` is called before each element and reads exactly that. */
  elements(visit: (index: number) => void): void {
    this.#expect(OPEN_BRACKET, 'an array');
    if (this.#accept(CLOSE_BRACKET)) return;
    let index = 0;
    do {
      visit(index++);
    } while (this.#accept(COMMA));
    this.#expect(CLOSE_BRACKET, 'a comma or closing bracket');
  }

  #accept(code: number): boolean {
    if (this.peek() !== code) return false;
    this.at++;
    return true;
  }

  #expect(code: number, what: string): void {
    if (!this.#accept(code)) throw this.#syntax(`expected ${what}`, this.at);
  }

  /** The offset after the value that starts at `start`; counts the names at its outermost level. */
  #endOfValue(start: number): number {
    const { text } = this;
    this.names = 0;
    let depth = 0;
    let at = start;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        at = this.#endOfString(at);
        if (depth === 0) return at + 1;
      } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
        if (++depth > DEEPEST) {
          throw new DecodeError('json-depth', `more than ${DEEPEST} levels`, { field: 'json', offset: at });
        }
      } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
        if (depth === 0) return at; // the end of what holds a bare value
        if (--depth === 0) return at + 1;
      } else if (depth === 0) {
        if (code === COMMA || code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) return at;
      } else if (code === COLON && depth === 1) {
        this.names++;
      }
    }
    if (depth > 0) throw this.#syntax('', at);
    return at;
  }

  /** The offset of the closing quote of the string that opens at `start`. */
  #endOfString(start: number): number {
    const { text } = this;
    for (let at = start + 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) return at;
      if (code === BACKSLASH) at++;
    }
    throw this.#syntax('', text.length);
  }

  /** A text that ends too early is told apart from one that is wrong (docs/decisions/rpki-files.md D-json-cut-off). */
  #syntax(message: string, offset: number): DecodeError {
    return offset >= this.text.length
      ? new DecodeError('json-truncated', 'the text ends inside a JSON value', { field: 'json', offset })
      : new DecodeError('json-syntax', message, { field: 'json', offset });
  }
}
