import { factsOf } from '../analysis.js';
import { num, percent } from '../format.js';
import { type Hypothesis, range } from './verdict.js';

export const octets: Hypothesis = {
  id: 'H1',
  title: 'octets: one constant signature, 46 % of a BGPsec UPDATE at four hops',
  needs: ['octets'],
  ask: (results) => {
    const { rows } = factsOf(results, 'octets');
    const four = rows.find(({ length }) => length === 4);
    const constant = new Set(rows.map(({ length, aggregate }) => aggregate - 26 * length)).size === 1;
    const series = rows.map((o) => `${o.length}: ${percent(o.aggregate / o.ecdsaMean)}`).join(', ');
    if (four === undefined) return { verdict: 'not asked', interval: 'needs four hops', text: '' };
    const ratio = four.aggregate / four.ecdsaMean;
    // Of four DER signatures each is at most an octet shorter or longer than the mean.
    const interval = {
      low: four.aggregate / (four.ecdsaMean + 4),
      high: four.aggregate / (four.ecdsaMean - 4),
    };
    return {
      verdict: constant && interval.low > 0.45 && interval.high < 0.47 ? 'not refuted' : 'refuted',
      interval: `${range(interval, (value) => percent(value, 3))} over the lengths that DER allows; outside 45 to 47 % would refute it`,
      text:
        `Real messages at four hops have ${num(four.aggregate)} octets (PLAIN, CHAIN) and ` +
        `${num(four.ecdsaMean, 4)} on average (BGPsec): ${percent(ratio)}. By hops: ${series}. ` +
        `The signature is ${constant ? 'the same 48 octets at every length' : 'not constant'}; what grows is ` +
        `26 octets per hop of segment and SKI.`,
    };
  },
};
