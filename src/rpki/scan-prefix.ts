import { AFI_IPV4, AFI_IPV6, maskedOctets, type Prefix, parsePrefix } from '../inet/index.js';

// Bulk loaders read a million prefixes: the usual spellings are read digit by digit into one of two arrays that are
// used again for the next prefix. Everything unusual, and every error, is left to parsePrefix.

/** No usual spelling is as long. */
const LONGEST = 64;

/** Reads prefixes; the octets of a result are overwritten by the next call. Same results and errors as `parsePrefix`. */
export function createPrefixScanner(): (text: string) => Prefix {
  const scan = createPrefixOctetScanner();
  const octets = new Uint8Array(LONGEST);
  return (text) => {
    if (text.length > LONGEST) return parsePrefix(text);
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      octets[at] = code < 0x80 ? code : 0;
    }
    return scan(octets, 0, text.length) ?? parsePrefix(text);
  };
}

/**
 * As {@link createPrefixScanner}, of the octets from `start` to `end` of a text in ASCII; undefined for whatever is unusual, be
 * it right or wrong.
 */
export function createPrefixOctetScanner(): (
  octets: Uint8Array,
  start: number,
  end: number,
) => Prefix | undefined {
  const ipv4 = new Uint8Array(4);
  const ipv6 = new Uint8Array(16);
  return (text, start, end) => {
    let slash = end - 1;
    while (slash > start && slash > end - 5 && text[slash] !== 0x2f) slash--;
    if (slash < start || text[slash] !== 0x2f) return undefined;
    const length = scanLength(text, slash + 1, end);
    if (length < 0) return undefined;
    if (length <= 32 && scanIpv4(text, start, slash, ipv4) && maskedOctets(ipv4, length) === ipv4) {
      return { afi: AFI_IPV4, octets: ipv4, length };
    }
    if (scanIpv6(text, start, slash, ipv6) && maskedOctets(ipv6, length) === ipv6) {
      return { afi: AFI_IPV6, octets: ipv6, length };
    }
    return undefined;
  };
}

/** One to three digits, no leading zero, at most 128; else -1. */
function scanLength(text: Uint8Array, start: number, end: number): number {
  let value = 0;
  if (start === end || end > start + 3) return -1;
  for (let at = start; at < end; at++) {
    const digit = (text[at] as number) - 0x30;
    if (!(digit >= 0 && digit <= 9) || (value === 0 && at > start)) return -1;
    value = value * 10 + digit;
  }
  return value <= 128 ? value : -1;
}

/** Four decimal octets without leading zeros. */
function scanIpv4(text: Uint8Array, start: number, end: number, octets: Uint8Array): boolean {
  let octet = 0;
  let digits = 0;
  let value = 0;
  for (let at = start; at <= end; at++) {
    const code = at === end ? 0x2e : (text[at] as number);
    if (code === 0x2e) {
      if (digits === 0 || octet === 4) return false;
      octets[octet++] = value;
      digits = 0;
      value = 0;
    } else {
      const digit = code - 0x30;
      if (!(digit >= 0 && digit <= 9) || (digits > 0 && value === 0)) return false;
      value = value * 10 + digit;
      digits++;
      if (value > 255) return false;
    }
  }
  return octet === 4;
}

/** Groups of one to four hexadecimal digits, with at most one `::`; no embedded IPv4. */
function scanIpv6(text: Uint8Array, begin: number, end: number, octets: Uint8Array): boolean {
  let group = 0; // groups written
  let gap = -1; // groups before ::
  let at = begin;
  if (text[at] === 0x3a) {
    if (text[at + 1] !== 0x3a) return false;
    gap = 0;
    at += 2;
  }
  while (at < end) {
    let value = 0;
    const start = at;
    for (; at < end; at++) {
      const digit = hexDigit(text[at] as number);
      if (digit < 0) break;
      value = value * 16 + digit;
    }
    if (at === start || at > start + 4 || group === 8) return false;
    octets[2 * group] = value >> 8;
    octets[2 * group + 1] = value & 0xff;
    group++;
    if (at === end) break;
    if (text[at] !== 0x3a) return false;
    at++;
    if (at === end) return false;
    if (text[at] === 0x3a) {
      if (gap >= 0) return false;
      gap = group;
      at++;
    }
  }
  if (gap < 0) return group === 8;
  if (group === 8) return false;
  // The groups behind :: go to the end, zeros between.
  octets.copyWithin(16 - 2 * (group - gap), 2 * gap, 2 * group);
  octets.fill(0, 2 * gap, 16 - 2 * (group - gap));
  return true;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
