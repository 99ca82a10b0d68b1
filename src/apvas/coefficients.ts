/** Octets from a generator that the senders of routes cannot predict: `crypto.getRandomValues` in use. */
export type RandomOctets = (length: number) => Uint8Array;

/**
 * `count` random coefficients 1 <= z < 2^bits (docs/decisions/apvas.md D-apvas-coefficients). An invalid batch passes
 * with a probability of about 2^-bits.
 *
 * @throws {RangeError} unless `bits` is a multiple of 8 in 8..128, and for a generator that returns too little.
 */
export function randomCoefficients(count: number, random: RandomOctets, bits = 128): bigint[] {
  if (bits % 8 !== 0 || bits < 8 || bits > 128) throw new RangeError(`bits: ${bits}`);
  const width = bits / 8;
  const octets = random(count * width);
  if (octets.length !== count * width) throw new RangeError(`${octets.length} random octets`);
  return Array.from({ length: count }, (_, i) => {
    let value = 0n;
    for (const octet of octets.subarray(i * width, (i + 1) * width)) value = (value << 8n) | BigInt(octet);
    // 0 would leave the route unchecked; 1 is as good as any other value.
    return value === 0n ? 1n : value;
  });
}
