import { DecodeError } from '../../bytes/index.js';
import { wrong } from './values.js';

/** Octets of the largest word: seven bits an octet, the low ones first, all but the last with the high bit (LEB128). */
export const WIDEST = 5;
const MORE = 0x80;
/** What the fifth octet of a word may be: four bits are left for it. */
const FIFTH = 0x0f;

/** Writes a word at `at`, where there is room for {@link WIDEST} octets; where the next one goes. */
export function writeWord(octets: Uint8Array, at: number, word: number): number {
  let to = at;
  let rest = word;
  while (rest >= MORE) {
    octets[to++] = (rest & (MORE - 1)) | MORE;
    rest >>>= 7;
  }
  octets[to] = rest;
  return to + 1;
}

/**
 * The words that {@link writeWord} wrote, in `room` where it has a place for each octet. Memory is four times the octets, at most.
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
