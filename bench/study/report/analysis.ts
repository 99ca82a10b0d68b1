import { seededRandom } from '../../lib/random.js';
import type { StudyResults } from '../results.js';
import { quantile, ratios, type Spread, spread } from '../statistics.js';
import { LENGTH_SHARES } from '../tasks/memory.js';

/** CPU of a system at a path length, milliseconds. */
export function cpuAt(results: StudyResults, system: string, length: number): Spread {
  const row = results.byLength.find((entry) => entry.length === length);
  return spread(row?.samples[system]?.cpu ?? []);
}

/** The same as a ratio to another system, round by round. */
export function ratioAt(results: StudyResults, system: string, length: number, unit = 'S1'): Spread {
  const row = results.byLength.find((entry) => entry.length === length);
  return ratios(row?.samples[system]?.cpu ?? [], row?.samples[unit]?.cpu ?? []);
}

/** Microseconds of one operation. */
export function microseconds(results: StudyResults, name: string): number {
  return results.operations.find((operation) => operation.name === name)?.microseconds ?? Number.NaN;
}

/** CPU per route of a batch, as a ratio to ECDSA over the same routes. */
export function batchRatio(results: StudyResults, n: number, system: string): Spread | undefined {
  const row = results.batches.find((entry) => entry.n === n && entry.samples.S1 !== undefined);
  const own = row?.samples[system];
  return own === undefined ? undefined : ratios(own.cpu, row?.samples.S1?.cpu ?? []);
}

/** CPU per route of a batch, milliseconds. */
export function batchCost(results: StudyResults, n: number, system: string): number | undefined {
  const row = results.batches.find((entry) => entry.n === n && entry.samples.S1 !== undefined);
  const own = row?.samples[system];
  return own === undefined ? undefined : quantile(own.cpu, 0.5) / n;
}

/** Memory of every scheme beyond S0 at the same table size, octets per route. */
export function memoryPerRoute(results: StudyResults): {
  readonly scheme: string;
  readonly routes: number;
  readonly payload: number;
  readonly arrays: number;
  readonly measured: number;
}[] {
  return results.memory
    .filter(({ scheme }) => scheme !== 'S0')
    .map(({ scheme, routes, payload, arrays, heapAndExternal }) => {
      const base = results.memory.find((run) => run.scheme === 'S0' && run.routes === routes);
      return {
        scheme,
        routes,
        payload: payload / routes,
        arrays: arrays / routes,
        measured: (heapAndExternal - (base?.heapAndExternal ?? 0)) / routes,
      };
    });
}

/** CPU of a whole table of `routes` routes with the lengths of a full feed, seconds. */
export function fullTableSeconds(results: StudyResults, system: string, routes: number): number {
  let mean = 0;
  for (const [i, share] of LENGTH_SHARES.entries())
    mean += (share / 100) * interpolated(results, system, i + 1);
  return (mean * routes) / 1000;
}

function interpolated(results: StudyResults, system: string, length: number): number {
  const measured = results.byLength.map((row) => row.length);
  const low = Math.max(...measured.filter((l) => l <= length));
  const high = Math.min(...measured.filter((l) => l >= length));
  const a = cpuAt(results, system, low).median;
  const b = cpuAt(results, system, high).median;
  return low === high ? a : a + ((b - a) * (length - low)) / (high - low);
}

/**
 * T_lat(n): milliseconds from receipt to verdict, p50 and p99, of a simulated single server. Arrivals are random with
 * `rate` per second; a batch closes at n routes or after 100 ms. Service times are the measured ones.
 */
export function latency(results: StudyResults, n: number, rate: number): { p50: number; p99: number } {
  const random = seededRandom(results.config.seed + n);
  const sizes = results.batches.filter(({ samples }) => samples.S1).map((row) => row.n);
  const cost = (k: number): number => {
    const low = Math.max(...sizes.filter((size) => size <= k));
    const high = Math.min(...sizes.filter((size) => size >= k));
    const total = (size: number): number =>
      size *
      ((n === 1 ? batchCost(results, size, 'S2 cached') : batchCost(results, size, 'S2g 128 bits')) ?? 0);
    return low === high ? total(low) : total(low) + ((total(high) - total(low)) * (k - low)) / (high - low);
  };
  const waits: number[] = [];
  let clock = 0;
  let free = 0;
  let open: number[] = [];
  const close = (at: number): void => {
    free = Math.max(free, at) + cost(open.length);
    for (const arrival of open) waits.push(free - arrival);
    open = [];
  };
  for (let i = 0; i < 4000; i++) {
    clock += (-Math.log(1 - random()) * 1000) / rate;
    const first = open[0];
    if (first !== undefined && clock - first > 100) close(first + 100);
    open.push(clock);
    if (open.length === n) close(clock);
  }
  return { p50: quantile(waits, 0.5), p99: quantile(waits, 0.99) };
}
