import type { StudyResults } from '../../results.js';
import type { Spread } from '../../statistics.js';
import type { TaskName } from '../../tasks/names.js';
import { num } from '../format.js';

/** The answer to a hypothesis. */
export type Verdict = 'not refuted' | 'refuted' | 'refuted in part' | 'undecided' | 'not asked';

/** A hypothesis, what was found, and the interval on which the verdict rests. */
export interface Answer {
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** The measured interval of what would refute it, and what that is. */
  readonly interval: string;
  readonly text: string;
}

/** A hypothesis and how it is asked of the results of its tasks. */
export interface Hypothesis {
  readonly id: string;
  readonly title: string;
  readonly needs: readonly TaskName[];
  readonly ask: (results: StudyResults) => Pick<Answer, 'verdict' | 'interval' | 'text'>;
}

/** Fewer rounds decide nothing. */
const LEAST_ROUNDS = 3;

/** Whether the whole of an interval lies below a limit, or nothing of it. */
export function below(
  { low, high, count = LEAST_ROUNDS }: Pick<Spread, 'low' | 'high'> & { readonly count?: number },
  limit: number,
): 'yes' | 'no' | 'undecided' {
  if (count < LEAST_ROUNDS) return 'undecided';
  if (high < limit) return 'yes';
  return low >= limit ? 'no' : 'undecided';
}

/** `low to high`, as the verdicts state it. */
export function range(
  { low, high }: Pick<Spread, 'low' | 'high'>,
  say: (value: number) => string = num,
): string {
  return `${say(low)} to ${say(high)}`;
}
