import {
  createNobleEngine,
  findCulprits,
  randomCoefficients,
  verifyPlain,
  verifyPlainBatch,
} from 'pathsec/apvas';
import { seededRandom } from 'pathsec/tables';
import type { StudyConfig } from '../config.js';
import { type Cell, measureRounds } from '../measure/rounds.js';
import { createWorkload, prefix24 } from '../workload.js';
import { type FailureFacts, SEARCHES } from './failure-facts.js';
import type { Job, TaskPart } from './part.js';

/** C_id(n, b): batches with b bad routes at random places, searched by both ways of bisection and one by one. */
export function failures(config: StudyConfig, { process }: Job): TaskPart<FailureFacts> {
  const n = config.failureBatch;
  const random = seededRandom(config.seed + 5 + process);
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
  // The lines of all keys are computed before anything is measured.
  for (const route of good) verifyPlain(engine, route);
  const seen = { searches: 0, misses: 0, falseAccusations: 0 };
  const counts = config.failureCounts.filter((count) => count <= n);
  const cells = counts.flatMap((bad): Cell[] =>
    SEARCHES.map((mode) => ({
      scheme: mode,
      parameter: bad,
      run: () => {
        // New places at every call; every second fault is the opposite of the one before: pairs that cancel in a sum.
        const places = draw(n, bad, random);
        let sign = 0;
        const batch = good.map((route, i) => {
          if (!places.has(i)) return route;
          sign++;
          return { ...route, sigma: engine.add(route.sigma, sign % 2 === 1 ? delta : engine.negate(delta)) };
        });
        const found =
          mode === 'one by one'
            ? batch.flatMap((route, i) => (verifyPlain(engine, route) ? [] : [i]))
            : verifyPlainBatch(engine, batch, randomCoefficients(n, octets), mode).bad;
        seen.searches++;
        seen.misses += [...places].filter((place) => !found.includes(place)).length;
        seen.falseAccusations += found.filter((place) => !places.has(place)).length;
        return found.length;
      },
    })),
  );
  const measured = measureRounds(cells, config.batchRounds, { seed: config.seed, process });
  return { cells: measured, facts: { n, ...seen, passes: passesOf(n, counts, config.seed) } };
}

const PLACES = 2_000;

/** The search over plain numbers, a bad route having its own: as many passes as over pairings, in no time. */
function passesOf(n: number, counts: readonly number[], seed: number): FailureFacts['passes'] {
  const random = seededRandom(seed + 6);
  const numbers = {
    one: 0n,
    equalGt: (a: bigint, b: bigint) => a === b,
    multiplyGt: (a: bigint, b: bigint) => a + b,
    conjugate: (a: bigint) => -a,
  };
  const draws = counts.map((bad) => ({
    bad,
    values: Array.from({ length: PLACES }, () => {
      const places = draw(n, bad, random);
      return Array.from({ length: n }, (_, i) => (places.has(i) ? 2n ** BigInt(i) : 0n));
    }),
  }));
  return (['plain', 'quotient'] as const).flatMap((mode) =>
    draws.map(({ bad, values }) => {
      const passes = values
        .map((own) => {
          const value = (from: number, to: number): bigint =>
            own.slice(from, to).reduce((sum, one) => sum + one, 0n);
          return findCulprits(numbers, n, value, mode).membersPassed / n;
        })
        .sort((a, b) => a - b);
      return {
        mode,
        bad,
        places: PLACES,
        mean: passes.reduce((a, b) => a + b, 0) / PLACES,
        low: passes[0] ?? Number.NaN,
        high: passes.at(-1) ?? Number.NaN,
      };
    }),
  );
}

function draw(n: number, bad: number, random: () => number): Set<number> {
  const places = new Set<number>();
  while (places.size < bad) places.add(Math.floor(random() * n));
  return places;
}
