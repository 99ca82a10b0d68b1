import { CURVE_OUTCOMES, generateTopology, TIERS, tiersOf } from 'pathsec/simulate';

/** The topology of the tests of trials. */
export const small = generateTopology({ ases: 60, links: 150, seed: 5 });

/** The counts of a cell, from outcomes by AS, in the order of `tally.ts`. */
export function countsOf(
  { topology, clique }: typeof small,
  outcomes: readonly string[],
  adopters: ReadonlySet<number>,
  left: readonly number[],
): number[] {
  const counts = Array<number>(TIERS.length * 8).fill(0);
  const tiers = tiersOf(topology, clique);
  for (const [at, asn] of topology.asns.entries()) {
    if (left.includes(asn)) continue;
    const slot = 8 * (tiers[at] as number) + (adopters.has(asn) ? 4 : 0);
    const place = slot + CURVE_OUTCOMES.indexOf(outcomes[at] as never);
    counts[place] = (counts[place] as number) + 1;
  }
  return counts;
}

/** The counts of a cell without those of `diverted`. */
export const withoutDiverted = (cell: Int32Array): number[] =>
  [...cell].map((count, i) => (i % 4 === 3 ? 0 : count));
