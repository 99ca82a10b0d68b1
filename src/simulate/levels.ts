import { CUSTOMER, NONE, PEER, PROVIDER } from './plan.js';
import { DOES } from './policies.js';
import { ACCEPTED, adopt, isSignedAt, judge } from './receive.js';
import type { Routing } from './routing.js';
import type { Neighbors } from './topology.js';
import type { World } from './world.js';

/**
 * The routes that all ASes settle on, in three phases: from customers upwards, across to peers, from providers downwards.
 * Within a phase ASes are taken by the length of their paths, so that the first route that an AS accepts is a shortest one,
 * and whoever is as early has only to be compared with it. Every link is visited once or twice.
 *
 * It needs relation and length to come first in every choice: for signed routes that are preferred before length there is
 * `settleBySweeps`.
 */
export class Levels {
  readonly #world: World;
  readonly #routing: Routing;
  /** The ASes by length of path: the last one of a length, and for each AS the one before. */
  readonly #heads: number[] = [];
  readonly #before: Int32Array;

  constructor(world: World, routing: Routing) {
    this.#world = world;
    this.#routing = routing;
    this.#before = new Int32Array(routing.count);
  }

  /** Settles the plan with which the routing was started. */
  settle(): void {
    const { providers, customers, peers } = this.#world.topology;
    this.#heads.length = 0;
    // A neighbour to whom I am a provider is my customer: what is sent along `providers` comes from a customer.
    this.#climb(providers, CUSTOMER);
    this.#cross(peers);
    this.#climb(customers, PROVIDER);
  }

  /** Sends the routes of all ASes in a level to their neighbours, from the shortest on; new ones join longer levels. */
  #climb(neighbors: Neighbors, relation: number): void {
    const heads = this.#heads;
    const fixed = this.#fixedBySize(relation);
    let next = 0;
    for (let length = 1; length < heads.length || next < fixed.length; length++) {
      for (; next < fixed.length && (fixed[next] as Offer).length === length; next++) {
        const { row, sender, to } = fixed[next] as Offer;
        if (this.#offer(row, sender, to, relation)) this.#enlist(to);
      }
      for (let at = heads[length] ?? -1; at >= 0; at = this.#before[at] as number) {
        const end = neighbors.offsets[at + 1] as number;
        for (let i = neighbors.offsets[at] as number; i < end; i++) {
          const to = neighbors.targets[i] as number;
          if (this.#offer(at, at, to, relation)) this.#enlist(to);
        }
      }
    }
  }

  /** One step to peers, of routes from customers only; what comes of it goes no further than down. */
  #cross(peers: Neighbors): void {
    const found: number[] = [];
    for (const { row, sender, to } of this.#fixedBySize(PEER)) {
      if (this.#offer(row, sender, to, PEER)) found.push(to);
    }
    for (const head of this.#heads) {
      for (let at = head ?? -1; at >= 0; at = this.#before[at] as number) {
        const end = peers.offsets[at + 1] as number;
        for (let i = peers.offsets[at] as number; i < end; i++) {
          const to = peers.targets[i] as number;
          if (this.#offer(at, at, to, PEER)) found.push(to);
        }
      }
    }
    for (const at of found) this.#enlist(at);
  }

  #enlist(at: number): void {
    const length = this.#routing.length[at] as number;
    while (this.#heads.length <= length) this.#heads.push(-1);
    this.#before[at] = this.#heads[length] as number;
    this.#heads[length] = at;
  }

  /** Lets `to` choose between what it has and the route in `row`; true for the first route that it gets. */
  #offer(row: number, sender: number, to: number, relation: number): boolean {
    const routing = this.#routing;
    const has = routing.relation[to] as number;
    if (has !== NONE && (has !== relation || !this.#isBetter(row, sender, to))) return false;
    if (judge(this.#world, routing, row, sender, to, relation) !== ACCEPTED) return false;
    adopt(this.#world, routing, row, sender, to, relation, to);
    return has === NONE;
  }

  /** Whether the route in `row` is shorter, or signed where that counts, or of a lower AS than the one that `to` has. */
  #isBetter(row: number, sender: number, to: number): boolean {
    const routing = this.#routing;
    const length = (routing.length[row] as number) + 1;
    const had = routing.length[to] as number;
    if (length !== had) return length < had;
    if (((this.#world.does[to] as number) & DOES.signedThird) !== 0) {
      const signed = isSignedAt(this.#world, routing, row, to);
      if (signed !== isSignedAt(this.#world, routing, to, to)) return signed;
    }
    return sender < (routing.sender[to] as number);
  }

  /** The announcements of fixed routes along one kind of link, the shortest first. */
  #fixedBySize(relation: number): Offer[] {
    const { count, length, plan } = this.#routing;
    const offers: Offer[] = [];
    for (const { as: sender, exports } of plan.fixed.values()) {
      for (const [to, one] of exports) {
        if (one.relation !== relation) continue;
        const row = count + one.announcement;
        offers.push({ row, sender, to, length: length[row] as number });
      }
    }
    return offers.sort((a, b) => a.length - b.length);
  }
}

interface Offer {
  readonly row: number;
  readonly sender: number;
  readonly to: number;
  readonly length: number;
}
