import type { Spread } from '../../statistics.js';
import { LIVE, TOMBSTONE_CHECK } from '../../tasks/churn-names.js';
import { cellOf, factsOf, milliseconds, parametersOf, ratioOf } from '../analysis.js';
import { num, withSpread } from '../format.js';
import { below, type Hypothesis, range } from './verdict.js';

export const churn: Hypothesis = {
  id: 'H6',
  title:
    'churn: without stored signatures the cost of removal grows with tombstones or with routes sent again',
  needs: ['churn'],
  ask: (results) => {
    const { replays } = factsOf(results, 'churn');
    const cost = (name: string): Spread => milliseconds(results, 'churn', name, 4);
    const counts = parametersOf(results, 'churn').filter(
      (dead) => cellOf(results, 'churn', TOMBSTONE_CHECK, dead) !== undefined,
    );
    const [first, last] = [counts[0] ?? 0, counts.at(-1) ?? 0];
    const ratio = ratioOf(
      cellOf(results, 'churn', TOMBSTONE_CHECK, last),
      cellOf(results, 'churn', TOMBSTONE_CHECK, first),
    );
    const flat = below({ low: -ratio.high, high: -ratio.low, count: ratio.count }, -1.1);
    const checks = counts.map((dead) => milliseconds(results, 'churn', TOMBSTONE_CHECK, dead).median);
    const each = ((checks.at(-1) ?? 0) - (checks[0] ?? 0)) / Math.max(1, Number(last) - Number(first));
    const again = (resent: number | undefined, removed: number | undefined): string =>
      num((resent ?? 0) / Math.max(1, removed ?? 1));
    const lines = replays.map(
      (r) =>
        `${r.source}: ${num(r.replacements)} replacements and ${num(r.withdrawals)} withdrawals leave ` +
        `${num(r.tombstones.at(-1) ?? 0)} tombstones for ${num(r.liveRoutes)} live routes; buckets of 16, 256, 4096 ` +
        `send ${[16, 256, 4096].map((b) => again(r.resent[String(b)], r.tombstones.at(-1))).join(', ')} routes again ` +
        `per removal`,
    );
    return {
      verdict:
        ratio.count === 0
          ? 'not asked'
          : flat === 'yes'
            ? 'refuted in part'
            : flat === 'no'
              ? 'refuted'
              : 'undecided',
      interval:
        `the check with ${last} tombstones costs ${range(ratio)} times that with ${first}; below 1.1 would refute it for ` +
        `tombstones, and strategy b refutes it by the letter`,
      text:
        `With the signature stored (strategy a) a removal costs ${withSpread(cost('a: read a stored signature, subtract it'))} ` +
        `ms, nearly all of it the decoding. Sent again in the withdrawal (b): ` +
        `${withSpread(cost('b: verify a supplied signature, subtract it'))} ms, because it must be verified, and 51 more ` +
        `octets. Tombstones (c) cost nothing when they are made and ${num(each)} ms each at every later check of the ` +
        `aggregate (${counts.map((dead, i) => `${dead}: ${num(checks[i] ?? 0)} ms`).join(', ')}; ${LIVE} live routes). ` +
        `${lines.join('. ')}. A strategy without stored signatures whose cost stays flat would refute the hypothesis, ` +
        `and by the letter strategy b is one: a removal always costs about one verification. It is flat only because ` +
        `the peer keeps what this side dropped and sends it again in a field that no message has. For c and d, which ` +
        `need nothing from the peer's memory, the hypothesis stands where the interval says so.`,
    };
  },
};
