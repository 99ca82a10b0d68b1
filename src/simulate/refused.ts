import { MAY_LOOP } from './policies.js';
import { refusals } from './receive.js';
import type { Routing } from './routing.js';
import type { World } from './world.js';

/** The refusals, and `MAY_LOOP` where somebody is in the path that was made up. */
export function refusedBy(
  world: World,
  routing: Routing,
  row: number,
  sender: number,
  relation: number,
): number {
  const bits = refusals(world, routing, row, sender, relation);
  return routing.open[routing.source[row] as number] === 1 ? bits : bits | MAY_LOOP;
}

/** Whether `to` refuses the route in `row`, which is refused by these bits. */
export function isRefused(
  { asks, plan, source }: Routing,
  row: number,
  to: number,
  refused: number,
): boolean {
  const hit = (asks[to] as number) & refused;
  if (hit !== MAY_LOOP) return hit !== 0;
  return plan.announcements[source[row] as number]?.loops?.has(to) === true;
}
