import { toHex } from 'pathsec/bytes';
import { judge } from './judge.js';
import { createMutator, randomOctets } from './mutate.js';
import { randomOf } from './random.js';
import { minimize } from './shrink.js';
import type { Target } from './target.js';

/** The longest that one execution may take in the long run. */
export const MAX_SECONDS = 5;

/** What a long run of one target found. Times are milliseconds. */
export interface LongResult {
  readonly target: string;
  readonly roundTrip: string;
  readonly runs: number;
  readonly decoded: number;
  readonly refused: number;
  readonly milliseconds: number;
  readonly slowest: { readonly milliseconds: number; readonly octets: string };
  readonly peakRssMegabytes: number;
  readonly failures: readonly {
    readonly problem: string;
    readonly input: string;
    readonly minimal: string;
  }[];
}

/** Where a run stands, for whoever watches that it goes on. */
export type OnProgress = (done: number) => void;

/**
 * Runs the target on `runs` inputs: every eighth is octets of no structure, the others are mutations of the good inputs.
 * The input number `i` depends on `seed` and `i` alone. Stops after 20 failures.
 */
export async function longRun(
  target: Target,
  options: {
    readonly runs: number;
    readonly seed: number;
    readonly seconds: number;
    readonly extra: readonly Uint8Array[];
  },
  onProgress: OnProgress,
): Promise<LongResult> {
  const { runs, seed, seconds, extra } = options;
  const mutator = createMutator([...(await target.seeds()), ...extra], target);
  const counts = { decoded: 0, refused: 0, failed: 0 };
  const failures: { problem: string; input: string; minimal: string }[] = [];
  let slowest = { milliseconds: 0, octets: '' };
  const started = performance.now();
  let done = 0;
  let reported = started;
  for (; done < runs && failures.length < 20; done++) {
    const random = randomOf(seed, done);
    const octets = done % 8 === 0 ? randomOctets(random) : mutator(random);
    // Refusals are errors; where they were made matters to nobody, and costs most of the time.
    Error.stackTraceLimit = 0;
    const before = performance.now();
    const judged = judge(target, octets);
    let { kind, problem } = judged instanceof Promise ? await judged : judged;
    const now = performance.now();
    let milliseconds = now - before;
    if (milliseconds > Math.max(20, slowest.milliseconds)) {
      // On a busy machine the clock tells little: what is slow has to be slow three times.
      for (let again = 0; again < 2; again++) {
        const from = performance.now();
        await judge(target, octets);
        milliseconds = Math.min(milliseconds, performance.now() - from);
      }
    }
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, octets: toHex(octets) };
    if (milliseconds > 1000 * MAX_SECONDS) {
      kind = 'failed';
      problem = `${(milliseconds / 1000).toFixed(1)} s for one execution`;
    }
    counts[kind]++;
    Error.stackTraceLimit = 10;
    if (problem !== undefined) {
      const minimal = toHex(await minimize(target, octets, problem));
      failures.push({ problem, input: toHex(octets), minimal });
    }
    if (now - reported > 1000) {
      reported = now;
      onProgress(done);
      if (now - started > 1000 * seconds) break;
      // Lets the message go out, and what the target left behind be cleaned up.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return {
    target: target.name,
    roundTrip: target.roundTrip,
    runs: done,
    decoded: counts.decoded,
    refused: counts.refused,
    milliseconds: performance.now() - started,
    slowest: { milliseconds: slowest.milliseconds, octets: slowest.octets.slice(0, 4000) },
    peakRssMegabytes: process.resourceUsage().maxRSS / 1024,
    failures,
  };
}
