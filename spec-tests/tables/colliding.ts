import { seededRandom } from 'pathsec/tables';

// Keys that all collide under hashes without a secret: those that this package had, and the engine's own. Each function
// below is one step of such a hash backwards, so that a key can be computed for any hash that is wanted.

/** The factor that undoes a multiplication by the odd `factor`, modulo 2^32. */
export function inverse(factor: number): number {
  let x = 1;
  for (let i = 0; i < 6; i++) x = Math.imul(x, (2 - Math.imul(factor, x)) | 0);
  return x | 0;
}

/** x for which `x ^ (x >>> shift)` is `y`. */
function unshifted(y: number, shift: number): number {
  let x = y;
  for (let i = shift; i < 32; i += shift) x = y ^ (x >>> shift);
  return x | 0;
}

/** Numbers whose product with 2^32 divided by the golden ratio is small: one slot of Fibonacci hashing. */
export function fibonacciColliders(count: number): number[] {
  const undo = inverse(0x9e37_79b1);
  return Array.from({ length: count }, (_, i) => Math.imul(i + 1, undo) >>> 0);
}

/** Numbers that the engine's `Map` and `Set` file under the same bucket (its `ComputeUnseededHash`, backwards). */
export function engineColliders(count: number): number[] {
  const times2057 = inverse(2057);
  const times5 = inverse(5);
  const times32767 = inverse(32767);
  return Array.from({ length: count }, (_, i) => {
    let hash = unshifted((i << 13) | 77, 16);
    hash = unshifted(Math.imul(hash, times2057), 4);
    hash = unshifted(Math.imul(hash, times5), 12);
    return Math.imul((hash + 1) | 0, times32767) >>> 0;
  });
}

/** The second words of IPv6 /64 prefixes inside `first`::/32 that the former hash of prefixes could not tell apart. */
export function prefixColliders(first: number, count: number): number[] {
  const back3 = inverse(0x1656_67b1);
  const back2 = inverse(0x27d4_eb2f);
  const back1 = inverse(0xc2b2_ae35);
  let start = Math.imul(first ^ Math.imul(64, 0x9e37_79b1), 0x85eb_ca6b);
  start ^= start >>> 15;
  return Array.from({ length: count }, (_, i) => {
    const wanted = ((i >>> 6) << 21) | (i & 63);
    let hash = unshifted(Math.imul(unshifted(wanted, 16), back3), 15);
    hash = unshifted(Math.imul(hash, back2), 13);
    return ((Math.imul(hash, back1) | 0) - start) >>> 0;
  });
}

/** Paths of three ASNs that FNV over whole words gives one hash. */
export function fnvPaths(count: number): number[][] {
  const prime = 0x0100_0193;
  const first = Math.imul(0x811c_9dc5 ^ 64500, prime);
  return Array.from({ length: count }, (_, i) => {
    const middle = 100_000 + i;
    return [64500, middle, (Math.imul(first ^ middle, prime) ^ 0x5bd1_e995) >>> 0];
  });
}

/** Paths whose ASNs differ in the highest bits of neighbours alone: one hash under FNV, whatever it begins with. */
export function highBitPaths(count: number, length = 36): number[][] {
  return Array.from({ length: count }, (_, i) => {
    const path = Array.from({ length }, (_, k) => 64500 + k);
    for (let bit = 0; 2 * bit + 1 < length && i >> bit > 0; bit++) {
      if (((i >> bit) & 1) === 0) continue;
      path[2 * bit] = (path[2 * bit] as number) + 2 ** 31;
      path[2 * bit + 1] = (path[2 * bit + 1] as number) + 2 ** 31;
    }
    return path;
  });
}

/** Regular sets of numbers, as registries and attackers make them, and random ones to compare with. */
export function regularSets(count: number): Readonly<Record<string, number[]>> {
  const make = (value: (i: number) => number): number[] =>
    Array.from({ length: count }, (_, i) => value(i + 1) >>> 0);
  return {
    'one after the other': make((i) => i),
    'every third': make((i) => 3 * i),
    'every 1000th': make((i) => 1000 * i),
    'every 4096th': make((i) => i << 12),
    'every 32768th': make((i) => i << 15),
    'two strides': make((i) => (i % 317) + Math.floor(i / 317) * 65_536),
    squares: make((i) => Math.imul(i, i) ^ (i << 16)),
    'former hash of customers': fibonacciColliders(count),
    'hash of the engine': engineColliders(count),
  };
}

/** Random distinct numbers in 1..2^32-1. */
export function randomNumbers(count: number, seed = 1): number[] {
  const random = seededRandom(seed);
  const numbers = new Set<number>();
  while (numbers.size < count) numbers.add(1 + Math.floor(random() * (2 ** 32 - 1)));
  return [...numbers];
}
