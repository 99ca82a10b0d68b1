import { type Asn, addressLength } from '../../inet/index.js';
import { createVrpStore, type Vrp } from '../../payload/index.js';
import type { PrefixFilter } from './slurm.js';

/**
 * The prefix filters as one test of a VRP (RFC 8416 §3.3.1). Prefixes go into packed stores, so that the time for a VRP
 * does not grow with the number of filters.
 */
export function createPrefixTest(filters: Iterable<PrefixFilter>): (vrp: Vrp) => boolean {
  const asns = new Set<Asn>(); // case 2: only an ASN
  const prefixes = createVrpStore(); // case 1: only a prefix (the ASN of the entry means nothing)
  const both = createVrpStore(); // case 3
  for (const { prefix, asn } of filters) {
    if (!prefix) {
      if (asn !== undefined) asns.add(asn);
      continue;
    }
    const entry = { prefix, maxLength: 8 * addressLength(prefix.afi), asn: asn ?? 0 };
    (asn === undefined ? prefixes : both).announce(entry);
  }
  return ({ prefix, asn }) => {
    if (asns.has(asn)) return true;
    if (prefixes.family(prefix.afi).longestCovering(prefix.octets, prefix.length) >= 0) return true;
    const arena = both.family(prefix.afi);
    const bits = 8 * addressLength(prefix.afi);
    let head = arena.longestCovering(prefix.octets, prefix.length);
    while (head >= 0) {
      const length = arena.length(head);
      if (arena.find(prefix.octets, length, bits, asn) >= 0) return true;
      head = arena.longestCovering(prefix.octets, length - 1);
    }
    return false;
  };
}
