import { type Aggregate, createAggregate, type Removal } from './aggregate.js';
import type { AggregateRoute } from './aggregate-route.js';
import type { PairingEngine } from './engine.js';
import type { SchemeId } from './suite.js';

/** Aggregates side by side, one per group: one group for a whole table, one per peer, or buckets of b routes. */
export interface AggregateSet<P, G> {
  add(group: G, route: AggregateRoute, sigma: P): void;
  /** As {@link Aggregate.remove}; a group without members is forgotten. A liar harms only its own group. */
  remove(group: G, route: AggregateRoute, sigma: P): Removal;
  get(group: G): Aggregate<P> | undefined;
  /** Groups with at least one member: 48 octets each. */
  readonly size: number;
}

/** No groups yet. `G` is the caller's: a peer, a bucket number, a constant. */
export function createAggregateSet<P, K, T, G>(
  engine: PairingEngine<P, K, T>,
  scheme: SchemeId,
): AggregateSet<P, G> {
  const groups = new Map<G, Aggregate<P>>();
  return {
    add(group, route, sigma) {
      const aggregate = groups.get(group) ?? createAggregate(engine, scheme);
      groups.set(group, aggregate);
      aggregate.add(route, sigma);
    },
    remove(group, route, sigma) {
      const aggregate = groups.get(group);
      if (aggregate === undefined) return 'not-a-member';
      const outcome = aggregate.remove(route, sigma);
      if (aggregate.size === 0) groups.delete(group);
      return outcome;
    },
    get: (group) => groups.get(group),
    get size() {
      return groups.size;
    },
  };
}

/** The bucket of the `index`-th route when `routes` routes share one aggregate. */
export function bucketOf(index: number, routes: number): number {
  if (!Number.isInteger(routes) || routes < 1) throw new RangeError(`routes per bucket: ${routes}`);
  return Math.floor(index / routes);
}
