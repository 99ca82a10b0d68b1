import { DecodeError } from '../../bytes/index.js';
import { wrong } from './values.js';

/** Octets of the largest word: seven bits an octet, the low ones first, all but the last with the high bit (LEB128). */
const WIDEST = 5;
const MORE = 0x80;
/** What the fifth octet of a word may be: four bits are left for it. */
const FIFTH = 0x0f;

/** Words of 32 bits as octets, small ones in few. */
export function packWords(words: Uint32Array): Uint8Array {
  const octets = new Uint8Array(WIDEST * words.length);
  let length = 0;
  for (let i = 0; i < words.length; i++) {
    let rest = words[i] as number;
    while (rest >= MORE) {
      octets[length++] = (rest & (MORE - 1)) | MORE;
      rest >>>= 7;
    }
    octets[length++] = rest;
  }
  return octets.slice(0, length);
}

/**
 * The words that {@link packWords} packed. Memory is four times the octets, at most.
 *
 * @throws {DecodeError} `partial-truncated` for a word that ends too early, `partial-syntax` for one that is too large, or longer than it
 * need be.
 */
export function unpackWords(octets: Uint8Array, field: string): Uint32Array {
  let count = 0;
  for (let i = 0; i < octets.length; i++) if ((octets[i] as number) < MORE) count++;
  const words = new Uint32Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    let octet = octets[at++] as number;
    let word = octet & (MORE - 1);
    for (let shift = 7; octet >= MORE; shift += 7) {
      octet = octets[at++] as number;
      if (octet === 0) throw wrong(field, 'a number in as few octets as it needs');
      if (shift === 28 && octet > FIFTH) throw wrong(field, 'numbers of 32 bits');
      word |= (octet & (MORE - 1)) << shift;
    }
    words[i] = word;
  }
  if (at < octets.length) throw new DecodeError('partial-truncated', 'the last number is cut off', { field });
  return words;
}
