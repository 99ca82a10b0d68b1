import { AFI_IPV4, AFI_IPV6, type Afi, requireIterable } from '../inet/index.js';
import type { AspaPayload } from '../payload/index.js';
import type { AspaTable, AspaTableOptions } from './aspa-table.js';
import { createAspaTable } from './create-aspa-table.js';

/** The tables that the revisions of the draft look into: -28 into one, -06 to -11 into one per address family. */
export interface RevisionTables {
  readonly union: AspaTable;
  readonly ipv4: AspaTable;
  readonly ipv6: AspaTable;
}

/**
 * Builds the tables of all revisions. Records without AFI limits apply to both families. In -06 to -11 a customer whose set
 * is empty answers "Unknown" (-06 §4 step 2), like one without entry, so an empty list makes no entry there.
 */
export function createRevisionTables(
  aspas: Iterable<AspaPayload>,
  options: AspaTableOptions = {},
): RevisionTables {
  requireIterable(aspas, 'aspas', 'a list of payloads {customer, providers}');
  const all = [...aspas];
  const union = createAspaTable(all, options);
  if (all.every((aspa) => aspa.providers.length > 0 && aspa.afiLimits === undefined)) {
    return { union, ipv4: union, ipv6: union };
  }
  return {
    union,
    ipv4: createAspaTable(limitToFamily(all, AFI_IPV4), options),
    ipv6: createAspaTable(limitToFamily(all, AFI_IPV6), options),
  };
}

function limitToFamily(aspas: readonly AspaPayload[], afi: Afi): AspaPayload[] {
  return aspas
    .map((aspa) => ({
      ...aspa,
      providers: aspa.providers.filter((asn) => (aspa.afiLimits?.get(asn) ?? afi) === afi),
    }))
    .filter((aspa) => aspa.providers.length > 0);
}
