import { comparePrefix, coversPrefix, equalPrefix, type Prefix } from '../inet/index.js';
import { createRovTable } from '../rov/index.js';
import type { SeedOptions } from '../tables/index.js';
import { blackholesOf } from './blackholes.js';
import { planLeaks, planSeeds } from './make-plan.js';
import type { PrefixRoutes } from './prefix-routes.js';
import type { Scenario } from './scenario.js';
import { settle } from './settle.js';
import type { Topology } from './topology.js';
import { createWorld, requireAs, type World } from './world.js';

/** What the ASes of a scenario have settled on. */
export interface Simulation {
  readonly scenario: Scenario;
  readonly topology: Topology;
  /** The storage, which the functions of this room read. */
  readonly world: World;
  /** The most specific prefix first. */
  readonly prefixes: readonly PrefixRoutes[];
}

/**
 * Lets the ASes of a scenario choose their routes until nobody would choose otherwise. A leak takes two passes: the route
 * that the leaker has without it is what it leaks, and stays.
 *
 * @throws {DecodeError} for what cannot be so: `as-unknown`, `link-self`, `link-contradiction`, `seed-twice`,
 * `no-stable-state`; the field is the place in the scenario.
 */
export function simulate(scenario: Scenario, { seed }: SeedOptions = {}): Simulation {
  const world = createWorld(scenario, seed);
  for (const name of ['attackers', 'victims'] as const) {
    for (const [i, asn] of scenario[name].entries()) requireAs(world.topology, asn, `${name}[${i}]`);
  }
  for (const [i, { asn }] of scenario.leaks.entries()) requireAs(world.topology, asn, `leaks[${i}].asn`);
  const vrps = [scenario.roas, ...(scenario.views ?? []).map(({ roas }) => roas)].map((roas) =>
    createRovTable(roas, { seed }),
  );
  const prefixes: PrefixRoutes[] = [];
  for (const prefix of distinctPrefixes(scenario)) {
    let routing = settle(world, planSeeds(world, vrps, scenario.seeds, prefix));
    const leaked = planLeaks(world, vrps, { leaks: scenario.leaks, prefix }, routing);
    if (leaked.fixed.size > routing.plan.fixed.size) routing = settle(world, leaked);
    const covering = prefixes.filter((other) => coversPrefix(other.prefix, prefix)).reverse();
    prefixes.push({ prefix, routing, blackholes: blackholesOf(world, routing, covering) });
  }
  return { scenario, topology: world.topology, world, prefixes: prefixes.reverse() };
}

/** The announced prefixes, those that cover others first. */
function distinctPrefixes({ seeds }: Scenario): Prefix[] {
  const sorted = seeds.map(({ prefix }) => prefix).sort(comparePrefix);
  const distinct = sorted.filter((prefix, i) => i === 0 || !equalPrefix(prefix, sorted[i - 1] as Prefix));
  return distinct.sort((a, b) => a.length - b.length);
}
