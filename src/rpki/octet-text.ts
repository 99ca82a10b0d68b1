import { DecodeError, fromHex } from '../bytes/index.js';
import { SKI_LENGTH } from '../payload/index.js';

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL_SAFE = `${STANDARD.slice(0, 62)}-_`;
const VALUES = new Map<string, number>(
  [...STANDARD, ...URL_SAFE.slice(62)].map((digit, i) => [digit, i < 64 ? i : i - 2]),
);

/**
 * Octets in base64 (RFC 4648 §4) or base64url (§5), padded or not. Alphabets are never mixed, padding is whole,
 * unused bits are zero, and nothing else may stand in the text.
 *
 * @throws {DecodeError} `base64-syntax`.
 */
export function fromBase64(text: string, field = 'base64'): Uint8Array {
  const refuse = (why: string): DecodeError => new DecodeError('base64-syntax', why, { field });
  const digits = text.replace(/={1,2}$/, '');
  if (digits.length !== text.length && text.length % 4 !== 0) throw refuse('wrong padding');
  if (/[+/]/.test(digits) && /[-_]/.test(digits)) throw refuse('mixed alphabets');
  if (digits.length % 4 === 1) throw refuse('impossible length');
  const octets = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const digit of digits) {
    const value = VALUES.get(digit);
    if (value === undefined) throw refuse(`${JSON.stringify(digit)} is not a base64 digit`);
    held = (held << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      octets[at++] = held >> bits;
      held &= (1 << bits) - 1;
    }
  }
  if (held !== 0) throw refuse('unused bits are not zero');
  return octets;
}

/** Base64 with padding (RFC 4648 §4). */
export function toBase64(octets: Uint8Array): string {
  const digits = encode(octets, STANDARD);
  return digits + '='.repeat((4 - (digits.length % 4)) % 4);
}

/** Base64url without padding (RFC 4648 §5). */
export function toBase64Url(octets: Uint8Array): string {
  return encode(octets, URL_SAFE);
}

function encode(octets: Uint8Array, alphabet: string): string {
  let text = '';
  for (let i = 0; i < octets.length; i += 3) {
    const left = octets.length - i;
    const three = ((octets[i] as number) << 16) | ((octets[i + 1] ?? 0) << 8) | (octets[i + 2] ?? 0);
    for (let digit = 0; digit < Math.min(4, left + 1); digit++) {
      text += alphabet[(three >> (18 - 6 * digit)) & 63];
    }
  }
  return text;
}

/**
 * A Subject Key Identifier in text: 40 hexadecimal digits of either case, with or without colons, or 27 or 28
 * characters of base64. Which of them is told by the length alone, never by trying.
 *
 * @throws {DecodeError} `ski-syntax`, `hex-syntax` or `base64-syntax`.
 */
export function readSki(value: unknown, field = 'ski'): Uint8Array {
  if (typeof value === 'string') {
    if (value.length === 40) return fromHex(value, field);
    if (/^(?:[0-9a-fA-F]{2}:){19}[0-9a-fA-F]{2}$/.test(value))
      return fromHex(value.replaceAll(':', ''), field);
    if (value.length === 27 || value.length === 28) {
      const octets = fromBase64(value, field);
      if (octets.length === SKI_LENGTH) return octets;
    }
  }
  throw new DecodeError('ski-syntax', `an SKI is a text of ${SKI_LENGTH} octets in hexadecimal or base64`, {
    field,
  });
}

/**
 * A public key (DER SubjectPublicKeyInfo) in base64; the octets are not looked into
 * (docs/decisions/rpki-files.md D-key-octets).
 *
 * @throws {DecodeError} `key-syntax` or `base64-syntax`.
 */
export function readKey(value: unknown, field = 'pubkey'): Uint8Array {
  if (typeof value !== 'string' || value === '') {
    throw new DecodeError('key-syntax', 'a public key is a text in base64', { field });
  }
  return fromBase64(value, field);
}
