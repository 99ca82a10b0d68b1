import { MAX_ASN, type Prefix } from '../../inet/index.js';
import type { Vrp } from '../../payload/index.js';
import { createPrefixOctetScanner } from '../scan-prefix.js';
import { passBlanks } from './ascii-window.js';
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

/** How a record is written: its members, and the octets in front of each value and behind the last. */
interface Form {
  readonly bits: readonly number[];
  readonly seen: number;
  readonly between: readonly Uint8Array[];
}

/** Forms that are learned from a file: one that has more is read without. */
const MOST_FORMS = 64;

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
  /** Of the record that was read last in whatever form: its members, and where the values of these begin and end. */
  const bits: number[] = [];
  const begun: number[] = [];
  const ended: number[] = [];
  let noted = 0;
  /** The form of a record before: nearly always that of all others. */
  let form: Form | undefined;
  let forms = 0;

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

  // Of the record under work.
  let asn = 0;
  let prefix: Prefix | undefined;
  let maxLength = 0;
  let ta: string | undefined;
  let expires: number | undefined;

  /** Passes the value of a member and takes it; -1 for one that is left to others. */
  const passValue = (bit: number, text: Uint8Array, start: number): number => {
    let at: number;
    switch (bit) {
      case ASN:
        at = passAsn(text, start);
        asn = number;
        return at;
      case PREFIX:
        at = passText(text, start);
        prefix = at < 0 ? undefined : scan(text, start + 1, at - 1);
        return prefix === undefined ? -1 : at;
      case MAX_LENGTH:
        at = passNumber(text, start, 3);
        maxLength = number;
        return at;
      case TA:
        at = passText(text, start);
        if (at >= 0) ta = readTa(nameOf(text, start + 1, at - 1));
        return at;
      default:
        at = passNumber(text, start, 15);
        expires = number;
        return at;
    }
  };
  /** Forgets the record before. */
  const begin = (): void => {
    prefix = undefined;
    ta = undefined;
    expires = undefined;
  };
  /** Makes the value of a record that has the members `seen` and ends at `at`. */
  const end = (seen: number, at: number): number => {
    if ((seen & NEEDED) !== NEEDED || prefix === undefined) return -1;
    if ((seen & MAX_LENGTH) === 0) maxLength = prefix.length;
    else if (maxLength < prefix.length || maxLength > 8 * prefix.octets.length) return -1;
    value = vrpOf(prefix, maxLength, asn, expires, ta);
    return at;
  };
  /** Reads a record of whatever form; notes where its values begin and end. */
  const readAny = (text: Uint8Array, start: number): number => {
    if (text[start] !== OPEN_BRACE) return -1;
    let at = start + 1;
    let seen = 0;
    begin();
    noted = 0;
    for (;;) {
      at = passBlanks(text, at);
      if (text[at] !== QUOTE) return -1;
      const member = LETTERS[text[at + 1] as number];
      if (member === undefined || (seen & member.bit) !== 0 || !isAt(text, at + 1, member.octets)) return -1;
      seen |= member.bit;
      at = passBlanks(text, at + 1 + member.octets.length);
      if (text[at] !== COLON) return -1;
      at = passBlanks(text, at + 1);
      bits[noted] = member.bit;
      begun[noted] = at;
      at = passValue(member.bit, text, at);
      if (at < 0) return -1;
      ended[noted++] = at;
      at = passBlanks(text, at);
      const code = text[at++];
      if (code === CLOSE_BRACE) return end(seen, at);
      if (code !== COMMA) return -1;
    }
  };
  const read = (text: Uint8Array, start: number): number => {
    if (form !== undefined) {
      begin();
      const at = passForm(form, passValue, text, start);
      if (at >= 0) return end(form.seen, at);
    }
    const at = readAny(text, start);
    if (at >= 0 && forms++ < MOST_FORMS) form = formOf(text, start, at);
    return at;
  };
  const formOf = (text: Uint8Array, start: number, end: number): Form => {
    const members = bits.slice(0, noted);
    const between = members.map((_, i) => text.slice(i === 0 ? start : ended[i - 1], begun[i]));
    return {
      bits: members,
      seen: members.reduce((seen, bit) => seen | bit, 0),
      between: [...between, text.slice(ended[noted - 1], end)],
    };
  };
  return {
    read,
    get value() {
      if (value === undefined) throw new TypeError('no record has been read');
      return value;
    },
  };
}

/** Passes a record of this form, value by value; -1 for another one, and for what goes beyond the octets. */
function passForm(
  { bits, between }: Form,
  passValue: (bit: number, text: Uint8Array, start: number) => number,
  text: Uint8Array,
  start: number,
): number {
  let at = start;
  for (let i = 0; i < between.length; i++) {
    const octets = between[i] as Uint8Array;
    if (at + octets.length > text.length || !isAt(text, at, octets)) return -1;
    at += octets.length;
    if (i === bits.length) return at;
    at = passValue(bits[i] as number, text, at);
    if (at < 0) return -1;
  }
  return -1;
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
