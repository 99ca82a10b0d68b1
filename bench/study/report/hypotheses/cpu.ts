import { cellOf, parametersOf, ratioOf, times } from '../analysis.js';
import { withSpread } from '../format.js';
import { below, type Hypothesis, range, together, within } from './verdict.js';

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
    const predicted = lengths.filter((length) => Number(length) >= 3 && Number(length) <= 6);
    /** A predicted range at three to six hops: its verdict, and the intervals on which it rests. */
    const part = (name: string, scheme: string, limits: readonly [number, number]) => {
      const measured = predicted
        .map((length) => ({ length, ratio: times(results, 'byLength', scheme, length) }))
        .filter(({ ratio }) => ratio.count > 0);
      const verdict = within(
        measured.map(({ ratio }) => ratio),
        limits,
      );
      const each = measured.map(({ length, ratio }) => `${length} hops ${range(ratio)}`).join(', ');
      return { verdict, text: `${name} ${limits.join(' to ')}: ${verdict}, ${each || 'not measured'}` };
    };
    const plain = part('PLAIN', 'S2', [3, 5]);
    const chain = part('literal CHAIN', 'S3 literal', [7, 8]);
    const never = lost === 'yes' ? 'refuted' : lost === 'no' ? 'not refuted' : 'undecided';
    const operation = (name: string) => cellOf(results, 'operations', name, 1);
    return {
      verdict: together([plain.verdict, chain.verdict, never]),
      interval:
        `${plain.text}; ${chain.text}; never below ECDSA: ${never}, lowest ratio ${range(lowest.ratio)} ` +
        `(${lowest.where}). A range is refuted by an interval wholly outside of it, the last part by one below 1`,
      text:
        `One UPDATE, nothing cached, median (quartiles): PLAIN ${at('S2', 1)} at one ` +
        `hop, ${at('S2', 4)} at four, ${at('S2', 6)} at six; literal CHAIN ${at('S3 literal', 1)}, ` +
        `${at('S3 literal', 4)}, ${at('S3 literal', 6)}. With lines cached and CHAIN merged: PLAIN ` +
        `${at('S2 cached', 4)}, CHAIN ${at('S3 cached', 4)} at four hops. Cached against cached (ECDSA with key ` +
        `tables): PLAIN ${withSpread(times(results, 'byLength', 'S2 cached', 4, 'S1p'))}. Decoding of the signature is ` +
        `included and costs ${withSpread(ratioOf(operation('decode sigma'), operation('P-256 verification')))} P-256 ` +
        `verifications. ${
          lost === 'yes'
            ? 'Large grouped batches come below ECDSA: they hash without the redundant subgroup check of the library and without clearing cofactors. Per ' +
              'route on arrival, and against ECDSA with key tables, PLAIN stays well above.'
            : ''
        }`.trimEnd(),
    };
  },
};
