import { settleByLevels } from './levels.js';
import type { Plan } from './plan.js';
import { DOES } from './policies.js';
import { Routing } from './routing.js';
import { settleBySweeps } from './sweeps.js';
import type { World } from './world.js';

/**
 * The routes of all ASes for one prefix, once nobody would choose otherwise any more.
 *
 * @param routing room for them, which is used again; a new one when absent.
 * @param maxSweeps after which choices that do not settle are given up; twice as many as ASes when absent.
 * @throws {DecodeError} `no-stable-state`, see `settleBySweeps`.
 */
export function settle(
  world: World,
  plan: Plan,
  routing = new Routing(world.topology.asns.length, plan.announcements.length),
  maxSweeps = 2 * world.topology.asns.length + 2,
): Routing {
  routing.start(plan);
  if (needsSweeps(world)) settleBySweeps(world, routing, maxSweeps);
  else settleByLevels(world, routing);
  return routing;
}

/**
 * Whether somebody prefers signed routes before everything, or some before path length and others not: then the routes that
 * are signed are none that could be settled before the others.
 */
export function needsSweeps({ does, done }: World): boolean {
  if ((done & DOES.signedFirst) !== 0) return true;
  if ((done & DOES.signedSecond) === 0) return false;
  return does.some((bits) => (bits & DOES.speaksBgpsec) !== 0 && (bits & DOES.signedSecond) === 0);
}
