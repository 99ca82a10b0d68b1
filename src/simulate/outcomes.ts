import { coversPrefix } from '../inet/index.js';
import { NONE } from './plan.js';
import type { PrefixRoutes } from './prefix-routes.js';
import type { Simulation } from './simulate.js';
import { indexOfAs } from './topology.js';

/** Where the traffic of an AS ends. */
export type Outcome = (typeof OUTCOMES)[number];

/** All outcomes. */
export const OUTCOMES = ['attacker', 'victim', 'disconnected', 'loop'] as const;
const [ATTACKER, VICTIM, DISCONNECTED, LOOP] = [1, 2, 3, 4];
const UNDER_WAY = 5;

/**
 * Where the traffic of each AS to the target ends, by index: next hops are followed, at each AS by its most specific route
 * that covers the target, until an attacker, a victim, a dead end or an AS that was passed before.
 */
export function outcomesOf(simulation: Simulation): Outcome[] {
  const { scenario, world } = simulation;
  const count = world.topology.asns.length;
  const ends = new Uint8Array(count);
  for (const asn of scenario.victims) ends[indexOfAs(world.topology, asn)] = VICTIM as number;
  for (const asn of scenario.attackers) ends[indexOfAs(world.topology, asn)] = ATTACKER as number;
  const covering = coveringOf(simulation);
  for (let start = 0; start < count; start++) {
    const way: number[] = [];
    let at = start;
    while (ends[at] === 0) {
      ends[at] = UNDER_WAY;
      way.push(at);
      const next = nextHop(covering, at);
      if (next < 0) {
        ends[at] = DISCONNECTED as number;
        break;
      }
      at = next;
    }
    const end = ends[at] === UNDER_WAY ? (LOOP as number) : (ends[at] as number);
    for (const one of way) ends[one] = end;
  }
  return Array.from(ends, (end) => OUTCOMES[end - 1] as Outcome);
}

/** The next hop of the most specific route; -1 without any, for an own route and for a blackhole. */
function nextHop(covering: readonly PrefixRoutes[], at: number): number {
  for (const { routing, blackholes } of covering) {
    if (blackholes.has(at)) return -1;
    if (routing.relation[at] === NONE) continue;
    const fixed = routing.plan.fixed.get(at);
    if (fixed === undefined) return routing.sender[at] as number;
    return fixed.next === at ? -1 : fixed.next;
  }
  return -1;
}

/** To which AS the AS of an index hands traffic to the target; -1 where it ends, or goes nowhere. By index. */
export function nextHopOf(simulation: Simulation, at: number): number {
  return nextHop(coveringOf(simulation), at);
}

function coveringOf({ scenario, prefixes }: Simulation): readonly PrefixRoutes[] {
  const { target } = scenario;
  return target === undefined ? [] : prefixes.filter(({ prefix }) => coversPrefix(prefix, target));
}
