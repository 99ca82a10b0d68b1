import { FIXED, NONE, PROVIDER } from './plan.js';
import { DOES } from './policies.js';
import { isSigned, isSignedAt, isUnsent } from './receive.js';
import { isRefused, refusedBy } from './refused.js';
import type { Routing } from './routing.js';
import type { World } from './world.js';

/** Longer than any path. */
const NEVER = 2 ** 31 - 1;
/** What a signed route seems to be shorter by, for who prefers it before length. */
const BEFORE_LENGTH = 2 ** 24;

/**
 * Gives every AS without customers, and without a route of its own or from a peer, the best of what its providers have. What
 * it gets is not carried on, for nobody asks: `make-plan.ts` does that where such an AS leaks.
 */
export function settleEdges(world: World, routing: Routing): void {
  const { relation, length, reach, refused, sender, source, asks } = routing;
  const { providers } = world.topology;
  const { offsets, targets } = providers;
  for (const at of world.core.transit) {
    const has = relation[at] as number;
    // Fixed routes were offered one by one.
    const sends = has !== NONE && has !== FIXED && !isUnsent(world, routing, at, at, PROVIDER);
    reach[at] = sends ? (length[at] as number) + 1 : NEVER;
    if (sends) refused[at] = refusedBy(world, routing, at, at, PROVIDER);
  }
  const prefersSigned = (world.done & (DOES.signedSecond | DOES.signedThird)) !== 0;
  for (const at of world.core.edges) {
    const has = relation[at] as number;
    if (has !== NONE && has !== PROVIDER) continue;
    const asked = asks[at] as number;
    const bySigned = prefersSigned && (asked & (DOES.signedSecond | DOES.signedThird)) !== 0;
    let best =
      has === NONE
        ? NEVER
        : bySigned
          ? keyOf(world, routing, at, at, length[at] as number)
          : (length[at] as number);
    let from = has === NONE ? -1 : (sender[at] as number);
    const end = offsets[at + 1] as number;
    for (let i = offsets[at] as number; i < end; i++) {
      const provider = targets[i] as number;
      let key = reach[provider] as number;
      if (key === NEVER) continue;
      if (bySigned) key = keyOf(world, routing, provider, at, key);
      if (key > best || (key === best && provider > from)) continue;
      const bits = refused[provider] as number;
      if ((asked & bits) !== 0 && isRefused(routing, provider, at, bits)) continue;
      best = key;
      from = provider;
      relation[at] = PROVIDER;
      length[at] = reach[provider] as number;
      sender[at] = provider;
      source[at] = source[provider] as number;
    }
  }
}

/** A number that is lower for the better of two routes from providers, as `at` prefers signed ones. */
function keyOf(world: World, routing: Routing, row: number, at: number, length: number): number {
  if (!isSigned(routing, row) || !isSignedAt(world, routing, row, at)) return 2 * length;
  const second = ((world.does[at] as number) & DOES.signedSecond) !== 0;
  return 2 * length - 1 - (second ? BEFORE_LENGTH : 0);
}
