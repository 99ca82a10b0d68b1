/** Milliseconds per call, one entry per round. */
export interface Samples {
  readonly cpu: number[];
  readonly wall: number[];
}

/** How long and how often. */
export interface RoundPlan {
  readonly rounds: number;
  /** Rounds at the start that are thrown away: compilation, caches. */
  readonly discard: number;
  /** Each sample repeats its operation for at least so long; 0 for operations that are long enough. */
  readonly sampleMs: number;
}

/** Results go here, so that nothing is optimised away. */
let sink = 0;

/** A number made of all results so far; print it once. */
export function drain(): number {
  return sink;
}

function once(operation: () => unknown): void {
  const result = operation();
  sink = (sink + (result === true ? 1 : typeof result === 'number' ? result : 3)) % 1_000_003;
}

/** CPU (user and system) and wall milliseconds of `count` calls, per call. */
export function measure(operation: () => unknown, count = 1): { cpu: number; wall: number } {
  const cpu = process.cpuUsage();
  const wall = process.hrtime.bigint();
  for (let i = 0; i < count; i++) once(operation);
  const used = process.cpuUsage(cpu);
  return {
    cpu: (used.user + used.system) / 1000 / count,
    wall: Number(process.hrtime.bigint() - wall) / 1e6 / count,
  };
}

/**
 * Runs every operation once per round, in turn, so that what disturbs the machine disturbs all of them alike: ratios
 * of the same round can be trusted further than their parts.
 */
export function interleave(
  operations: Readonly<Record<string, () => unknown>>,
  plan: RoundPlan,
): Record<string, Samples> {
  const names = Object.keys(operations);
  const counts = names.map((name) => {
    // Long operations are not repeated, nor run for calibration: the discarded rounds warm them up.
    if (plan.sampleMs === 0) return 1;
    const operation = operations[name] as () => unknown;
    // Doubled until long enough, which also brings short operations to their compiled form.
    for (let count = 1; ; count *= 2) {
      if (measure(operation, count).wall * count >= plan.sampleMs) return count;
    }
  });
  const samples: Record<string, Samples> = {};
  for (const name of names) samples[name] = { cpu: [], wall: [] };
  for (let round = 0; round < plan.rounds + plan.discard; round++) {
    for (const [i, name] of names.entries()) {
      const { cpu, wall } = measure(operations[name] as () => unknown, counts[i]);
      if (round < plan.discard) continue;
      samples[name]?.cpu.push(cpu);
      samples[name]?.wall.push(wall);
    }
  }
  return samples;
}
