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

/** Hash of a prefix of `length` bits; the words of its address, 0 where it has none, are signed. */
export function prefixHash(w0: number, w1: number, w2: number, w3: number, length: number): number {
  let hash = Math.imul(w0 ^ Math.imul(length, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul((hash ^ (hash >>> 15)) + w1, 0xc2b2ae35);
  hash = Math.imul((hash ^ (hash >>> 13)) + w2, 0x27d4eb2f);
  hash = Math.imul((hash ^ (hash >>> 15)) + w3, 0x165667b1);
  return hash ^ (hash >>> 16);
}

/** Hash of a VRP from the one of its prefix. */
export function identityHash(hash: number, maxLength: number, asn: number): number {
  const mixed = Math.imul(hash ^ asn ^ Math.imul(maxLength, 0x85ebca6b), 0xc2b2ae35);
  return mixed ^ (mixed >>> 15);
}
