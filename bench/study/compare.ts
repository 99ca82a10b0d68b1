import { type BandedRatio, bandedRatios } from './bands.js';
import { selfChecks } from './checks.js';
import { num } from './report/format.js';
import { answers } from './report/hypotheses/index.js';
import type { StudyResults } from './results.js';

/** Two runs held against each other. */
export interface Comparison {
  readonly verdicts: readonly { readonly id: string; readonly first: string; readonly second: string }[];
  readonly ratios: readonly {
    readonly first: BandedRatio;
    readonly second: BandedRatio;
    readonly meet: boolean;
  }[];
  /** Ratios that only one of the runs has. */
  readonly alone: number;
  /** The same verdicts, and no ratio whose bands do not meet; runs that share nothing to compare do not agree. */
  readonly agree: boolean;
}

/** Verdicts of all hypotheses, and all ratios: those of two runs agree where their bands meet. */
export function compareRuns(a: StudyResults, b: StudyResults): Comparison {
  const second = answers(b);
  const verdicts = answers(a).map(({ id, verdict }, i) => ({
    id,
    first: verdict,
    second: second[i]?.verdict ?? 'not asked',
  }));
  const keyOf = ({ task, scheme, parameter }: BandedRatio): string =>
    JSON.stringify([task, scheme, parameter]);
  const [own, other] = [bandedRatios(a), new Map(bandedRatios(b).map((ratio) => [keyOf(ratio), ratio]))];
  const ratios = own.flatMap((first) => {
    const found = other.get(keyOf(first));
    if (found === undefined) return [];
    return [{ first, second: found, meet: first.low <= found.high && found.low <= first.high }];
  });
  const same = verdicts.every((one) => one.first === one.second) && ratios.every(({ meet }) => meet);
  return {
    verdicts,
    ratios,
    alone: own.length + other.size - 2 * ratios.length,
    agree: same && (ratios.length > 0 || verdicts.some(({ first }) => first !== 'not asked')),
  };
}

/** The same as text. */
export function comparisonText(a: StudyResults, b: StudyResults): string {
  const { verdicts, ratios, alone, agree } = compareRuns(a, b);
  const apart = ratios.filter(({ meet }) => !meet);
  const band = ({ median, low, high }: BandedRatio): string => `${num(median)} (${num(low)} to ${num(high)})`;
  return [
    `first:  ${stateOf(a)}`,
    `second: ${stateOf(b)}`,
    ...verdicts.map((one) => {
      const both =
        one.first === one.second ? `${one.first} in both` : `${one.first}, ${one.second}: DIFFERENT`;
      return `${one.id}: ${both}`;
    }),
    `${ratios.length} ratios in both, ${apart.length} whose bands do not meet${alone === 0 ? '' : `; ${alone} in one run alone`}`,
    ...apart.map(
      ({ first, second }) =>
        `  ${first.task}, ${first.scheme} at ${first.parameter}, times ${first.to}: ${band(first)}, ${band(second)}`,
    ),
    agree ? 'the runs agree' : 'the runs do not agree',
    '',
  ].join('\n');
}

function stateOf(results: StudyResults): string {
  const tasks = Object.values(results.tasks).filter((task) => task !== undefined);
  const others = tasks.map((task) => task.others).sort((x, y) => x - y);
  const failed = selfChecks(results).filter(({ disturbed }) => disturbed).length;
  const range = `${num(others[0] ?? 0)} to ${num(others.at(-1) ?? 0)}`;
  return `${results.date}, ${results.config.mode}, other programs kept ${range} cores busy, ${failed} checks of itself failed`;
}
