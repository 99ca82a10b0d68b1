import type { StudyResults } from '../results.js';
import { spread } from '../statistics.js';
import { cellOf, inUnits, memoryRows, milliseconds, times } from './analysis.js';
import { num, table, withSpread } from './format.js';

/** What the experiment aims at, beside what was measured. */
export function targets(results: StudyResults): string {
  const us = (name: string): number => 1000 * milliseconds(results, 'operations', name, 1).median;
  const largest = Math.max(...results.config.batchSizes.filter((n) => n <= 64));
  const batch = (scheme: string): string => {
    const cell = cellOf(results, 'batches', scheme, largest);
    // Of the same round: the calibration operation is a pairing for which nothing is kept.
    const pairings = spread(cell === undefined ? [] : inUnits(cell, 'pairing'));
    return `${withSpread(pairings)} pairings, ${num(milliseconds(results, 'batches', scheme, largest).median)} ms`;
  };
  const stores = memoryRows(results);
  const size = Math.max(...stores.map(({ routes }) => routes));
  const add = us('aggregate: add');
  return table(
    ['target', 'measured'],
    [
      [
        'PLAIN, four hops, warm keys: at most 3.5 times ECDSA',
        withSpread(times(results, 'byLength', 'S2 cached', 4)),
      ],
      [
        `batch of ${largest} grouped: about one pairing a route`,
        `${batch('S2g 128 bits')} (64 bits: ${batch('S2g 64 bits')})`,
      ],
      [
        'aggregate: add and remove under 20 microseconds each',
        `${num(add)}, ${num(us('aggregate: remove') - add)} (decoded signatures)`,
      ],
      [
        'arrays that a packed store allocates within 10 % of its payload',
        stores
          .filter(({ routes, scheme }) => routes === size && !scheme.includes('object'))
          .map(({ scheme, arrays, payload }) => `${scheme}: ${num(100 * (arrays / payload - 1), 2)} %`)
          .join('; '),
      ],
    ],
  );
}
