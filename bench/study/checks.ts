import type { MeasuredCell } from './measure/rounds.js';
import { cellOf, cellsOf, inUnits, parametersOf, ratiosOf } from './report/analysis.js';
import type { StudyResults } from './results.js';
import { quantile, type Spread, spread } from './statistics.js';

/** What a run finds when it looks at itself: something that cannot depend on a parameter, at each value of it. */
export interface SelfCheck {
  readonly what: string;
  readonly parameter: MeasuredCell['parameter'];
  /** Should hold 1. */
  readonly ratio: Spread;
  readonly disturbed: boolean;
}

/** Below it a deviation counts for nothing, however constant: it does not change a figure with its digits. */
const TOLERANCE = 0.1;

/**
 * Origin validation at each path length against its mean over all of them, and the search one by one at each share of bad
 * routes against that without any. Disturbed is what lies on one side of 1 in all of its rounds and off by a tenth.
 */
export function selfChecks(results: StudyResults): SelfCheck[] {
  return [...originValidation(results), ...oneByOne(results)].map(({ what, parameter, ratios }) => {
    const ratio = spread(ratios);
    const oneSided = Math.min(...ratios) > 1 || Math.max(...ratios) < 1;
    const disturbed = ratios.length > 1 && oneSided && Math.abs(ratio.median - 1) > TOLERANCE;
    return { what, parameter, ratio, disturbed };
  });
}

interface Compared {
  readonly what: string;
  readonly parameter: MeasuredCell['parameter'];
  readonly ratios: readonly number[];
}

function originValidation(results: StudyResults): Compared[] {
  const cells = cellsOf(results, 'byLength').filter(({ scheme }) => scheme === 'ROV');
  const units = cells.map((cell) => inUnits(cell));
  return cells.map(({ parameter }, i) => ({
    what: 'origin validation by path length',
    parameter,
    ratios: (units[i] ?? []).map(
      (value, round) =>
        value /
        quantile(
          units.map((all) => all[round] ?? Number.NaN),
          0.5,
        ),
    ),
  }));
}

function oneByOne(results: StudyResults): Compared[] {
  const at = (bad: MeasuredCell['parameter']) => cellOf(results, 'failures', 'one by one', bad);
  const [first, ...rest] = parametersOf(results, 'failures');
  if (first === undefined) return [];
  return rest.map((bad) => ({
    what: 'one by one, by bad routes',
    parameter: bad,
    ratios: ratiosOf(at(bad), at(first)),
  }));
}
