import type { AspaOutcome } from '../aspa/index.js';
import type { AspaCounts, LengthCounts, PathsAndRoutes, RovCounts } from './report.js';

/** The outcomes by their codes: what is judged a million times is counted in arrays. */
export const OUTCOMES = ['valid', 'invalid', 'unknown'] as const satisfies readonly AspaOutcome[];

/** The place of an outcome in {@link OUTCOMES}. */
export type OutcomeCode = 0 | 1 | 2;

/** The code of `invalid`. */
export const INVALID: OutcomeCode = 1;

/** The code of an outcome. */
export function codeOf(outcome: AspaOutcome): OutcomeCode {
  return outcome === 'valid' ? 0 : outcome === 'invalid' ? INVALID : 2;
}

/** Counts by outcome that stand in an array from `at` on, in the order of the codes. */
export function outcomeCounts(counts: Float64Array, at: number): AspaCounts {
  const [valid = 0, invalid = 0, unknown = 0] = counts.subarray(at, at + OUTCOMES.length);
  return { valid, invalid, unknown };
}

/** Zero counts, or the sum of some. */
export function aspaCounts(parts: readonly AspaCounts[] = []): AspaCounts {
  const sum = { valid: 0, invalid: 0, unknown: 0 };
  for (const part of parts) {
    sum.valid += part.valid;
    sum.invalid += part.invalid;
    sum.unknown += part.unknown;
  }
  return sum;
}

/** Zero counts. */
export function rovCounts(): RovCounts {
  return { valid: 0, invalid: 0, notFound: 0 };
}

/** Adds to `sum` and returns it. */
export function addRov(sum: RovCounts, valid: number, invalid: number, notFound: number): RovCounts {
  sum.valid += valid;
  sum.invalid += invalid;
  sum.notFound += notFound;
  return sum;
}

/** All routes that the counts tell of. */
export function routesOf(rov: RovCounts): number {
  return rov.valid + rov.invalid + rov.notFound;
}

export function pathsAndRoutes(): PathsAndRoutes {
  return { paths: 0, routes: 0 };
}

/** Counts one more path with `routes` routes. */
export function addPaths(counts: PathsAndRoutes, routes: number): void {
  counts.paths++;
  counts.routes += routes;
}

/** Lengths that are counted in one array; a path of text may have millions of ASes. */
const SHORT = 1 << 6;

/** Distinct paths by compressed length and outcome. */
export function createLengthCounter(): {
  add(length: number, outcome: OutcomeCode): void;
  report(): LengthCounts[];
} {
  const short = new Float64Array(SHORT * OUTCOMES.length);
  const long = new Map<number, Float64Array>();
  const longOf = (length: number): Float64Array => {
    let counts = long.get(length);
    if (!counts) {
      counts = new Float64Array(OUTCOMES.length);
      long.set(length, counts);
    }
    return counts;
  };
  return {
    add: (length, outcome) => {
      const counts = length < SHORT ? short : longOf(length);
      const at = (length < SHORT ? length * OUTCOMES.length : 0) + outcome;
      counts[at] = (counts[at] as number) + 1;
    },
    report: () => {
      const lengths = Array.from({ length: SHORT }, (_, length) => ({
        length,
        ...outcomeCounts(short, OUTCOMES.length * length),
      }));
      const others = [...long].sort(([a], [b]) => a - b);
      return [
        ...lengths.filter(({ valid, invalid, unknown }) => valid + invalid + unknown > 0),
        ...others.map(([length, counts]) => ({ length, ...outcomeCounts(counts, 0) })),
      ];
    },
  };
}
