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

/**
 * Whether the intervals of all that a range was predicted for lie inside it; `refuted` where one lies wholly outside. An interval
 * across a limit, and nothing measured, decides nothing.
 */
export function within(
  spreads: readonly Pick<Spread, 'low' | 'high' | 'count'>[],
  [least, most]: readonly [number, number],
): PartVerdict {
  const sides = spreads.map((one) => ({
    under: below(one, least),
    // Above is below with the signs turned.
    over: below({ low: -one.high, high: -one.low, count: one.count }, -most),
  }));
  if (sides.some(({ under, over }) => under === 'yes' || over === 'yes')) return 'refuted';
  const decided = sides.length > 0 && sides.every(({ under, over }) => under === 'no' && over === 'no');
  return decided ? 'not refuted' : 'undecided';
}

/** What was found about a part of a hypothesis. */
export type PartVerdict = 'not refuted' | 'refuted' | 'undecided';

/** The verdict on the whole: a refuted part counts, whatever is undecided beside it. */
export function together(parts: readonly PartVerdict[]): Verdict {
  const refuted = parts.filter((one) => one === 'refuted').length;
  if (refuted > 0) return refuted === parts.length ? 'refuted' : 'refuted in part';
  return parts.includes('undecided') ? 'undecided' : 'not refuted';
}

/** `low to high`, as the verdicts state it. */
export function range(
  { low, high }: Pick<Spread, 'low' | 'high'>,
  say: (value: number) => string = num,
): string {
  return `${say(low)} to ${say(high)}`;
}
