import type { AspaPayload } from 'pathsec/payload';
import { seededRandom } from 'pathsec/tables';
import type { FlatPaths } from './paths.js';

/** Share of the ASNs on the paths that never attest, so that every table size meets "no attestation". */
const SILENT = 0.15;

/**
 * A seeded table over the adjacencies of the paths. Of two neighbours the one with more neighbours counts as the provider;
 * a customer lists each of its providers with probability 0.9 and each other neighbour with 0.02, or AS 0, so that hops meet
 * all three answers. Customers beyond the ASNs of the paths are synthetic with two providers.
 */
export function generateAspas(paths: FlatPaths, count: number, seed = 20_261_124): AspaPayload[] {
  const random = seededRandom(seed);
  const neighbors = adjacencies(paths);
  const degree = (asn: number): number => neighbors.get(asn)?.size ?? 0;
  const ranked = [...neighbors.keys()]
    .filter(() => random() >= SILENT)
    .map((asn) => ({ asn, key: random() }));
  ranked.sort((a, b) => a.key - b.key);
  const aspas: AspaPayload[] = ranked.slice(0, count).map(({ asn }) => {
    const seen = [...(neighbors.get(asn) ?? [])];
    const providers = seen.filter((other) => random() < (degree(other) > degree(asn) ? 0.9 : 0.02));
    return { customer: asn, providers: providers.length > 0 ? providers : [0] };
  });
  while (aspas.length < count) {
    const customer = 3_000_000_000 + aspas.length * 7;
    aspas.push({ customer, providers: [customer + 1, customer + 2] });
  }
  return aspas;
}

function adjacencies({ asns, starts }: FlatPaths): Map<number, Set<number>> {
  const neighbors = new Map<number, Set<number>>();
  const see = (asn: number, other: number): void => {
    const seen = neighbors.get(asn);
    if (seen) seen.add(other);
    else neighbors.set(asn, new Set([other]));
  };
  for (let i = 1; i < starts.length; i++) {
    for (let at = (starts[i - 1] as number) + 1; at < (starts[i] as number); at++) {
      const upper = asns[at - 1] as number;
      const lower = asns[at] as number;
      if (upper === lower) continue;
      see(lower, upper);
      see(upper, lower);
    }
  }
  return neighbors;
}
