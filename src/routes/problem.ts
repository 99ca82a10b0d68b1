import type { Treatment } from '../bgp/index.js';

/** Something in the input that could not be read as it should. */
export interface Problem {
  /** Stable kebab-case code. */
  readonly code: string;
  readonly message: string;
  /** Number of the record, or of the line of text, from 1. */
  readonly number: number;
  /** Octets from the start of the (decompressed) input; for text, of the line. */
  readonly offset: number;
  readonly field: string;
  /** For faults of a BGP message: what RFC 7606 has a receiver do. */
  readonly treatment?: Treatment | undefined;
}

/** All problems counted, the first ones kept. Memory does not grow with their number. */
export interface ProblemLog {
  readonly count: number;
  /** Counts by code. */
  readonly byCode: ReadonlyMap<string, number>;
  /** The first problems, at most as many as the reader was told to keep. */
  readonly first: readonly Problem[];
}

/** A {@link ProblemLog} with the function that adds to it; `report`, when given, sees every problem. */
export function createProblemLog(
  keep: number,
  report?: (problem: Problem) => void,
): { readonly log: ProblemLog; readonly add: (problem: Problem) => void } {
  const byCode = new Map<string, number>();
  const first: Problem[] = [];
  let count = 0;
  return {
    log: {
      get count() {
        return count;
      },
      byCode,
      first,
    },
    add: (problem) => {
      count++;
      byCode.set(problem.code, (byCode.get(problem.code) ?? 0) + 1);
      if (first.length < keep) first.push(problem);
      report?.(problem);
    },
  };
}
