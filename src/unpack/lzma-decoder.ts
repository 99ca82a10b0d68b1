import { Damage } from './damage.js';
import type { LzmaWindow } from './lzma-window.js';

// Where the probabilities of each decision stand. States are 12, positions up to 16.
const STATES = 12;
const IS_MATCH = 0;
const IS_REP = IS_MATCH + STATES * 16;
const IS_REP0 = IS_REP + STATES;
const IS_REP1 = IS_REP0 + STATES;
const IS_REP2 = IS_REP1 + STATES;
const IS_REP0_LONG = IS_REP2 + STATES;
const SLOT = IS_REP0_LONG + STATES * 16;
const SPECIAL = SLOT + 4 * 64;
const ALIGN = SPECIAL + 128;
const MATCH_LENGTH = ALIGN + 16;
const LENGTH_CODER = 2 + 16 * 8 + 16 * 8 + 256;
const REP_LENGTH = MATCH_LENGTH + LENGTH_CODER;
const LITERAL = REP_LENGTH + LENGTH_CODER;
const MOST = LITERAL + (0x300 << 4);

const HALF = 1 << 10;
const DAMAGED = 'damaged data';

/** The state of LZMA between the chunks of LZMA2. */
export interface LzmaDecoder {
  /** Forgets what was learned. */
  resetState(): void;
  /** Takes the octet that says how positions and literals count. @throws {Damage} when it is out of range. */
  setProperties(octet: number): void;
  /**
   * Decodes a chunk, `input` in whole, into exactly `size` octets at the end of the window, which has room for them.
   *
   * @throws {Damage} when it is damaged; what was decoded before it is in the window.
   */
  decode(input: Uint8Array, window: LzmaWindow, size: number): void;
}

