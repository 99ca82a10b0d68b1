/** Something that is measured: `run` does it so many times. */
export interface Operation<Name extends string> {
  readonly name: Name;
  readonly run: (times: number) => void | Promise<void>;
}

/** What one costs: milliseconds of the clock, median and quartiles of the rounds. */
export interface Measured<Name extends string> {
  readonly name: Name;
  readonly median: number;
  readonly q1: number;
  readonly q3: number;
  readonly rounds: number;
}

/** How long a sample takes at least, how many rounds count, and how many before them do not. */
export interface RoundPlan {
  readonly sampleMs: number;
  readonly rounds: number;
  readonly discard: number;
}

/** Times of one operation in a sample, at most: one that takes no time is none. */
const MOST_TIMES = 1 << 24;

/**
 * Measures operations in rounds: each round has a sample of every operation, so that what disturbs the machine meets them all.
 * `tell` hears of each round.
 *
 * @param now milliseconds of a clock that only goes forward.
 */
export async function measureRounds<Name extends string>(
  operations: readonly Operation<Name>[],
  { discard, rounds, sampleMs }: RoundPlan,
  now: () => number,
  tell: (done: number, of: number) => void,
): Promise<Measured<Name>[]> {
  const timed = async ({ run }: Operation<Name>, times: number): Promise<number> => {
    const started = now();
    const running = run(times);
    if (running) await running;
    return now() - started;
  };
  const plans: { readonly operation: Operation<Name>; readonly times: number; readonly samples: number[] }[] =
    [];
  for (const operation of operations) {
    let times = 1;
    for (let took = await timed(operation, times); took < sampleMs && times < MOST_TIMES; ) {
      // At most ten times as many at once: a short sample says little.
      const wanted = took > 0 ? Math.ceil((1.1 * times * sampleMs) / took) : Number.POSITIVE_INFINITY;
      times = Math.min(MOST_TIMES, 10 * times, Math.max(times + 1, wanted));
      took = await timed(operation, times);
    }
    plans.push({ operation, times, samples: [] });
  }
  const all = discard + rounds;
  for (let round = 0; round < all; round++) {
    for (const { operation, samples, times } of plans) {
      const took = await timed(operation, times);
      if (round >= discard) samples.push(took / times);
    }
    tell(round + 1, all);
  }
  return plans.map(({ operation, samples }) => ({ name: operation.name, rounds, ...quartiles(samples) }));
}

function quartiles(samples: readonly number[]): { median: number; q1: number; q3: number } {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (p: number): number => {
    const place = (sorted.length - 1) * p;
    const low = sorted[Math.floor(place)] ?? Number.NaN;
    return low + ((sorted[Math.ceil(place)] ?? Number.NaN) - low) * (place % 1);
  };
  return { median: at(0.5), q1: at(0.25), q3: at(0.75) };
}
