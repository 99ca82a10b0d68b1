import {
  type BisectionMode,
  createNobleEngine,
  randomCoefficients,
  verifyPlain,
  verifyPlainBatch,
} from 'pathsec/apvas';
import { seededRandom } from '../../lib/random.js';
import type { StudyConfig } from '../config.js';
import { measure } from '../counters.js';
import { createWorkload, prefix24 } from '../workload.js';

/** C_id(n, b): one batch with b bad routes, in milliseconds, and what the search did. */
export interface FailureResult {
  readonly n: number;
  readonly bad: number;
  readonly mode: BisectionMode | 'one by one';
  readonly cpu: number[];
  /** Whole passes of pairings over the batch, per repetition. */
  readonly passes: number[];
  readonly checks: number[];
  readonly misses: number;
  readonly falseAccusations: number;
}

/** Batches with bad routes at random places, searched by both ways of bisection and one by one. */
export function failures(config: StudyConfig): FailureResult[] {
  const n = config.failureBatch;
  const random = seededRandom(config.seed + 5);
  const octets = (length: number): Uint8Array =>
    Uint8Array.from({ length }, () => Math.floor(random() * 256));
  const workload = createWorkload();
  const engine = createNobleEngine({ cachedKeys: 4096 });
  const delta = engine.hashToG1(new Uint8Array(8), 'pathsec-study-fault');
  const good = Array.from({ length: n }, (_, i) =>
    workload.aggregate('plain', {
      asns: Array.from({ length: 4 }, (_unused, k) => 64_500 + ((i * 7 + k * 17) % 64)),
      prefix: prefix24(i),
    }),
  );
  const repetitions = config.mode === 'full' ? 7 : 2;
  const results: FailureResult[] = [];
  for (const bad of config.failureCounts.filter((count) => count <= n)) {
    for (const mode of ['one by one', 'plain', 'quotient'] as const) {
      const row = { n, bad, mode, cpu: [] as number[], passes: [] as number[], checks: [] as number[] };
      let misses = 0;
      let falseAccusations = 0;
      // One by one costs the same whatever is bad: once is enough where there are other rows.
      const times = mode === 'one by one' && bad > 0 ? 1 : repetitions;
      for (let repetition = 0; repetition < times; repetition++) {
        const places = new Set<number>();
        while (places.size < bad) places.add(Math.floor(random() * n));
        // Every second fault is the opposite of the one before: pairs that cancel in a plain sum.
        let sign = 0;
        const batch = good.map((route, i) => {
          if (!places.has(i)) return route;
          sign++;
          return { ...route, sigma: engine.add(route.sigma, sign % 2 === 1 ? delta : engine.negate(delta)) };
        });
        const coefficients = randomCoefficients(n, octets);
        let found: readonly number[] = [];
        const { cpu } = measure(() => {
          if (mode === 'one by one') {
            found = batch.flatMap((route, i) => (verifyPlain(engine, route) ? [] : [i]));
            row.passes.push(1);
            row.checks.push(n);
            return true;
          }
          const culprits = verifyPlainBatch(engine, batch, coefficients, mode);
          found = culprits.bad;
          row.passes.push(culprits.membersPassed / n);
          row.checks.push(culprits.passes);
          return true;
        });
        row.cpu.push(cpu);
        misses += [...places].filter((place) => !found.includes(place)).length;
        falseAccusations += found.filter((place) => !places.has(place)).length;
      }
      results.push({ ...row, misses, falseAccusations });
    }
  }
  return results;
}
