import type { Random } from './target.js';

/** A generator of whole numbers, the same for the same two numbers: cheap to make, one for every input. */
export function randomOf(seed: number, index: number): Random {
  let a = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ index;
  let b = Math.imul(index ^ 0xc2b2ae35, 0x27d4eb2f) ^ (seed >>> 3);
  const step = (): number => {
    // xorshift with a Weyl sequence; quality matters little here, speed does.
    a ^= a << 13;
    a ^= a >>> 17;
    a ^= a << 5;
    b = (b + 0x6d2b79f5) | 0;
    return Math.imul(a ^ (b >>> 15), 0x2c1b3c6d) >>> 0;
  };
  if (a === 0) a = 1;
  step();
  return (below) => Math.floor((step() / 0x1_0000_0000) * below);
}

/** One of the items. */
export function pick<T>(items: readonly T[], random: Random): T {
  const item = items[random(items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}
