import { DecodeError } from './decode-error.js';

const DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/** Octets whose digits are made into text at once: few enough to be arguments of one call. */
const PIECE = 4_096;

/**
 * Lower-case hexadecimal text of `octets`, two digits each, no separators. It is made in few pieces: a text that has
 * grown digit by digit keeps a node for each, some 30 times its length, for as long as it lives.
 */
export function toHex(octets: Uint8Array): string {
  let text = '';
  for (let from = 0; from < octets.length; from += PIECE) {
    const codes: number[] = [];
    for (const octet of octets.subarray(from, from + PIECE)) {
      codes.push(DIGITS[octet >>> 4] as number, DIGITS[octet & 15] as number);
    }
    text += String.fromCharCode(...codes);
  }
  return text;
}

/**
 * The octets of hexadecimal text in either case, no separators.
 *
 * @throws {DecodeError} `hex-syntax` with the offset of the first wrong character, `hex-length` for an odd count.
 */
export function fromHex(text: string, field = 'hex'): Uint8Array {
  const bad = /[^0-9a-fA-F]/.exec(text);
  if (bad) throw new DecodeError('hex-syntax', 'not a hexadecimal digit', { field, offset: bad.index });
  if (text.length % 2 !== 0) {
    throw new DecodeError('hex-length', 'odd number of hexadecimal digits', { field, offset: text.length });
  }
  const octets = new Uint8Array(text.length / 2);
  for (let i = 0; i < octets.length; i++) octets[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return octets;
}
