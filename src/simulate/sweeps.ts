import { DecodeError } from '../bytes/index.js';
import { eachNeighbor, hasPassed, rowSent } from './offers.js';
import { FIXED, NONE } from './plan.js';
import { type Choice, decide } from './prefer.js';
import { ACCEPTED, adopt, judge } from './receive.js';
import type { Routing } from './routing.js';
import type { Topology } from './topology.js';
import type { World } from './world.js';

/**
 * The routes that all ASes settle on, for any preference: each in turn looks at what all its neighbours send and chooses
 * again, customers before their providers and then the other way round, until nobody chooses otherwise.
 *
 * @param maxSweeps twice as many as ASes are enough where there is one stable state: every sweep settles one at least.
 * @throws {DecodeError} `no-stable-state` where they never agree, as BGP itself may not when some prefer signed routes to
 * those of customers and others do not.
 */
export function settleBySweeps(world: World, routing: Routing, maxSweeps: number): void {
  const order = customersFirst(world.topology);
  for (let sweep = 0; sweep <= maxSweeps; sweep++) {
    let changed = false;
    for (const at of order) changed = chooseAgain(world, routing, at) || changed;
    order.reverse();
    if (!changed && sweep > 0) return;
  }
  // NON-SPEC: docs/decisions/simulate.md D-simulate-no-stable-state
  throw new DecodeError(
    'no-stable-state',
    'the ASes never agree on routes: their preferences contradict',
    {},
  );
}

/** The choice of one AS among what its neighbours send now; whether it is another one than before. */
function chooseAgain(world: World, routing: Routing, at: number): boolean {
  const { relation, sender } = routing;
  if (relation[at] === FIXED) return false;
  const trying = relation.length - 1;
  const found: { best?: Choice } = {};
  eachNeighbor(world.topology, at, (neighbor, as) => {
    const row = rowSent(routing, neighbor, at, as);
    if (row < 0 || hasPassed(routing, row, at)) return;
    if (judge(world, routing, row, neighbor, at, as) !== ACCEPTED) return;
    const choice = { row, neighbor, as };
    if (!found.best || decide(world, routing, at, found.best, choice) < 0) found.best = choice;
  });
  const { best } = found;
  if (best === undefined) {
    const had = relation[at] !== NONE;
    relation[at] = NONE;
    return had;
  }
  adopt(world, routing, best.row, best.neighbor, at, best.as, trying);
  const columns = [
    relation,
    sender,
    routing.length,
    routing.source,
    routing.firstUp,
    routing.lastDown,
    routing.otc,
    routing.flags,
  ];
  let changed = false;
  for (const column of columns) {
    if (column[at] === column[trying]) continue;
    column[at] = column[trying] as number;
    changed = true;
  }
  return changed;
}

/** All ASes, each behind its customers as far as nobody is a provider of its own provider. */
function customersFirst({ asns, customers, providers }: Topology): Int32Array {
  const count = asns.length;
  const waiting = new Int32Array(count);
  for (let i = 0; i < count; i++)
    waiting[i] = (customers.offsets[i + 1] as number) - (customers.offsets[i] as number);
  const order = new Int32Array(count);
  let end = 0;
  for (let i = 0; i < count; i++) if (waiting[i] === 0) order[end++] = i;
  for (let i = 0; i < end; i++) {
    const at = order[i] as number;
    for (let j = providers.offsets[at] as number; j < (providers.offsets[at + 1] as number); j++) {
      const provider = providers.targets[j] as number;
      waiting[provider] = (waiting[provider] as number) - 1;
      if (waiting[provider] === 0) order[end++] = provider;
    }
  }
  // Those in a circle of providers, and above one.
  for (let i = 0; i < count; i++) if ((waiting[i] as number) > 0) order[end++] = i;
  return order;
}
