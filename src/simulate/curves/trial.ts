import { DecodeError } from '../../bytes/index.js';
import type { Prefix } from '../../inet/index.js';
import { createRovTable } from '../../rov/index.js';
import { blackholesOf } from '../blackholes.js';
import { planLeaks, planSeeds } from '../make-plan.js';
import type { PrefixRoutes } from '../prefix-routes.js';
import type { Routing } from '../routing.js';
import { settle } from '../settle.js';
import type { World } from '../world.js';
import { Adopters, queueAdopters, staleBy } from './adopters.js';
import { type Attack, type AttackParts, drawAttack, prefixesOf } from './attack.js';
import { orderSource } from './draw.js';
import { markCrossed, traceEnds } from './ends.js';
import type { Ground } from './ground.js';
import type { AttackName, CurveSettings, Mechanism } from './settings.js';
import { CELLS, tally } from './tally.js';

/** How many numbers a trial gives: {@link CELLS} for each attack, mechanism and share, in this order. */
export function trialSize({ adopt, attacks, mechanisms }: CurveSettings): number {
  return attacks.length * mechanisms.length * adopt.length * CELLS;
}

/**
 * Counts ASes by what became of their traffic in one trial.
 *
 * @param into of {@link trialSize}.
 */
export function runTrial(ground: Ground, settings: CurveSettings, trial: number, into: Int32Array): void {
  const { adopt, attacks, mechanisms, order, seed } = settings;
  queueAdopters(ground, order, orderSource(seed, trial));
  let offset = 0;
  for (const name of attacks) {
    const attack = drawAttack(ground, name, seed, trial, (victim) => settleBefore(ground, victim));
    if (attack.diverts) markCrossed(ground.before, attack.attacker, ground.crossed);
    for (const mechanism of mechanisms) {
      const adopters = new Adopters(ground, settings, trial, attack, mechanism);
      for (const share of adopt) {
        adopters.growTo(share);
        const settled = runCell(ground, adopters.world, attack, attack.parts(mechanism), settings);
        if (settled) tally(ground, attack, into, offset);
        else into.fill(0, offset, offset + CELLS);
        offset += CELLS;
      }
    }
  }
}

/** Draws the first attack of the settings, and lets so many adopt the first mechanism as the first share says. */
export function beginCell(
  ground: Ground,
  settings: CurveSettings,
  trial: number,
): { readonly attack: Attack; readonly stale: (at: number) => boolean } {
  const { adopt, attacks, mechanisms, order, seed, stale = 0 } = settings;
  queueAdopters(ground, order, orderSource(seed, trial));
  const attack = drawAttack(ground, attacks[0] as AttackName, seed, trial, (victim) =>
    settleBefore(ground, victim),
  );
  new Adopters(ground, settings, trial, attack, mechanisms[0] as Mechanism).growTo(adopt[0] as number);
  return { attack, stale: stale === 0 ? () => false : staleBy(seed, trial, stale) };
}

/** The routes to a victim without attack and mechanism. */
function settleBefore(ground: Ground, victim: number): void {
  ground.world.does.fill(0);
  const { asns } = ground.topology;
  const asn = asns[victim] as number;
  const prefix: Prefix = PLAIN;
  const seeds = [{ asn, prefix, path: [asn], pathTo: {}, prepend: 0 }];
  const world = { ...ground.world, done: 0 };
  settle(world, planSeeds(world, [createRovTable([])], seeds, prefix), ground.before);
}

const PLAIN: Prefix = { afi: 1, length: 0, octets: new Uint8Array(4) };

/** Sweeps after which choices are taken for ones that never agree: those that do take some ten. */
const MAX_SWEEPS = 100;

/**
 * Lets the ASes choose, and finds where the traffic of each ends; false where they never agree
 * (docs/decisions/simulate.md D-curves-unsettled).
 */
function runCell(
  ground: Ground,
  world: World,
  attack: Attack,
  parts: AttackParts,
  { stale = 0 }: CurveSettings,
): boolean {
  try {
    settleCell(ground, world, attack, parts, stale);
    return true;
  } catch (error) {
    if (error instanceof DecodeError && error.code === 'no-stable-state') return false;
    throw error;
  }
}

function settleCell(ground: Ground, world: World, attack: Attack, parts: AttackParts, stale: number): void {
  const vrps = [createRovTable(parts.roas), ...(stale > 0 ? [createRovTable([])] : [])];
  const found: PrefixRoutes[] = [];
  for (const [i, prefix] of prefixesOf(parts).entries()) {
    const room = ground.routings[i] as Routing;
    let routing = settle(world, planSeeds(world, vrps, parts.seeds, prefix), room, MAX_SWEEPS);
    const leaked = planLeaks(world, vrps, { leaks: parts.leaks, prefix }, routing);
    if (leaked.fixed.size > routing.plan.fixed.size) routing = settle(world, leaked, room, MAX_SWEEPS);
    // The shorter ones come first, and the nearest cover is the longest.
    found.unshift({ prefix, routing, blackholes: blackholesOf(world, routing, found) });
  }
  traceEnds(ground, attack, found);
}
