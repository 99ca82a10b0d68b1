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
