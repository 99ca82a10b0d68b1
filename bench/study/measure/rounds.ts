import { seededRandom } from 'pathsec/tables';
import type { RoundPlan } from '../config.js';
import { CALLS, calibrations, UNITS, type Unit } from './calibration.js';
import { measure } from './counters.js';

/** One thing to measure: a scheme at one value of the parameter that the task varies. */
export interface Cell {
  readonly scheme: string;
  readonly parameter: number | string;
  readonly run: () => unknown;
  /** Operations in a call of `run`, for those that take less than a call does; 1 when absent. */
  readonly per?: number;
  /** The calibration that is most like it; a pairing, the work of portable code, when absent. */
  readonly unit?: Unit;
}

/** Milliseconds per operation; the arrays have an entry for each round. */
export interface MeasuredCell {
  readonly scheme: string;
  readonly parameter: number | string;
  readonly unit: Unit;
  readonly process: number[];
  readonly cpu: number[];
  readonly wall: number[];
  /** The calibration operations beside it: the mean of the two samples before and the two after. */
  readonly p256: number[];
  readonly pairing: number[];
}

type Beside = Readonly<Record<Unit, number>>;

/**
 * Measures every cell once a round, in an order drawn anew for each round, with the calibration operations before and
 * after each. What disturbs the machine for a while then meets all cells of a round, and no cell always at its place.
 */
export function measureRounds(
  cells: readonly Cell[],
  plan: RoundPlan,
  { seed, process }: { readonly seed: number; readonly process: number },
): MeasuredCell[] {
  const random = seededRandom(seed + 7919 * process);
  const known = calibrations();
  const calibrate = (): Beside => ({
    p256: measure(known.p256, CALLS.p256).cpu,
    pairing: measure(known.pairing, CALLS.pairing).cpu,
  });
  const measured = cells.map(({ scheme, parameter, run, per = 1, unit = 'pairing' }) => ({
    cell: { scheme, parameter, unit, process: [], cpu: [], wall: [], p256: [], pairing: [] } as MeasuredCell,
    run,
    per,
    count: callsFor(run, plan.sampleMs),
  }));
  for (let round = -plan.discard; round < plan.rounds; round++) {
    const order = shuffled(measured, random);
    const beside = [calibrate()];
    for (const { cell, run, per, count } of order) {
      collectYoung();
      const { cpu, wall } = measure(run, count);
      beside.push(calibrate());
      if (round < 0) continue;
      cell.process.push(process);
      cell.cpu.push(cpu / per);
      cell.wall.push(wall / per);
    }
    if (round < 0) continue;
    for (const [i, { cell }] of order.entries()) {
      const around = beside.slice(Math.max(0, i - 1), i + 3);
      for (const unit of UNITS) cell[unit].push(mean(around.map((one) => one[unit])));
    }
  }
  return measured.map(({ cell }) => cell);
}

/**
 * Calls in a sample: doubled until it is long enough, which also brings short operations to their compiled form. By CPU time:
 * by the clock one call would do that another program came between; and twice, because what compiles or collects beside one call
 * counts as its CPU time too.
 */
function callsFor(run: () => unknown, sampleMs: number): number {
  if (sampleMs === 0) return 1;
  for (let count = 1; ; count *= 2) {
    const cpu = Math.min(measure(run, count).cpu, measure(run, count).cpu);
    if (cpu * count >= sampleMs) return count;
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What the cell before left behind is not to be cleared away in the time of the next. */
function collectYoung(): void {
  globalThis.gc?.({ type: 'minor' });
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const order = [...values];
  for (let i = order.length - 1; i > 0; i--) {
    const k = Math.floor(random() * (i + 1));
    [order[i], order[k]] = [order[k] as T, order[i] as T];
  }
  return order;
}

/** The rounds of several processes as one list for each cell. */
export function joinProcesses(parts: readonly (readonly MeasuredCell[])[]): MeasuredCell[] {
  const joined = new Map<string, MeasuredCell>();
  for (const cell of parts.flat()) {
    const key = JSON.stringify([cell.scheme, cell.parameter]);
    const known = joined.get(key);
    if (known === undefined) joined.set(key, cell);
    else for (const name of ['process', 'cpu', 'wall', ...UNITS] as const) known[name].push(...cell[name]);
  }
  return [...joined.values()];
}
