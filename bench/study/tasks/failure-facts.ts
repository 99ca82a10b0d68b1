import type { BisectionMode } from 'pathsec/apvas';

/** The three ways to name the bad routes of a batch. */
export const SEARCHES = ['one by one', 'plain', 'quotient'] as const;

/** What the searches did, times apart. */
export interface FailureFacts {
  readonly n: number;
  /** Searches whose answer was looked at, and what they got wrong. */
  readonly searches: number;
  readonly misses: number;
  readonly falseAccusations: number;
  /** Whole passes of pairings over the batch, by the search alone over many places of the bad routes. */
  readonly passes: readonly {
    readonly mode: BisectionMode;
    readonly bad: number;
    readonly places: number;
    readonly mean: number;
    readonly low: number;
    readonly high: number;
  }[];
}

/** Searches of all processes. */
export function joinFailures(all: readonly FailureFacts[]): FailureFacts {
  const [first] = all;
  if (first === undefined) throw new Error('no searches');
  const sum = (count: (facts: FailureFacts) => number): number =>
    all.reduce((n, facts) => n + count(facts), 0);
  return {
    ...first,
    searches: sum(({ searches }) => searches),
    misses: sum(({ misses }) => misses),
    falseAccusations: sum(({ falseAccusations }) => falseAccusations),
  };
}
