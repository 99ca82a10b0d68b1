import { requireIterable, requireObject, sayValue } from '../inet/index.js';
import { type AspaPayload, DEFAULT_MAX_PROVIDERS } from '../payload/index.js';
import { AspaTable, type AspaTableOptions } from './aspa-table.js';

/**
 * Builds the U-SPAS table (draft-28 §5.3) from validated ASPA payloads in any order: the union of all ASPAs of a customer,
 * AS 0 without influence beside others, over-long unions dropped whole. AFI limits of old payloads are forgotten
 * (draft-28 §7.1). What was dropped or amended is told by `notes`.
 *
 * @throws {TypeError} for what is no list of payloads; {@link RangeError} for a number that is no ASN, or a `maxProviders` that is no positive integer.
 */
export function createAspaTable(aspas: Iterable<AspaPayload>, options: AspaTableOptions = {}): AspaTable {
  requireIterable(aspas, 'aspas', 'a list of payloads {customer, providers}');
  requireObject(options, 'the options', '{maxProviders, seed}');
  const maxProviders = options.maxProviders ?? DEFAULT_MAX_PROVIDERS;
  if (!Number.isInteger(maxProviders) || maxProviders < 1) {
    throw new RangeError(`maxProviders ${sayValue(maxProviders)} is not a positive integer`);
  }
  const table = new AspaTable(Array.isArray(aspas) ? aspas.length : 0, maxProviders, options.seed);
  for (const aspa of aspas) table.unite(aspa);
  table.packed.compact();
  table.packed.settle();
  return table;
}
