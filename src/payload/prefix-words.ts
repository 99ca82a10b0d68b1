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
