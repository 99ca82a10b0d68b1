import { MAX_ASN, type Prefix } from '../../inet/index.js';
import type { Vrp } from '../../payload/index.js';
import { createPrefixOctetScanner } from '../scan-prefix.js';
import type { PlainReader } from './json-row.js';
import { readTa } from './members.js';
import { vrpOf } from './vrp-of.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const ZERO = 0x30;

// Bits of the members that are there; none may be there twice.
const ASN = 1;
const PREFIX = 2;
const MAX_LENGTH = 4;
const TA = 8;
const EXPIRES = 16;
const NEEDED = ASN | PREFIX;

/** The members that are known here, each with its closing quote; their first letters differ. */
const MEMBERS = Object.entries({ asn: ASN, prefix: PREFIX, maxLength: MAX_LENGTH, ta: TA, expires: EXPIRES });
const BY_LETTER = new Map(
  MEMBERS.map(([name, bit]) => [name.charCodeAt(0), { bit, octets: new TextEncoder().encode(`${name}"`) }]),
);
const LETTERS = Array.from({ length: 128 }, (_, code) => BY_LETTER.get(code));

/** Names of trust anchors that are kept: five, in the whole world. */
const NAMES = 8;

/**
 * Reads the plain form of a VRP's record, as rpki-client, Routinator and `writeRpkiClientJson` write it, octet by octet: an
 * object of `asn`, `prefix`, `maxLength`, `ta` and `expires`, each at most once and without escapes, with values that can be
 * taken as they are. Whatever else there is, right or wrong, it leaves to the reader of all records: what it takes, that one
 * would take in the same way (docs/decisions/rpki-files.md D-json-plain-records). The octets of the prefix are overwritten by the
 * next record.
 */
export function createPlainVrpReader(): PlainReader<Vrp> {
  const scan = createPrefixOctetScanner();
  const names: { readonly octets: Uint8Array; readonly name: string }[] = [];
  let value: Vrp | undefined;
  /** The number that was passed last. */
  let number = 0;

  /** Passes up to `most` decimal digits without a leading zero; -1 for anything else. */
  const passNumber = (text: Uint8Array, start: number, most: number): number => {
    let at = start;
    let sum = 0;
    for (; at <= start + most; at++) {
      const digit = (text[at] as number) - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      sum = sum * 10 + digit;
    }
    number = sum;
    const digits = at - start;
    return digits > 0 && digits <= most && (digits === 1 || text[start] !== ZERO) ? at : -1;
  };
  /** Passes an ASN: a number, or a text of one with or without `AS`. */
  const passAsn = (text: Uint8Array, start: number): number => {
    if (text[start] !== QUOTE) {
      const end = passNumber(text, start, 10);
      return number <= MAX_ASN ? end : -1;
    }
    const hasLetters =
      ((text[start + 1] as number) | 0x20) === 0x61 && ((text[start + 2] as number) | 0x20) === 0x73;
    const end = passNumber(text, start + (hasLetters ? 3 : 1), 10);
    return end >= 0 && number <= MAX_ASN && text[end] === QUOTE ? end + 1 : -1;
  };
  const nameOf = (text: Uint8Array, start: number, end: number): string => {
    for (const { octets, name } of names) {
      if (octets.length === end - start && isAt(text, start, octets)) return name;
    }
    const octets = text.slice(start, end);
    const name = String.fromCharCode(...octets);
    if (names.length === NAMES) names.shift();
    names.push({ octets, name });
    return name;
  };

  const read = (text: Uint8Array, start: number): number => {
    if (text[start] !== OPEN_BRACE) return -1;
    let at = start + 1;
    let seen = 0;
    let asn = 0;
    let prefix: Prefix | undefined;
    let maxLength = 0;
    let ta: string | undefined;
    let expires: number | undefined;
    for (;;) {
      at = passBlanks(text, at);
      if (text[at] !== QUOTE) return -1;
      const member = LETTERS[text[at + 1] as number];
      if (member === undefined || (seen & member.bit) !== 0 || !isAt(text, at + 1, member.octets)) return -1;
      seen |= member.bit;
      at = passBlanks(text, at + 1 + member.octets.length);
      if (text[at] !== COLON) return -1;
      at = passBlanks(text, at + 1);
      const begun = at;
      switch (member.bit) {
        case ASN:
          at = passAsn(text, at);
          asn = number;
          break;
        case PREFIX:
          at = passText(text, at);
          prefix = at < 0 ? undefined : scan(text, begun + 1, at - 1);
          if (prefix === undefined) return -1;
          break;
        case MAX_LENGTH:
          at = passNumber(text, at, 3);
          maxLength = number;
          break;
        case TA:
          at = passText(text, at);
          if (at >= 0) ta = readTa(nameOf(text, begun + 1, at - 1));
          break;
        default:
          at = passNumber(text, at, 15);
          expires = number;
      }
      if (at < 0) return -1;
      at = passBlanks(text, at);
      const code = text[at++];
      if (code === CLOSE_BRACE) break;
      if (code !== COMMA) return -1;
    }
    if ((seen & NEEDED) !== NEEDED || prefix === undefined) return -1;
    if ((seen & MAX_LENGTH) === 0) maxLength = prefix.length;
    else if (maxLength < prefix.length || maxLength > 8 * prefix.octets.length) return -1;
    value = vrpOf(prefix, maxLength, asn, expires, ta);
    return at;
  };
  return {
    read,
    get value() {
      if (value === undefined) throw new TypeError('no record has been read');
      return value;
    },
  };
}

function passBlanks(text: Uint8Array, start: number): number {
  let at = start;
  for (; ; at++) {
    const code = text[at];
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
  }
}

/** Passes a text of up to 255 octets without escapes, to behind its closing quote; -1 for anything else. */
function passText(text: Uint8Array, start: number): number {
  if (text[start] !== QUOTE) return -1;
  for (let at = start + 1; at <= start + 256; at++) {
    const code = text[at] as number;
    if (code === QUOTE) return at + 1;
    if (!(code >= 0x20) || code === BACKSLASH) return -1; // also the end of what is there
  }
  return -1;
}

function isAt(text: Uint8Array, at: number, octets: Uint8Array): boolean {
  for (let i = 0; i < octets.length; i++) if (text[at + i] !== octets[i]) return false;
  return true;
}
