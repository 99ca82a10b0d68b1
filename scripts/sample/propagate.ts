import type { Relation, Topology } from './topology.js';

/** An element of a path: an ASN, or the members of an AS_SET. */
export type PathItem = number | readonly number[];
export type SamplePath = readonly PathItem[];

/** A path put into the world at one AS: `path` is what it believes to lie behind itself, usually nothing. */
export interface Seed {
  readonly at: number;
  readonly path: SamplePath;
  /** Sends the route to these neighbours only. */
  readonly onlyTo?: readonly number[];
}

/** The circumstances of one announcement that differ from everyday routing. */
export interface Circumstances {
  /** Exports that break the export rule: `from` sends what it has to `to`, whatever it learned it from. */
  readonly leaks?: ReadonlyArray<{ readonly from: number; readonly to: readonly number[] }>;
  /** Sessions that are down. */
  readonly down?: ReadonlyArray<readonly [number, number]>;
}

/** The route an AS has chosen: its neighbour's relation (`self` for own routes) and the path behind the AS. */
export interface Chosen {
  readonly relation: Relation | 'self';
  readonly path: SamplePath;
  readonly onlyTo: readonly number[] | undefined;
}

const RANK = { self: 0, customer: 1, peer: 2, provider: 3 } as const;

/**
 * Propagates one announcement with the usual policies (Gao and Rexford): prefer routes of customers to those of peers
 * to those of providers, then the shorter path, then the lower neighbour; export to peers and providers only own and
 * customers' routes. Returns what every AS has chosen.
 */
export function propagate(
  topology: Topology,
  seeds: readonly Seed[],
  circumstances: Circumstances = {},
): Map<number, Chosen> {
  const chosen = new Map<number, Chosen>();
  const offers = new Map<number, Map<number, SamplePath>>(); // receiver -> sender -> path as sent
  let changed = new Set<number>();
  for (const { at, path, onlyTo } of seeds) {
    chosen.set(at, { relation: 'self', path, onlyTo });
    changed.add(at);
  }
  for (let round = 0; changed.size > 0; round++) {
    if (round > 100) throw new Error('the announcement does not settle');
    const touched = new Set<number>();
    for (const from of [...changed].sort((a, b) => a - b)) {
      for (const [to] of topology.nodes.get(from)?.neighbors ?? []) {
        const sent = exported(topology, from, to, chosen.get(from), circumstances);
        const received = sent?.flat().includes(to) ? undefined : sent; // loop detection
        const table = offers.get(to) ?? new Map<number, SamplePath>();
        offers.set(to, table);
        if (received) table.set(from, received);
        else if (!table.delete(from)) continue;
        touched.add(to);
      }
    }
    changed = new Set();
    for (const asn of touched) {
      const before = chosen.get(asn);
      if (before?.relation === 'self') continue;
      const best = select(topology, asn, offers.get(asn) ?? new Map());
      if (JSON.stringify(best) === JSON.stringify(before)) continue;
      if (best) chosen.set(asn, best);
      else chosen.delete(asn);
      changed.add(asn);
    }
  }
  return chosen;
}

function select(topology: Topology, asn: number, table: Map<number, SamplePath>): Chosen | undefined {
  let best: { chosen: Chosen; from: number } | undefined;
  for (const [from, path] of table) {
    const relation = topology.nodes.get(asn)?.neighbors.get(from) ?? 'provider';
    const order =
      best === undefined
        ? -1
        : RANK[relation] - RANK[best.chosen.relation] ||
          path.length - best.chosen.path.length ||
          from - best.from;
    if (order < 0) best = { chosen: { relation, path, onlyTo: undefined }, from };
  }
  return best?.chosen;
}

/** The path that `from` sends to `to`, or undefined when its policy sends none. `relation` names what `to` is to `from`. */
export function exported(
  topology: Topology,
  from: number,
  to: number,
  route: Chosen | undefined,
  circumstances: Circumstances,
  relation: Relation | undefined = topology.nodes.get(from)?.neighbors.get(to),
): SamplePath | undefined {
  if (!route || !relation || (route.onlyTo && !route.onlyTo.includes(to))) return undefined;
  if (circumstances.down?.some(([a, b]) => (a === from && b === to) || (a === to && b === from)))
    return undefined;
  const regular = relation === 'customer' || route.relation === 'self' || route.relation === 'customer';
  const leaked = circumstances.leaks?.some((leak) => leak.from === from && leak.to.includes(to)) ?? false;
  if (!regular && !leaked) return undefined;
  const copies = 1 + (topology.prepends.get(`${from}>${to}`) ?? 0);
  return [...Array<number>(copies).fill(from), ...route.path];
}