/** An {@link LzmaDecoder} as LZMA2 wants it: no end marker, and literals of at most four bits of context. */
export function createLzmaDecoder(): LzmaDecoder {
  const probabilities = new Uint16Array(MOST);
  let literalContext = 0;
  let literalPosition = 0;
  let positionMask = 0;
  let state = 0;
  let [rep0, rep1, rep2, rep3] = [0, 0, 0, 0];

  // The range decoder.
  let octets = new Uint8Array(0);
  let next = 0;
  let range = 0;
  let code = 0;
  const normalize = (): void => {
    if (range >= 0x1000000) return;
    if (next >= octets.length) throw new Damage(DAMAGED);
    range = (range << 8) >>> 0;
    code = ((code << 8) | (octets[next++] as number)) >>> 0;
  };
  const bit = (place: number): number => {
    const probability = probabilities[place] as number;
    const bound = (range >>> 11) * probability;
    let value = 0;
    if (code < bound) {
      range = bound;
      probabilities[place] = probability + ((2048 - probability) >>> 5);
    } else {
      range -= bound;
      code -= bound;
      probabilities[place] = probability - (probability >>> 5);
      value = 1;
    }
    normalize();
    return value;
  };
  /** Bits from the top; the place in the tree with its leading one. */
  const tree = (place: number, bits: number): number => {
    let symbol = 1;
    for (let i = 0; i < bits; i++) symbol = (symbol << 1) | bit(place + symbol);
    return symbol - (1 << bits);
  };
  const reverseTree = (place: number, bits: number): number => {
    let symbol = 1;
    let value = 0;
    for (let i = 0; i < bits; i++) {
      const one = bit(place + symbol);
      symbol = (symbol << 1) | one;
      value |= one << i;
    }
    return value;
  };
  const direct = (bits: number): number => {
    let value = 0;
    for (let i = 0; i < bits; i++) {
      range >>>= 1;
      const one = code >= range ? 1 : 0;
      if (one === 1) code -= range;
      value = value * 2 + one;
      normalize();
    }
    return value;
  };
  const lengthOf = (coder: number, position: number): number => {
    if (bit(coder) === 0) return 2 + tree(coder + 2 + position * 8, 3);
    if (bit(coder + 1) === 0) return 10 + tree(coder + 2 + 128 + position * 8, 3);
    return 18 + tree(coder + 2 + 256, 8);
  };
  /** The distance of a match, less one; above 32 bits for the end marker, which no window reaches. */
  const distanceOf = (length: number): number => {
    const slot = tree(SLOT + Math.min(length - 2, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >>> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** bits;
    if (slot < 14) return base + reverseTree(SPECIAL + base - slot, bits);
    return base + direct(bits - 4) * 16 + reverseTree(ALIGN, 4);
  };

  const literal = (window: LzmaWindow, position: number): number => {
    const { octets: output, at, from } = window;
    const before = at > from ? (output[at - 1] as number) : 0;
    const context =
      ((position & ((1 << literalPosition) - 1)) << literalContext) + (before >>> (8 - literalContext));
    const place = LITERAL + 0x300 * context;
    let symbol = 1;
    if (state >= 7) {
      if (rep0 >= at - from) throw new Damage(DAMAGED);
      let matched = output[at - rep0 - 1] as number;
      while (symbol < 0x100) {
        const wanted = (matched >>> 7) & 1;
        matched <<= 1;
        const one = bit(place + ((1 + wanted) << 8) + symbol);
        symbol = (symbol << 1) | one;
        if (one !== wanted) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | bit(place + symbol);
    return symbol & 0xff;
  };

  /** The length of a match or repetition, whose distance is in `rep0` then. */
  const match = (position: number): number => {
    if (bit(IS_REP + state) === 0) {
      [rep3, rep2, rep1] = [rep2, rep1, rep0];
      const length = lengthOf(MATCH_LENGTH, position);
      state = state < 7 ? 7 : 10;
      rep0 = distanceOf(length);
      return length;
    }
    if (bit(IS_REP0 + state) === 0) {
      if (bit(IS_REP0_LONG + state * 16 + position) === 0) {
        state = state < 7 ? 9 : 11;
        return 1;
      }
    } else if (bit(IS_REP1 + state) === 0) [rep1, rep0] = [rep0, rep1];
    else if (bit(IS_REP2 + state) === 0) [rep2, rep1, rep0] = [rep1, rep0, rep2];
    else [rep3, rep2, rep1, rep0] = [rep2, rep1, rep0, rep3];
    const length = lengthOf(REP_LENGTH, position);
    state = state < 7 ? 8 : 11;
    return length;
  };

  return {
    resetState: () => {
      probabilities.fill(HALF);
      state = 0;
      rep0 = rep1 = rep2 = rep3 = 0;
    },
    setProperties: (octet) => {
      literalContext = octet % 9;
      literalPosition = Math.floor(octet / 9) % 5;
      const positionBits = Math.floor(octet / 45);
      if (positionBits > 4 || literalContext + literalPosition > 4)
        throw new Damage('wrong properties of LZMA');
      positionMask = (1 << positionBits) - 1;
    },
    decode: (input, window, size) => {
      octets = input as Uint8Array<ArrayBuffer>;
      if (octets.length < 5 || octets[0] !== 0) throw new Damage(DAMAGED);
      range = 0xffffffff;
      code = new DataView(octets.buffer, octets.byteOffset).getUint32(1);
      next = 5;
      const end = window.at + size;
      const { octets: output } = window;
      while (window.at < end) {
        const position = window.position & positionMask;
        if (bit(IS_MATCH + state * 16 + position) === 0) {
          output[window.at] = literal(window, window.position);
          state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
          window.at++;
          window.position++;
          continue;
        }
        const length = match(position);
        const { at } = window;
        if (rep0 >= Math.min(at - window.from, window.dictionary) || length > end - at)
          throw new Damage(DAMAGED);
        for (let i = at, source = at - rep0 - 1; i < at + length; ) output[i++] = output[source++] as number;
        window.at += length;
        window.position += length;
      }
      if (code !== 0 || next !== octets.length) throw new Damage(DAMAGED);
    },
  };
}
