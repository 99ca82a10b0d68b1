import type { Topology } from '../topology.js';
import type { Pair } from './draw.js';
import type { Ground } from './ground.js';

/**
 * A chain of true links that ends at the victim, with `hops` ASes in it, or fewer where it goes no further: upwards by
 * providers as long as there are any, else by peers, else by customers; the attacker is not in it. The AS nearest to the
 * attacker comes first.
 */
export function trueChain(
  { customers, peers, providers }: Topology,
  { attacker, victim }: Pair,
  hops: number,
  random: () => number,
): number[] {
  const chain = [victim];
  while (chain.length < hops) {
    const at = chain[0] as number;
    const next = [providers, peers, customers]
      .map(({ offsets, targets }) =>
        targets
          .subarray(offsets[at] as number, offsets[at + 1] as number)
          .filter((to) => to !== attacker && !chain.includes(to)),
      )
      .find((list) => list.length > 0);
    if (next === undefined) break;
    chain.unshift(next[Math.floor(next.length * random())] as number);
  }
  return chain;
}

/**
 * The shortest chain from the victim up by providers to an AS that does not publish, which may have any provider as far as
 * anybody knows; the victim alone where all publish. The AS nearest to the attacker comes first.
 */
export function upwardChain({ publishes, topology }: Ground, { attacker, victim }: Pair): number[] {
  const { offsets, targets } = topology.providers;
  const below = new Map<number, number>([[victim, -1]]);
  const open = [victim];
  for (const at of open) {
    if (publishes[at] === 0 && at !== attacker) {
      const chain: number[] = [];
      for (let one = at; one >= 0; one = below.get(one) ?? -1) chain.push(one);
      return chain;
    }
    for (let i = offsets[at] as number; i < (offsets[at + 1] as number); i++) {
      const to = targets[i] as number;
      if (to === attacker || below.has(to)) continue;
      below.set(to, at);
      open.push(to);
    }
  }
  return [victim];
}
