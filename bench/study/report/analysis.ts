import { DEFAULT_ASSUMPTIONS } from 'pathsec/cost';
import { seededRandom } from 'pathsec/tables';
import { UNITS, type Unit } from '../measure/calibration.js';
import type { MeasuredCell } from '../measure/rounds.js';
import type { StudyResults } from '../results.js';
import { quantile, type Spread, spread } from '../statistics.js';
import type { Facts } from '../tasks/index.js';
import { type MemoryRow, memoryRowsOf } from '../tasks/memory-cells.js';
import type { TaskName } from '../tasks/names.js';

/** What a task found; only where the run has the task. */
export function factsOf<N extends TaskName>(results: StudyResults, name: N): Facts[N] {
  const task = results.tasks[name];
  if (task === undefined) throw new Error(`${name} is not in this run`);
  return task.facts;
}

/** The cells of a task, none where the run has it not. */
export function cellsOf(results: StudyResults, name: TaskName): readonly MeasuredCell[] {
  return results.tasks[name]?.cells ?? [];
}

/** One cell of a task. */
export function cellOf(
  results: StudyResults,
  name: TaskName,
  scheme: string,
  parameter: MeasuredCell['parameter'],
): MeasuredCell | undefined {
  return cellsOf(results, name).find((cell) => cell.scheme === scheme && cell.parameter === parameter);
}

/** Values of a parameter in a task, in the order of the run. */
export function parametersOf(results: StudyResults, name: TaskName): MeasuredCell['parameter'][] {
  return [...new Set(cellsOf(results, name).map(({ parameter }) => parameter))];
}

/** Schemes in a task, in the order of the run. */
export function schemesOf(results: StudyResults, name: TaskName): string[] {
  return [...new Set(cellsOf(results, name).map(({ scheme }) => scheme))];
}

/** A cell in its calibration operations of the same moment, one value a round. */
export function inUnits(cell: MeasuredCell, unit: Unit = cell.unit): number[] {
  return cell.cpu.map((cpu, i) => cpu / (cell[unit][i] ?? Number.NaN));
}

/** The median of each calibration operation over the whole run, milliseconds. */
export function unitMilliseconds(results: StudyResults): Readonly<Record<Unit, Spread>> {
  const all = (unit: Unit): Spread =>
    spread(Object.values(results.tasks).flatMap((task) => task?.cells.flatMap((cell) => cell[unit]) ?? []));
  const [p256, pairing] = UNITS.map(all) as [Spread, Spread];
  return { p256, pairing };
}

/** Milliseconds of CPU of a cell on the undisturbed machine: its calibration operations times the median of such one. */
export function milliseconds(
  results: StudyResults,
  name: TaskName,
  scheme: string,
  parameter: MeasuredCell['parameter'],
): Spread {
  const cell = cellOf(results, name, scheme, parameter);
  if (cell === undefined) return spread([]);
  const unit = unitMilliseconds(results)[cell.unit].median;
  return spread(inUnits(cell).map((value) => value * unit));
}

/** One cell divided by another of the same rounds. */
export function ratioOf(own: MeasuredCell | undefined, base: MeasuredCell | undefined): Spread {
  return spread(ratiosOf(own, base));
}

/** The same, a value for each round. */
export function ratiosOf(own: MeasuredCell | undefined, base: MeasuredCell | undefined): number[] {
  if (own === undefined || base === undefined) return [];
  // Both by the same calibration operation, so that the absolute size of neither is in it.
  const divisors = inUnits(base, own.unit);
  return inUnits(own).map((value, i) => value / (divisors[i] ?? Number.NaN));
}

/** A scheme as a ratio to another at the same parameter. */
export function times(
  results: StudyResults,
  name: TaskName,
  scheme: string,
  parameter: MeasuredCell['parameter'],
  unit = 'S1',
): Spread {
  return ratioOf(cellOf(results, name, scheme, parameter), cellOf(results, name, unit, parameter));
}

/** Memory of every cell. */
export function memoryRows(results: StudyResults): MemoryRow[] {
  return memoryRowsOf(factsOf(results, 'memory'));
}

/** CPU of a whole table of `routes` routes with the lengths of a full feed, seconds. */
export function fullTableSeconds(
  results: StudyResults,
  system: string,
  routes: number,
): Pick<Spread, 'median' | 'q1' | 'q3'> {
  const measured = parametersOf(results, 'byLength').filter((length) => typeof length === 'number');
  const cost = new Map(measured.map((length) => [length, milliseconds(results, 'byLength', system, length)]));
  const at = (length: number, of: 'median' | 'q1' | 'q3'): number => {
    const low = Math.max(...measured.filter((known) => known <= length));
    const high = Math.min(...measured.filter((known) => known >= length));
    const a = cost.get(low)?.[of] ?? Number.NaN;
    const b = cost.get(high)?.[of] ?? Number.NaN;
    return low === high ? a : a + ((b - a) * (length - low)) / (high - low);
  };
  const seconds = (of: 'median' | 'q1' | 'q3'): number =>
    (DEFAULT_ASSUMPTIONS.pathLengths.reduce((sum, share, i) => sum + (share / 100) * at(i + 1, of), 0) *
      routes) /
    1000;
  return { median: seconds('median'), q1: seconds('q1'), q3: seconds('q3') };
}

/**
 * T_lat(n): milliseconds from receipt to verdict, p50 and p99, of a simulated single server. Arrivals are random with
 * `rate` per second; a batch closes at n routes or after 100 ms. Service times are the measured ones.
 */
export function latency(results: StudyResults, n: number, rate: number): { p50: number; p99: number } {
  const random = seededRandom(results.config.seed + n);
  const sizes = results.config.batchSizes;
  const scheme = n === 1 ? 'S2 cached' : 'S2g 128 bits';
  const totals = new Map(
    sizes.map((size) => [size, size * milliseconds(results, 'batches', scheme, size).median]),
  );
  const cost = (k: number): number => {
    const low = Math.max(...sizes.filter((size) => size <= k));
    const high = Math.min(...sizes.filter((size) => size >= k));
    const [a, b] = [totals.get(low) ?? Number.NaN, totals.get(high) ?? Number.NaN];
    return low === high ? a : a + ((b - a) * (k - low)) / (high - low);
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
