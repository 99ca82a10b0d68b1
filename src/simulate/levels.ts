import { CUSTOMER, NONE, PEER, PROVIDER } from './plan.js';
import { DOES } from './policies.js';
import { ACCEPTED, adopt, isSignedAt, judge } from './receive.js';
import type { Routing } from './routing.js';
import type { Neighbors } from './topology.js';
import type { World } from './world.js';

/** The ASes by length of path: the last one of each length, and for each AS the one before it. */
interface Queue {
  readonly heads: number[];
  readonly before: Int32Array;
}

/**
 * Lets all ASes settle on their routes, in three phases: from customers upwards, across to peers, from providers downwards.
 * Within a phase ASes are taken by the length of their paths, so that the first route that an AS accepts is a shortest one,
 * and whoever is as early has only to be compared with it. Every link is visited once or twice.
 *
 * It needs relation and length to come first in every choice: for signed routes that are preferred before length there is
 * `settleBySweeps`.
 *
 * @param routing started with the plan.
 */
export function settleByLevels(world: World, routing: Routing): void {
  const { providers, customers, peers } = world.topology;
  const queue: Queue = { heads: [], before: new Int32Array(routing.count) };
  // What is sent along `providers` comes from a customer.
  climb(world, routing, queue, providers, CUSTOMER);
  cross(world, routing, queue, peers);
  climb(world, routing, queue, customers, PROVIDER);
}

/** Sends the routes of all ASes in a level to their neighbours, from the shortest on; new ones join longer levels. */
function climb(world: World, routing: Routing, queue: Queue, neighbors: Neighbors, relation: number): void {
  const { heads, before } = queue;
  const fixed = fixedBySize(routing, relation);
  const found: number[] = [];
  let next = 0;
  for (let length = 1; length < heads.length || next < fixed.length; length++) {
    for (; next < fixed.length && fixed[next]?.length === length; next++) {
      offerFixed(world, routing, fixed[next] as FixedOffer, relation, found);
    }
    for (let at = heads[length] ?? -1; at >= 0; at = before[at] as number) {
      offerAll(world, routing, at, neighbors, relation, found);
    }
    for (const at of found) enlist(routing, queue, at);
    found.length = 0;
  }
}

/** One step to peers, of routes from customers only; what comes of it goes no further than down. */
function cross(world: World, routing: Routing, queue: Queue, peers: Neighbors): void {
  const { heads, before } = queue;
  const found: number[] = [];
  for (const offer of fixedBySize(routing, PEER)) offerFixed(world, routing, offer, PEER, found);
  for (const head of heads) {
    for (let at = head; at >= 0; at = before[at] as number) {
      offerAll(world, routing, at, peers, PEER, found);
    }
  }
  for (const at of found) enlist(routing, queue, at);
}

function enlist({ length: lengths }: Routing, { heads, before }: Queue, at: number): void {
  const length = lengths[at] as number;
  while (heads.length <= length) heads.push(-1);
  before[at] = heads[length] as number;
  heads[length] = at;
}

/** Offers the route of an AS to its neighbours of one kind; those for whom it is the first are added to `found`. */
function offerAll(
  world: World,
  routing: Routing,
  at: number,
  { offsets, targets }: Neighbors,
  is: number,
  found: number[],
): void {
  const { relation, length } = routing;
  const long = (length[at] as number) + 1;
  const end = offsets[at + 1] as number;
  for (let i = offsets[at] as number; i < end; i++) {
    const to = targets[i] as number;
    const has = relation[to] as number;
    // All that most links need to be asked: what the neighbour has comes first by relation or length.
    if (has !== NONE && (has !== is || (length[to] as number) < long)) continue;
    if (offer(world, routing, at, at, to, is)) found.push(to);
  }
}

function offerFixed(
  world: World,
  routing: Routing,
  { row, sender, to, length }: FixedOffer,
  is: number,
  found: number[],
): void {
  const has = routing.relation[to] as number;
  if (has !== NONE && (has !== is || (routing.length[to] as number) < length + 1)) return;
  if (offer(world, routing, row, sender, to, is)) found.push(to);
}

/** Lets `to` choose between what it has and the route in `row`; true for the first route that it gets. */
function offer(
  world: World,
  routing: Routing,
  row: number,
  sender: number,
  to: number,
  relation: number,
): boolean {
  const isFirst = routing.relation[to] === NONE;
  if (!isFirst && !isBetter(world, routing, row, sender, to)) return false;
  if (judge(world, routing, row, sender, to, relation) !== ACCEPTED) return false;
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

/** An announcement of a fixed route to one neighbour. */
interface FixedOffer {
  readonly row: number;
  readonly sender: number;
  readonly to: number;
  readonly length: number;
}

/** The announcements of fixed routes along one kind of link, the shortest first. */
function fixedBySize({ count, length, plan }: Routing, relation: number): FixedOffer[] {
  const offers: FixedOffer[] = [];
  for (const { as: sender, exports } of plan.fixed.values()) {
    for (const [to, one] of exports) {
      if (one.relation !== relation) continue;
      const row = count + one.announcement;
      offers.push({ row, sender, to, length: length[row] as number });
    }
  }
  return offers.sort((a, b) => a.length - b.length);
}
