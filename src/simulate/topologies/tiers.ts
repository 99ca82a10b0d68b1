import type { Asn } from '../../inet/index.js';
import { hasAny, indexOfAs, type Neighbors, type Topology } from '../topology.js';

/** Where an AS stands. */
export type Tier = (typeof TIERS)[number];

/** All of them: the clique; other ASes with customers; ASes without customers and with several neighbours; the others. */
export const TIERS = ['tier1', 'transit', 'multihomed', 'stub'] as const;

/** Places in {@link TIERS}, by index of the AS. */
export function tiersOf(topology: Topology, clique: readonly Asn[]): Uint8Array {
  const { asns, customers, peers, providers } = topology;
  const tiers = new Uint8Array(asns.length);
  for (let at = 0; at < asns.length; at++) {
    const neighbors = degreeOf(providers, at) + degreeOf(peers, at);
    tiers[at] = hasAny(customers, at) ? 1 : neighbors > 1 ? 2 : 3;
  }
  for (const asn of clique) {
    const at = indexOfAs(topology, asn);
    if (at >= 0) tiers[at] = 0;
  }
  return tiers;
}

/** How many neighbours of a kind an AS has. */
export function degreeOf({ offsets }: Neighbors, at: number): number {
  return (offsets[at + 1] as number) - (offsets[at] as number);
}
