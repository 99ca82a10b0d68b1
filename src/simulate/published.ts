import type { Asn } from '../inet/index.js';
import type { AspaPayload } from '../payload/index.js';
import { TRUE } from './objects.js';
import type { Simulation } from './simulate.js';

/**
 * The ASPAs that there are in a scenario: those that its file gives, and the true ones of ASes that publish because of what
 * they do, which list all their providers, or AS 0 without any. By customer.
 */
export function publishedAspas({ scenario, world }: Simulation): AspaPayload[] {
  const { objects, topology } = world;
  const { asns, providers } = topology;
  const own = [...asns].flatMap((customer, at): AspaPayload[] => {
    if (objects.aspa[at] !== TRUE) return [];
    const list = providers.targets.subarray(providers.offsets[at], providers.offsets[at + 1]);
    return [{ customer, providers: list.length === 0 ? [0] : Array.from(list, (to) => asns[to] as Asn) }];
  });
  return [...scenario.aspas, ...own].sort((a, b) => a.customer - b.customer);
}
