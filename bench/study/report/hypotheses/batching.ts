import { quantile, spread } from '../../statistics.js';
import { cellOf, inUnits, milliseconds, parametersOf, ratiosOf, times } from '../analysis.js';
import { num, percent, withSpread } from '../format.js';
import { below, type Hypothesis, range } from './verdict.js';

export const batching: Hypothesis = {
  id: 'H4',
  title: 'batching: PLAIN falls with n, grouped further and down to hashing; CHAIN does not fall',
  needs: ['batches', 'operations'],
  ask: (results) => {
    const sizes = parametersOf(results, 'batches');
    const list = (scheme: string): string =>
      sizes
        .map((n) => ({ n, cost: milliseconds(results, 'batches', scheme, n) }))
        .filter(({ cost }) => cost.count > 0)
        .map(({ n, cost }) => `${n}: ${num(cost.median)}`)
        .join(', ');
    const chain = sizes.flatMap((n) => cellOf(results, 'batches', 'S3 aggregate', n) ?? []);
    const [single, largest] = [chain[0], chain.at(-1)];
    const falls = spread(ratiosOf(largest, single).map((ratio) => 1 - ratio));
    if (falls.count === 0 || single === largest) {
      return { verdict: 'not asked', interval: 'needs two batch sizes of S3 aggregate', text: '' };
    }
    const units = (name: string): number => {
      const cell = cellOf(results, 'operations', name, 1);
      return cell === undefined ? Number.NaN : quantile(inUnits(cell), 0.5);
    };
    const shared = units('Miller loop, cached lines') + units('final exponentiation');
    const whole =
      4 * (units('hash to G1') + shared) + units('Miller loop, cached lines') + units('decode sigma');
    const lost = below({ low: -falls.high, high: -falls.low, count: falls.count }, -0.05);
    const last = sizes.at(-1) ?? 1;
    const grouped = times(results, 'batches', 'S2g 128 bits', last, 'hashing alone');
    return {
      verdict: lost === 'yes' ? 'refuted in part' : lost === 'no' ? 'not refuted' : 'undecided',
      interval: `CHAIN falls by ${range(falls, (value) => percent(value))} from n = ${single?.parameter} to ${largest?.parameter}; above 5 % refutes its part`,
      text:
        `CPU per route in milliseconds by batch size, four hops, 64 signers. PLAIN grouped, 128-bit coefficients: ` +
        `${list('S2g 128 bits')}; 64 bits: ${list('S2g 64 bits')}; aggregate without coefficients: ` +
        `${list('S4 aggregate, no coefficients')}; 128 bits with all signers distinct, where grouping finds nothing: ` +
        `${list('S2g 128 bits, distinct signers')}; hashing alone: ${list('hashing alone')}. At n = ${last} the ` +
        `grouped batch costs ${withSpread(grouped)} times its own hashing. CHAIN, merged: ${list('S3 aggregate')}. The ` +
        `pairing of the aggregate itself is shared, which is worth at most ${percent(shared / whole)} at four hops by ` +
        `the measured operations; nothing else is shared.`,
    };
  },
};
