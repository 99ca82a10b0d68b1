import { settleEdges } from './edges.js';
import { CUSTOMER, NONE, PEER, PROVIDER } from './plan.js';
import { DOES, MAY_LOOP } from './policies.js';
import { type FixedOffer, fixedBySize, Queue } from './queue.js';
import { adopt, isSigned, isSignedAt, isUnsent } from './receive.js';
import { isRefused, refusedBy } from './refused.js';
import type { Routing } from './routing.js';
import type { Neighbors } from './topology.js';
import type { World } from './world.js';

/**
 * Lets all ASes settle on their routes, in three phases: from customers upwards, across to peers, from providers downwards.
 * Within a phase ASes are taken by the length of their paths, so that the first route that an AS accepts is a shortest one,
 * and whoever is as early has only to be compared with it. At last each AS without customers looks at what its providers
 * have: it sends nothing on, and needs no place among the others. Every link is visited once or twice.
 *
 * Where signed routes are preferred before length, each phase is gone through twice, for signed routes first: they stay among
 * ASes that all prefer them, so that no other route has a say in which they are.
 *
 * It needs relation to come first in every choice, and all who speak BGPsec to prefer signed routes before length or none:
 * otherwise there is `settleBySweeps`.
 *
 * @param routing started with the plan.
 */
export function settleByLevels(world: World, routing: Routing): void {
  const { providers, peers } = world.topology;
  routing.asks.set(world.does);
  for (const { loops = [] } of routing.plan.announcements) {
    for (const at of loops) routing.asks[at] = (routing.asks[at] as number) | MAY_LOOP;
  }
  const queue = new Queue(routing);
  const passes = (world.done & DOES.signedSecond) !== 0 ? [true, false] : [false];
  // What is sent along `providers` comes from a customer.
  for (const signed of passes)
    climb(world, routing, queue, { neighbors: providers, relation: CUSTOMER, signed });
  const found: number[] = [];
  for (const signed of passes)
    cross(world, routing, queue, { neighbors: peers, relation: PEER, signed }, found);
  for (const at of found) queue.add(at);
  for (const signed of passes) {
    climb(world, routing, queue, { neighbors: world.core.customers, relation: PROVIDER, signed });
  }
  settleEdges(world, routing);
}

/** Which links are gone along: what the sender is to the receiver, and whether for signed routes alone. */
interface Phase {
  readonly neighbors: Neighbors;
  readonly relation: number;
  readonly signed: boolean;
}

/** Sends the routes of all ASes in a level to their neighbours, from the shortest on; new ones join longer levels. */
function climb(world: World, routing: Routing, queue: Queue, phase: Phase): void {
  const fixed = fixedBySize(routing, phase.relation);
  const found: number[] = [];
  let next = 0;
  for (let length = 1; length < queue.levels || next < fixed.length; length++) {
    for (; next < fixed.length && fixed[next]?.length === length; next++) {
      offerFixed(world, routing, fixed[next] as FixedOffer, phase, found);
    }
    for (let at = queue.first(length); at >= 0; at = queue.after(at)) {
      offerAll(world, routing, at, phase, found);
    }
    for (const at of found) queue.add(at);
    found.length = 0;
  }
}

/** One step to peers, of routes from customers only; what comes of it goes no further than down. */
function cross(world: World, routing: Routing, queue: Queue, phase: Phase, found: number[]): void {
  for (const offer of fixedBySize(routing, PEER)) offerFixed(world, routing, offer, phase, found);
  for (let length = 1; length < queue.levels; length++) {
    for (let at = queue.first(length); at >= 0; at = queue.after(at)) {
      offerAll(world, routing, at, phase, found);
    }
  }
}

/** Offers the route of an AS to its neighbours of one kind; those for whom it is the first are added to `found`. */
function offerAll(world: World, routing: Routing, at: number, phase: Phase, found: number[]): void {
  const { relation, length, asks } = routing;
  const { neighbors, relation: is } = phase;
  const { offsets, targets } = neighbors;
  const end = offsets[at + 1] as number;
  let i = offsets[at] as number;
  if (i === end || (phase.signed && !isSigned(routing, at))) return;
  if (isUnsent(world, routing, at, at, is)) return;
  const refused = refusedBy(world, routing, at, at, is);
  const long = (length[at] as number) + 1;
  for (; i < end; i++) {
    const to = targets[i] as number;
    const has = relation[to] as number;
    // All that most links need to be asked: what the neighbour has comes first by relation or length.
    if (has !== NONE && (has !== is || (length[to] as number) < long)) continue;
    if (((asks[to] as number) & refused) !== 0 && isRefused(routing, at, to, refused)) continue;
    if (take(world, routing, at, at, to, phase)) found.push(to);
  }
}

function offerFixed(
  world: World,
  routing: Routing,
  { row, sender, to }: FixedOffer,
  phase: Phase,
  found: number[],
): void {
  const { relation } = phase;
  const has = routing.relation[to] as number;
  if (has !== NONE && has !== relation) return;
  if (phase.signed && !isSigned(routing, row)) return;
  if (isUnsent(world, routing, row, sender, relation)) return;
  if (isRefused(routing, row, to, refusedBy(world, routing, row, sender, relation))) return;
  if (take(world, routing, row, sender, to, phase)) found.push(to);
}

/** Lets `to` choose between what it has and the route in `row`, which it accepts; true for the first route that it gets. */
function take(
  world: World,
  routing: Routing,
  row: number,
  sender: number,
  to: number,
  { relation, signed }: Phase,
): boolean {
  const second = ((world.does[to] as number) & DOES.signedSecond) !== 0;
  if (signed && !second) return false;
  const isFirst = routing.relation[to] === NONE;
  if (!isFirst) {
    // What was signed has been settled before.
    if (second && !signed && isSigned(routing, to)) return false;
    if (!isBetter(world, routing, row, sender, to)) return false;
  }
  adopt(world, routing, row, sender, to, relation, to);
  return isFirst;
}

/** Whether the route in `row` is shorter, or signed where that counts, or of a lower AS than the one that `to` has. */
function isBetter(world: World, routing: Routing, row: number, sender: number, to: number): boolean {
  const length = (routing.length[row] as number) + 1;
  const had = routing.length[to] as number;
  if (length !== had) return length < had;
  if (((world.does[to] as number) & DOES.signedThird) !== 0) {
    const signed = isSignedAt(world, routing, row, to);
    if (signed !== isSignedAt(world, routing, to, to)) return signed;
  }
  return sender < (routing.sender[to] as number);
}
