import { cellOf, parametersOf, ratioOf, times } from '../analysis.js';
import { num, withSpread } from '../format.js';
import { below, type Hypothesis, range } from './verdict.js';

export const cpu: Hypothesis = {
  id: 'H3',
  title: 'CPU: PLAIN 3 to 5 times ECDSA, CHAIN 7 to 8 times at three to six hops; never below ECDSA',
  needs: ['byLength', 'batches', 'operations'],
  ask: (results) => {
    const lengths = parametersOf(results, 'byLength');
    const candidates = [
      ...lengths.flatMap((length) =>
        ['S2', 'S2 cached'].map((scheme) => ({
          where: `${scheme}, n = 1, L = ${length}`,
          ratio: times(results, 'byLength', scheme, length),
        })),
      ),
      ...parametersOf(results, 'batches').flatMap((n) =>
        ['S2g 128 bits', 'S2g 64 bits', 'S4 aggregate, no coefficients'].map((scheme) => ({
          where: `${scheme}, n = ${n}, L = 4`,
          ratio: times(results, 'batches', scheme, n),
        })),
      ),
    ].filter(({ ratio }) => ratio.count > 0);
    const lowest = candidates.reduce((a, b) => (a.ratio.high < b.ratio.high ? a : b));
    const lost = below(lowest.ratio, 1);
    const at = (scheme: string, length: number): string =>
      withSpread(times(results, 'byLength', scheme, length));
    const over = (scheme: string): string => {
      const medians = lengths
        .filter((length) => Number(length) >= 3 && Number(length) <= 6)
        .map((length) => times(results, 'byLength', scheme, length).median);
      return `${num(Math.min(...medians))} to ${num(Math.max(...medians))}`;
    };
    const operation = (name: string) => cellOf(results, 'operations', name, 1);
    return {
      verdict: lost === 'yes' ? 'refuted in part' : lost === 'no' ? 'not refuted' : 'undecided',
      interval: `lowest ratio ${range(lowest.ratio)} (${lowest.where}); below 1 refutes the second half`,
      text:
        `At three to six hops the medians are ${over('S2')} for PLAIN and ${over('S3 literal')} for literal CHAIN; ` +
        `predicted were 3 to 5 and 7 to 8. One UPDATE, nothing cached, median (quartiles): PLAIN ${at('S2', 1)} at one ` +
        `hop, ${at('S2', 4)} at four, ${at('S2', 6)} at six; literal CHAIN ${at('S3 literal', 1)}, ` +
        `${at('S3 literal', 4)}, ${at('S3 literal', 6)}. With lines cached and CHAIN merged: PLAIN ` +
        `${at('S2 cached', 4)}, CHAIN ${at('S3 cached', 4)} at four hops. Cached against cached (ECDSA with key ` +
        `tables): PLAIN ${withSpread(times(results, 'byLength', 'S2 cached', 4, 'S1p'))}. Decoding of the signature is ` +
        `included and costs ${withSpread(ratioOf(operation('decode sigma'), operation('P-256 verification')))} P-256 ` +
        `verifications. ${
          lost === 'yes'
            ? 'Large grouped batches come below ECDSA: they hash without the redundant subgroup check of the library. Per ' +
              'route on arrival, and against ECDSA with key tables, PLAIN stays well above.'
            : ''
        }`.trimEnd(),
    };
  },
};
