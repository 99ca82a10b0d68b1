import {
  createPayloadSet,
  type FiltersOf,
  filterPayloads,
  kindsOf,
  PAYLOAD_KINDS,
  type PayloadSet,
  type Payloads,
  type PayloadTypes,
  unitePayloads,
} from '../../payload/index.js';
import type { Slurm } from './slurm.js';
import { partOf } from './slurm-kind.js';
import { SLURM_ROWS } from './slurm-kinds.js';

/**
 * A new set: the payloads without those that a filter matches, and then with all assertions, which no filter touches
 * (RFC 8416 §3.2). An asserted ASPA joins what is left of its customer. `seed` is that of the tables of the set and of the
 * filters.
 */
export function applySlurm(payloads: Payloads, slurm: Slurm, seed?: number): PayloadSet {
  // Step 1: filters.
  const all = kindsOf(PAYLOAD_KINDS).map((kind) => [kind, (value: unknown) => value]);
  const some = SLURM_ROWS.map((row) => [row.kind, row.createFilter(partOf(slurm, row).filters, seed)]);
  const filters = Object.fromEntries([...all, ...some]) as FiltersOf<PayloadTypes>;
  const result = createPayloadSet(filterPayloads(payloads, filters), { seed });
  // Step 2: additions.
  const added = SLURM_ROWS.map((row) => [row.kind, partOf(slurm, row).assertions.map(row.payloadOf)]);
  unitePayloads(result, Object.fromEntries(added) as Partial<Payloads>);
  return result;
}
