/** A seeded stream of uniform integers (mulberry32): small, fast, the same on every machine. */
export interface Prng {
  /** A uniform integer in 0..bound-1. */
  below(bound: number): number;
  /** Whether a draw of `percent` out of 100 succeeds. */
  chance(percent: number): boolean;
  /** One element of a non-empty list. */
  pick<T>(list: readonly T[]): T;
  /** `count` different elements of `list`, in drawing order. */
  sample<T>(list: readonly T[], count: number): T[];
}

/** Creates the stream of one 32-bit seed. */
export function createPrng(seed: number): Prng {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (bound: number): number => next() % bound;
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[below(list.length)];
    if (chosen === undefined) throw new RangeError('pick from an empty list');
    return chosen;
  };
  return {
    below,
    pick,
    chance: (percent) => below(100) < percent,
    sample: (list, count) => {
      const rest = [...list];
      const taken: (typeof rest)[number][] = [];
      while (taken.length < count && rest.length > 0) taken.push(...rest.splice(below(rest.length), 1));
      return taken;
    },
  };
}
