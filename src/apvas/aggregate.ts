import type { AggregateRoute } from './aggregate-route.js';
import type { PairingEngine } from './engine.js';
import { routeIdentity } from './statement.js';
import type { SchemeId } from './suite.js';

/** What {@link Aggregate.remove} did. `signature-mismatch`: the last member left and the identity did not remain. */
export type Removal = 'removed' | 'not-a-member' | 'signature-mismatch';

/**
 * One signature for a multiset of routes: AggSign and RemSign (Algorithms 4 and 8) kept up to date over time
 * (docs/decisions/apvas.md D-apvas-removal).
 *
 * A signature may enter only after its own check, alone or in a batch with random coefficients, and only the very
 * point that entered may leave: whoever subtracts an unverified one has destroyed the aggregate.
 */
export interface Aggregate<P> {
  /** The sum of the members' signatures; the identity exactly when there is no member. */
  readonly sigma: P;
  /** Members, counted with their multiplicity. */
  readonly size: number;
  add(route: AggregateRoute, sigma: P): void;
  /**
   * Subtracts the signature of a member. Nothing changes unless the answer is `removed`: a route that is not a member
   * is refused, and so is a removal after which an empty set would have a signature.
   */
  remove(route: AggregateRoute, sigma: P): Removal;
  /** The members, each once per multiplicity. */
  members(): IterableIterator<AggregateRoute>;
}

/** An empty {@link Aggregate} of one scheme. */
export function createAggregate<P, K, T>(engine: PairingEngine<P, K, T>, scheme: SchemeId): Aggregate<P> {
  const members = new Map<string, { readonly route: AggregateRoute; count: number }>();
  let sum = engine.identity;
  let size = 0;
  return {
    get sigma() {
      return sum;
    },
    get size() {
      return size;
    },
    add(route, sigma) {
      const name = routeIdentity(route, scheme);
      const member = members.get(name);
      if (member === undefined) members.set(name, { route, count: 1 });
      else member.count++;
      sum = engine.add(sum, sigma);
      size++;
    },
    remove(route, sigma) {
      const name = routeIdentity(route, scheme);
      const member = members.get(name);
      if (member === undefined) return 'not-a-member';
      const rest = engine.add(sum, engine.negate(sigma));
      if (size === 1 && !engine.isIdentity(rest)) return 'signature-mismatch';
      sum = rest;
      size--;
      if (--member.count === 0) members.delete(name);
      return 'removed';
    },
    *members() {
      for (const { route, count } of members.values()) for (let i = 0; i < count; i++) yield route;
    },
  };
}
