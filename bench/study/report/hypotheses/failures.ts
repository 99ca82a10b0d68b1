import { factsOf, parametersOf, times } from '../analysis.js';
import { num, percent } from '../format.js';
import { below, type Hypothesis } from './verdict.js';

export const failures: Hypothesis = {
  id: 'H5',
  title: 'failures: one bad route costs 1.0 (quotient) to 1.5 (plain) extra passes; every bad route is named',
  needs: ['failures'],
  ask: (results) => {
    const { n, searches, misses, falseAccusations, passes } = factsOf(results, 'failures');
    const extra = (mode: string, bad: number): string => {
      const row = passes.find((one) => one.mode === mode && one.bad === bad);
      return row === undefined ? 'n/a' : `${num(row.mean - 1)} (${num(row.low - 1)} to ${num(row.high - 1)})`;
    };
    const counts = parametersOf(results, 'failures').map(Number);
    const loss = (mode: string): string => {
      const ratios = counts.map((bad) => ({
        bad,
        ratio: times(results, 'failures', mode, bad, 'one by one'),
      }));
      const lost = ratios.find(({ ratio }) => below(ratio, 1) === 'no');
      const won = ratios.filter(({ ratio }) => below(ratio, 1) === 'yes').at(-1);
      return (
        `${won === undefined ? 'never cheaper' : won.bad === 0 ? 'cheaper with none bad' : `cheaper up to ${won.bad} bad`}, ` +
        `${lost === undefined ? 'never surely dearer' : `dearer from ${lost.bad} (${percent(lost.bad / n)})`}`
      );
    };
    const listed = counts.filter((bad) => bad > 0);
    return {
      verdict: misses + falseAccusations > 0 ? 'refuted' : 'not refuted',
      interval:
        `${misses} misses and ${falseAccusations} false accusations in ${searches} searches, one of either would refute it; ` +
        `extra passes for one bad route, mean (range): quotient ${extra('quotient', 1)}, plain ${extra('plain', 1)}`,
      text:
        `Extra passes of pairings over a batch of ${n}, mean (range) over ${num(passes[0]?.places ?? 0)} random places of ` +
        `the bad routes: ${listed
          .map((bad) => `${bad} bad: quotient ${extra('quotient', bad)}, plain ${extra('plain', bad)}`)
          .join(
            '; ',
          )}. The passes depend on where the bad routes lie, and one search has at most log2 n of them per ` +
        `bad route. Cancelling pairs are among the faults. In CPU the batch against one by one: quotient ` +
        `${loss('quotient')}; plain ${loss('plain')}.`,
    };
  },
};
