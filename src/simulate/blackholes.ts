import { hasPassed, rowSent } from './offers.js';
import { FIXED, NONE } from './plan.js';
import { DOES } from './policies.js';
import type { Blackhole, PrefixRoutes } from './prefix-routes.js';
import { judge, ROV_INVALID } from './receive.js';
import type { Routing } from './routing.js';
import type { World } from './world.js';

/**
 * The blackholes of ROV++ v1 for a prefix: an AS that has no route to it, refused one as invalid, and would send the traffic
 * by its route to a covering prefix to the very neighbour that sent it the invalid one, drops it instead. It tells nobody.
 * NON-SPEC: docs/decisions/simulate.md D-simulate-rovpp
 *
 * @param covering the routes of covering prefixes, the longest first.
 */
export function blackholesOf(
  world: World,
  routing: Routing,
  covering: readonly PrefixRoutes[],
): Map<number, Blackhole> {
  const found = new Map<number, Blackhole>();
  if ((world.done & DOES.blackholes) === 0) return found;
  for (let at = 0; at < routing.count; at++) {
    if (((world.does[at] as number) & DOES.blackholes) === 0 || routing.relation[at] !== NONE) continue;
    const less = covering.find((one) => one.routing.relation[at] !== NONE || one.blackholes.has(at));
    if (less === undefined || less.blackholes.has(at)) continue;
    const fixed = less.routing.plan.fixed.get(at);
    const relation = fixed?.relation ?? (less.routing.relation[at] as number);
    if (relation === FIXED) continue;
    const sender = fixed?.next ?? (less.routing.sender[at] as number);
    const row = rowSent(routing, sender, at, relation);
    if (row < 0 || hasPassed(routing, row, at)) continue;
    if (judge(world, routing, row, sender, at, relation) !== ROV_INVALID) continue;
    found.set(at, { row, sender, relation });
  }
  return found;
}
