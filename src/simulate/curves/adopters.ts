import { coneSizes } from './cones.js';
import type { Ground } from './ground.js';
import type { AdoptionOrder } from './settings.js';

/**
 * Puts all ASes into `ground.queue` in the order in which they adopt in a trial: docs/decisions/simulate.md
 * D-curves-adopters.
 */
export function queueAdopters(ground: Ground, order: AdoptionOrder, random: () => number): void {
  const { queue, topology } = ground;
  if (order === 'cone') {
    ground.cones ??= byCone(ground);
    queue.set(ground.cones);
    return;
  }
  const count = queue.length;
  for (let i = 0; i < count; i++) queue[i] = i;
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor((i + 1) * random());
    const one = queue[i] as number;
    queue[i] = queue[j] as number;
    queue[j] = one;
  }
  if (order === 'uniform') return;
  const { offsets } = topology.customers;
  const isEarly = (at: number): boolean =>
    order === 'clique' ? ground.tiers[at] === 0 : offsets[at + 1] === offsets[at];
  const [early, late] = [queue.filter(isEarly), queue.filter((at) => !isEarly(at))];
  queue.set(early);
  queue.set(late, early.length);
}

/** The largest first; of equal ones the lowest ASN. */
function byCone({ topology }: Ground): Int32Array {
  const sizes = coneSizes(topology);
  return Int32Array.from(sizes.keys()).sort((a, b) => (sizes[b] as number) - (sizes[a] as number) || a - b);
}
