import { type AspaTable, createAspaTable, type NeighborRole } from '../aspa/index.js';
import type { Afi, Asn } from '../inet/index.js';
import type { AspaPayload } from '../payload/index.js';
import {
  isPresent,
  type Members,
  member,
  NEIGHBOR_ROLES,
  optional,
  type Place,
  readAfi,
  readAnyAsn,
  readAsn,
  readFields,
  readList,
  readNumber,
  readOneOf,
} from '../questions/index.js';
import { inField } from './request-fields.js';

/** The members of a request that make a table. */
export const TABLE_MEMBERS = ['aspas', 'maxProviders'] as const;

/** One ASPA of a request: `{ customer, providers }`, with `afiLimits` where an old profile limited a provider. */
export function readAspa(place: Place): AspaPayload {
  const fields = readFields(place, ['customer', 'providers', 'afiLimits']);
  const at = (name: string): Place => member(fields, name, place.path);
  const limits = optional(at('afiLimits'), (list) => new Map(readList(list, readAfiLimit)), undefined);
  return {
    customer: readAsn(at('customer')),
    providers: readList(at('providers'), readAnyAsn),
    ...(limits && { afiLimits: limits }),
  };
}

function readAfiLimit(place: Place): [Asn, Afi] {
  const fields = readFields(place, ['provider', 'afi']);
  return [readAnyAsn(member(fields, 'provider', place.path)), readAfi(member(fields, 'afi', place.path))];
}

/** The table of the ASPAs at `place`, none where it is absent, with the `maxProviders` of the request (aspa-profile §5.5). */
export function readTable(request: Members, place: Place): AspaTable {
  const limit = member(request, 'maxProviders');
  const options = isPresent(limit) ? { maxProviders: readNumber(limit, 1) } : {};
  const aspas = optional(place, (list) => readList(list, readAspa), []);
  return inField(place.path, () => createAspaTable(aspas, options));
}

/** Who sent the routes of a message: `neighborRole`, and `neighborAs`, without which step 2 is passed over. */
export function readNeighbor(fields: Members): {
  readonly neighborRole: NeighborRole;
  readonly neighborAs?: Asn;
} {
  const neighborAs = member(fields, 'neighborAs');
  return {
    neighborRole: readOneOf(member(fields, 'neighborRole'), NEIGHBOR_ROLES),
    ...(isPresent(neighborAs) && { neighborAs: readAnyAsn(neighborAs) }),
  };
}
