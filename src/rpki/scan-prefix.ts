import { AFI_IPV4, AFI_IPV6, maskedOctets, type Prefix, parsePrefix } from '../inet/index.js';

// Bulk loaders read a million prefixes: the usual spellings are read digit by digit into one of two arrays that are
// used again for the next prefix. Everything unusual, and every error, is left to parsePrefix.

/** Reads prefixes; the octets of a result are overwritten by the next call. Same results and errors as `parsePrefix`. */
export function createPrefixScanner(): (text: string) => Prefix {
  const ipv4 = new Uint8Array(4);
  const ipv6 = new Uint8Array(16);
  return (text) => {
    const slash = text.indexOf('/');
    const length = slash < 0 ? -1 : scanLength(text, slash + 1);
    if (length >= 0) {
      if (length <= 32 && scanIpv4(text, slash, ipv4) && maskedOctets(ipv4, length) === ipv4) {
        return { afi: AFI_IPV4, octets: ipv4, length };
      }
      if (scanIpv6(text, slash, ipv6) && maskedOctets(ipv6, length) === ipv6) {
        return { afi: AFI_IPV6, octets: ipv6, length };
      }
    }
    return parsePrefix(text);
  };
}

/** One to three digits to the end of the text, no leading zero, at most 128; else -1. */
function scanLength(text: string, start: number): number {
  let value = 0;
  if (start === text.length || text.length > start + 3) return -1;
  for (let at = start; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9) || (value === 0 && at > start)) return -1;
    value = value * 10 + digit;
  }
  return value <= 128 ? value : -1;
}

/** Four decimal octets without leading zeros before `end`. */
function scanIpv4(text: string, end: number, octets: Uint8Array): boolean {
  let octet = 0;
  let digits = 0;
  let value = 0;
  for (let at = 0; at <= end; at++) {
    const code = at === end ? 0x2e : text.charCodeAt(at);
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

/** Groups of one to four hexadecimal digits before `end`, with at most one `::`; no embedded IPv4. */
function scanIpv6(text: string, end: number, octets: Uint8Array): boolean {
  let group = 0; // groups written
  let gap = -1; // groups before ::
  let at = 0;
  if (text.charCodeAt(0) === 0x3a) {
    if (text.charCodeAt(1) !== 0x3a) return false;
    gap = 0;
    at = 2;
  }
  while (at < end) {
    let value = 0;
    const start = at;
    for (; at < end; at++) {
      const digit = hexDigit(text.charCodeAt(at));
      if (digit < 0) break;
      value = value * 16 + digit;
    }
    if (at === start || at > start + 4 || group === 8) return false;
    octets[2 * group] = value >> 8;
    octets[2 * group + 1] = value & 0xff;
    group++;
    if (at === end) break;
    if (text.charCodeAt(at) !== 0x3a) return false;
    at++;
    if (at === end) return false;
    if (text.charCodeAt(at) === 0x3a) {
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
