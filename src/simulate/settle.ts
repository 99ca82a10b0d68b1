import { settleByLevels } from './levels.js';
import type { Plan } from './plan.js';
import { DOES } from './policies.js';
import { Routing } from './routing.js';
import { settleBySweeps } from './sweeps.js';
import type { World } from './world.js';

/**
 * The routes of all ASes for one prefix, once nobody would choose otherwise any more.
 *
 * @throws {DecodeError} `no-stable-state`, see `settleBySweeps`.
 */
export function settle(world: World, plan: Plan): Routing {
  const count = world.topology.asns.length;
  const routing = new Routing(count, plan.announcements.length);
  routing.start(plan);
  if (needsSweeps(world)) settleBySweeps(world, routing);
  else settleByLevels(world, routing);
  return routing;
}

/** Whether somebody prefers signed routes before path length, which the phases by length cannot. */
export function needsSweeps({ done }: World): boolean {
  return (done & (DOES.signedFirst | DOES.signedSecond)) !== 0;
}
