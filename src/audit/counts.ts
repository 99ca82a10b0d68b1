import type { AspaOutcome } from '../aspa/index.js';
import type { AspaCounts, LengthCounts, PathsAndRoutes, RovCounts } from './report.js';

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

/** Distinct paths by compressed length and outcome. */
export function createLengthCounter(): {
  add(length: number, outcome: AspaOutcome): void;
  report(): LengthCounts[];
} {
  const byLength = new Map<number, AspaCounts>(); // a path of text may have millions of ASes: no array
  return {
    add: (length, outcome) => {
      let counts = byLength.get(length);
      if (!counts) {
        counts = aspaCounts();
        byLength.set(length, counts);
      }
      counts[outcome]++;
    },
    report: () => [...byLength].sort(([a], [b]) => a - b).map(([length, counts]) => ({ length, ...counts })),
  };
}
