import { factsOf, memoryRows } from '../analysis.js';
import { num, percent } from '../format.js';
import { below, type Hypothesis, range } from './verdict.js';

export const memory: Hypothesis = {
  id: 'H2',
  title:
    'memory: about 60 % (as received), 72 to 77 % (paths interned), 83 % (signatures alone) at a mean of four hops',
  needs: ['tables', 'memory'],
  ask: (results) => {
    const rows = factsOf(results, 'tables').rows.map(({ name, octetsPerRoute: o }) => {
      const better = Math.min(
        o['ECDSA, paths interned'] ?? Number.NaN,
        o['ECDSA, statements and paths interned'] ?? Number.NaN,
      );
      return {
        name,
        received: 1 - (o['aggregate as received'] ?? Number.NaN) / (o['ECDSA as received'] ?? Number.NaN),
        interned: 1 - (o['aggregate, paths interned'] ?? Number.NaN) / better,
        signatures: 1 - 48 / (o['ECDSA signatures alone'] ?? Number.NaN),
      };
    });
    const measured = memoryRows(results);
    const size = Math.max(...measured.map(({ routes }) => routes));
    const at = (scheme: string) =>
      measured.find((row) => row.scheme === scheme && row.routes === size)?.measured;
    const [own, ecdsa] = [at('PLAIN, CHAIN: transit'), at('ECDSA')];
    if (own === undefined || ecdsa === undefined) {
      return { verdict: 'not asked', interval: 'needs ECDSA and PLAIN, CHAIN: transit', text: '' };
    }
    const saving = { low: 1 - own.high / ecdsa.low, high: 1 - own.low / ecdsa.high };
    const least = rows.reduce((a, b) => (a.interned < b.interned ? a : b));
    const lost = below(
      { low: Math.min(saving.low, least.interned), high: Math.min(saving.high, least.interned) },
      0.5,
    );
    return {
      verdict: lost === 'yes' ? 'refuted' : lost === 'no' ? 'not refuted' : 'undecided',
      interval:
        `measured saving ${range(saving, (value) => percent(value))} over all processes, smallest of the model ` +
        `${percent(least.interned)}; below 50 % would refute it`,
      text:
        `Savings by table, as received / against the better interned ECDSA / signatures alone: ${rows
          .map((r) => `${r.name}: ${percent(r.received)} / ${percent(r.interned)} / ${percent(r.signatures)}`)
          .join(
            '; ',
          )}. Measured in packed stores at ${num(size)} routes (transit, paths interned for both): ` +
        `${percent(1 - own.median / ecdsa.median)}. The smallest interned saving is that of "${least.name}". It shrinks ` +
        `where many peers see the same tails, because ECDSA signatures of shared statements can be stored once and ` +
        `aggregates cannot. A table with short paths saves less.`,
    };
  },
};
