import { hasAny, type Neighbors, type Topology } from './topology.js';

/** A topology divided: ASes that send routes on, and those at the edge, which never do. */
export interface Core {
  /** The ASes without customers, ascending. */
  readonly edges: Int32Array;
  /** The others, ascending. */
  readonly transit: Int32Array;
  /** The customers of each AS that have customers themselves. */
  readonly customers: Neighbors;
}

/** The division of a topology. */
export function coreOf({ asns, customers }: Topology): Core {
  const count = asns.length;
  const all = { edges: [] as number[], transit: [] as number[] };
  for (let at = 0; at < count; at++) all[hasAny(customers, at) ? 'transit' : 'edges'].push(at);
  const offsets = new Int32Array(count + 1);
  const targets: number[] = [];
  for (let at = 0; at < count; at++) {
    for (let i = customers.offsets[at] as number; i < (customers.offsets[at + 1] as number); i++) {
      const to = customers.targets[i] as number;
      if (hasAny(customers, to)) targets.push(to);
    }
    offsets[at + 1] = targets.length;
  }
  return {
    edges: Int32Array.from(all.edges),
    transit: Int32Array.from(all.transit),
    customers: { offsets, targets: Int32Array.from(targets) },
  };
}
