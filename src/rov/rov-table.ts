import { createVrpStore, type Vrp, type VrpStore } from '../payload/index.js';
import type { SeedOptions } from '../tables/index.js';

/**
 * The VRPs that routes are validated against: a packed store that `announce` and `withdraw` change in place, with its
 * `generation` and `bytes`. The `vrps` of a `PayloadSet` are such a table as they stand, and stay in step with the set.
 */
export type RovTable = VrpStore;

/** A table with a copy of the given VRPs. RFC 6811 §2. */
export function createRovTable(vrps: Iterable<Vrp> = [], options: SeedOptions = {}): RovTable {
  return createVrpStore(vrps, options);
}
