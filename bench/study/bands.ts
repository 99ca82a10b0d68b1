import type { MeasuredCell } from './measure/rounds.js';
import { cellsOf, ratioOf } from './report/analysis.js';
import type { StudyResults } from './results.js';
import { quantile } from './statistics.js';
import type { TaskName } from './tasks/names.js';
import { NATIVE_ECDSA } from './tasks/post-quantum-facts.js';

/** A ratio of a run with the band in which another run has to find it. */
export interface BandedRatio {
  readonly task: TaskName;
  readonly scheme: string;
  readonly parameter: MeasuredCell['parameter'];
  /** What it is divided by. */
  readonly to: string;
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** A band reaches at least so far to each side: what two runs differ by on one machine, whatever each says of itself. */
const LEAST_BAND = 0.1;
/** The same where one side takes less than a microsecond: there the compiler decides, and for a whole process. */
const LEAST_BAND_OF_NANOSECONDS = 0.5;

/** What a cell of a task is divided by: a scheme, at the same parameter or at a fixed one. */
const BASES: Readonly<
  Partial<Record<TaskName, { readonly scheme: string; readonly parameter?: MeasuredCell['parameter'] }>>
> = {
  operations: { scheme: 'pairing' },
  byLength: { scheme: 'S1' },
  keysAndSigning: { scheme: 'S1 d=1' },
  batches: { scheme: 'S1' },
  failures: { scheme: 'one by one', parameter: 0 },
  churn: { scheme: 'b: verify a supplied signature, subtract it', parameter: 4 },
  schemes: { scheme: 'S1' },
  native: { scheme: 'ECDSA, OpenSSL' },
  tables: { scheme: 'ROV' },
  tableSample: { scheme: 'S1' },
  postQuantum: { scheme: NATIVE_ECDSA },
};

/** Every ratio of a run: the 95 % interval of its median, and at least a tenth to each side, for nanoseconds a half. */
export function bandedRatios(results: StudyResults): BandedRatio[] {
  return Object.entries(BASES).flatMap(([name, base]) => {
    const task = name as TaskName;
    const cells = cellsOf(results, task);
    return cells.flatMap((cell) => {
      const parameter = base.parameter ?? cell.parameter;
      const unit = cells.find((one) => one.scheme === base.scheme && one.parameter === parameter);
      if (unit === undefined || unit === cell) return [];
      const { median, low, high } = ratioOf(cell, unit);
      const least = [cell, unit].some(isTiny) ? LEAST_BAND_OF_NANOSECONDS : LEAST_BAND;
      return [
        {
          task,
          scheme: cell.scheme,
          parameter: cell.parameter,
          to: base.scheme,
          median,
          low: Math.min(low, median * (1 - least)),
          high: Math.max(high, median * (1 + least)),
        },
      ];
    });
  });
}

function isTiny({ cpu }: MeasuredCell): boolean {
  return quantile(cpu, 0.5) < 1e-3;
}
