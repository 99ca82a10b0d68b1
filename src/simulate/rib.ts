import { DecodeError } from '../bytes/index.js';
import { type Asn, formatPrefix } from '../inet/index.js';
import { FIXED, NONE } from './plan.js';
import type { PrefixRoutes } from './prefix-routes.js';
import { RELATIONS, type Relation } from './scenario.js';
import type { Simulation } from './simulate.js';

/** A route in the RIB of an AS. */
export interface RibRoute {
  /** What the neighbour is that sent it; `origin` for an own one. */
  readonly relation: Relation | 'origin';
  /** Where traffic goes: the neighbour that sent it, the AS itself for an own one. */
  readonly next: Asn;
  /** The AS itself first, prepends included. */
  readonly path: readonly Asn[];
  /** It drops traffic. */
  readonly blackhole?: true;
}

/** ASNs of all paths of an answer together: what an answer is allowed to grow to. */
const MAX_ASNS = 50_000_000;

/** The route of the AS of an index to one prefix; undefined where it has none. */
export function routeOf(simulation: Simulation, routes: PrefixRoutes, at: number): RibRoute | undefined {
  const { asns } = simulation.world.topology;
  const { routing, blackholes } = routes;
  const dropped = blackholes.get(at);
  if (dropped) {
    const { row, sender } = dropped;
    const sent = sentPath(simulation, routes, row);
    const path = [asns[at] as Asn, ...sent];
    return { relation: relationName(dropped.relation), next: asns[sender] as Asn, path, blackhole: true };
  }
  const code = routing.relation[at] as number;
  if (code === NONE) return undefined;
  const fixed = routing.plan.fixed.get(at);
  return {
    relation: relationName(fixed?.relation ?? code),
    next: asns[fixed?.next ?? (routing.sender[at] as number)] as Asn,
    path: routing.pathOf(at, asns),
  };
}

/** The path that the route in a row is sent with. */
export function sentPath({ world }: Simulation, { routing }: PrefixRoutes, row: number): readonly Asn[] {
  if (row < routing.count) return routing.pathOf(row, world.topology.asns);
  return routing.plan.announcements[row - routing.count]?.path ?? [];
}

/**
 * The RIBs of all ASes: for each its routes by prefix, the most specific first; those without a route are left out.
 *
 * @throws {DecodeError} `rib-size` for more than 50 million ASNs in all paths together.
 */
export function* ribs(
  simulation: Simulation,
): Generator<readonly [asn: Asn, routes: ReadonlyMap<string, RibRoute>]> {
  let size = 0;
  for (const [at, asn] of simulation.world.topology.asns.entries()) {
    const routes = new Map<string, RibRoute>();
    for (const one of simulation.prefixes) {
      const route = routeOf(simulation, one, at);
      if (route === undefined) continue;
      size += route.path.length;
      if (size > MAX_ASNS)
        throw new DecodeError('rib-size', 'the paths of all RIBs are too long to be told', {});
      routes.set(formatPrefix(one.prefix), route);
    }
    if (routes.size > 0) yield [asn, routes];
  }
}

function relationName(code: number): Relation | 'origin' {
  return code === FIXED ? 'origin' : (RELATIONS[code - 1] as Relation);
}
