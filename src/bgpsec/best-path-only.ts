import type { BgpsecVerdict } from './reasons.js';

/** The state of a candidate; `deferred`: not verified yet, which must not be shown as Valid or Not Valid. */
export type CandidateState = BgpsecVerdict | 'deferred';

/** The best usable candidate, and what is known of each. */
export interface Selection<T> {
  readonly best?: T;
  /** In the order of the candidates. */
  readonly states: readonly CandidateState[];
}

/**
 * Verifies only what would be selected (RFC 8205 §8.3; deferral is to be visible, §5): `candidates` for one prefix in
 * order of preference are verified until one is usable. The best one is the one that full verification finds, as long
 * as the policy uses verdicts only to refuse routes. A policy that *prefers* Valid routes has another order for each
 * outcome and must verify all candidates.
 *
 * When the best route goes, call again with the rest: the next candidate is then verified before it is used.
 */
export function selectVerified<T>(
  candidates: readonly T[],
  verdictOf: (candidate: T) => BgpsecVerdict,
  usable: (verdict: BgpsecVerdict) => boolean,
): Selection<T> {
  const states: CandidateState[] = candidates.map(() => 'deferred');
  for (const [i, candidate] of candidates.entries()) {
    const verdict = verdictOf(candidate);
    states[i] = verdict;
    if (usable(verdict)) return { best: candidate, states };
  }
  return { states };
}
