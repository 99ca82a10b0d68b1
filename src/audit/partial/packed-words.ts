import { DecodeError } from '../../bytes/index.js';
import { wrong } from './values.js';

/** Octets of the largest word: seven bits an octet, the low ones first, all but the last with the high bit (LEB128). */
const WIDEST = 5;
const MORE = 0x80;
/** What the fifth octet of a word may be: four bits are left for it. */
const FIFTH = 0x0f;

/** Writes words of 32 bits as octets, small ones in few. */
export interface WordWriter {
  /** Makes room for so many words. */
  reserve(words: number): void;
  /** Writes a word, for which there is room. */
  put(word: number): void;
  /** The octets since the last were taken: a copy. */
  take(): Uint8Array;
}

/** A {@link WordWriter} that begins with room for so many words. */
export function createWordWriter(words: number): WordWriter {
  let octets = new Uint8Array(WIDEST * words);
  let used = 0;
  return {
    reserve: (more) => {
      if (used + WIDEST * more <= octets.length) return;
      const larger = new Uint8Array(2 * (used + WIDEST * more));
      larger.set(octets.subarray(0, used));
      octets = larger;
    },
    put: (word) => {
      let rest = word;
      while (rest >= MORE) {
        octets[used++] = (rest & (MORE - 1)) | MORE;
        rest >>>= 7;
      }
      octets[used++] = rest;
    },
    take: () => {
      const taken = octets.slice(0, used);
      used = 0;
      return taken;
    },
  };
}

/**
 * The words that a {@link WordWriter} wrote, in `room` where it has a place for each octet. Memory is four times the octets, at most.
 *
 * @throws {DecodeError} `partial-truncated` for a word that ends too early, `partial-syntax` for one that is too large, or longer than it
 * need be.
 */
export function unpackWords(octets: Uint8Array, field: string, room?: Uint32Array): Uint32Array {
  const { length } = octets;
  const words = room !== undefined && room.length >= length ? room : new Uint32Array(length);
  let count = 0;
  for (let at = 0; at < length; ) {
    let octet = octets[at++] as number;
    let word = octet & (MORE - 1);
    for (let shift = 7; octet >= MORE; shift += 7) {
      if (at === length) throw new DecodeError('partial-truncated', 'the last number is cut off', { field });
      octet = octets[at++] as number;
      if (octet === 0) throw wrong(field, 'a number in as few octets as it needs');
      if (shift === 28 && octet > FIFTH) throw wrong(field, 'numbers of 32 bits');
      word |= (octet & (MORE - 1)) << shift;
    }
    words[count++] = word;
  }
  return words.subarray(0, count);
}
