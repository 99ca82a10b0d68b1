/** Numbers from 0 to below 1, evenly spread: the caller's, so that a run can be repeated. */
export type Random = () => number;

/** What is drawn with the numbers of a source. */
export interface Chance {
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  /** True so often out of a hundred times. */
  percent(share: number): boolean;
  /** One of the items; undefined where there is none. */
  oneOf<T>(items: readonly T[]): T | undefined;
}

/** Draws with a source of numbers. */
export function createChance(random: Random): Chance {
  const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  return {
    between,
    percent: (share) => random() * 100 < share,
    oneOf: (items) => items[between(0, items.length - 1)],
  };
}
