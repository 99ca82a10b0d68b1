import type { SeededHash } from '../tables/index.js';

// Addresses as 32-bit words: what packed tables of prefixes compute with.

/** The four octets from `at` on, as a signed 32-bit number. */
export function wordOf(octets: Uint8Array, at: number): number {
  return (
    ((octets[at] as number) << 24) |
    ((octets[at + 1] as number) << 16) |
    ((octets[at + 2] as number) << 8) |
    (octets[at + 3] as number)
  );
}

/** The leading `bits` bits of a word (none below 1, all from 32 on), the rest zero. */
export function leading(word: number, bits: number): number {
  if (bits >= 32) return word;
  return bits <= 0 ? 0 : word & (-1 << (32 - bits));
}

/** The hash of a prefix by its words, of which IPv4 has the first alone; bits behind the length are zero. */
export function hashPrefix(
  hash: SeededHash,
  words: 1 | 4,
  length: number,
  w0: number,
  w1: number,
  w2: number,
  w3: number,
): number {
  // The words behind the length are zero and need no look.
  return words === 1 ? hash.two(length, w0) : hash.five(length, w0, w1, w2, w3, (length + 31) >> 5);
}

/** The hash of a VRP by that of its prefix. */
export function hashVrp(hash: SeededHash, prefix: number, maxLength: number, asn: number): number {
  return hash.two(prefix ^ maxLength, asn);
}
