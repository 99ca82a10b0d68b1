import type { NeighborRole, VerificationInput } from '../aspa/index.js';
import { type AspaTable, createAspaTable } from '../aspa/index.js';
import type { AsPath, AsPathSegment, SegmentType } from '../bgp/index.js';
import type { Afi, Asn } from '../inet/index.js';
import type { AspaPayload } from '../payload/index.js';
import {
  inField,
  isPresent,
  member,
  optional,
  type Place,
  readAfi,
  readAsn,
  readFields,
  readList,
  readNumber,
  readOneOf,
} from './request-fields.js';
import type { Fields } from './vector.js';

const SEGMENT_TYPES = ['AS_SET', 'AS_SEQUENCE', 'AS_CONFED_SEQUENCE', 'AS_CONFED_SET'] as const;

/** The roles that a neighbour can have in a request (draft-28 §6.3); a complex one has none. */
const NEIGHBOR_ROLES = ['provider', 'customer', 'peer', 'rs', 'rs-client'] as const;

/** An AS number of a path or a provider list: AS 0 can stand there. */
export function readAnyAsn(place: Place): Asn {
  return readNumber(place);
}

/** One ASPA of a request: `{ customer, providers }`, with `afiLimits` where an old profile limited a provider. */
export function readAspa(place: Place): AspaPayload {
  const fields = readFields(place);
  const at = (name: string): Place => member(fields, name, place.path);
  const limits = optional(at('afiLimits'), (list) => new Map(readList(list, readAfiLimit)), undefined);
  return {
    customer: readAsn(at('customer')),
    providers: readList(at('providers'), readAnyAsn),
    ...(limits && { afiLimits: limits }),
  };
}

function readAfiLimit(place: Place): [Asn, Afi] {
  const fields = readFields(place);
  return [readAnyAsn(member(fields, 'provider', place.path)), readAfi(member(fields, 'afi', place.path))];
}

/** The ASPAs under `name`; none where it is absent. */
export function readAspas(place: Place): readonly AspaPayload[] {
  return optional(place, (list) => readList(list, readAspa), []);
}

/** The table of the ASPAs at `place`, with the `maxProviders` of the request (profile-29 §5.5). */
export function readTable(request: Fields, place: Place): AspaTable {
  const limit = member(request, 'maxProviders');
  const options = isPresent(limit) ? { maxProviders: readNumber(limit, 1) } : {};
  const aspas = readAspas(place);
  return inField(place.path, () => createAspaTable(aspas, options));
}

/** An AS_PATH in the words of the vectors: segments in wire order. */
export function readAsPath(place: Place): AsPath {
  return readList(place, (one): AsPathSegment => {
    const fields = readFields(one);
    const type = readOneOf(member(fields, 'type', one.path), SEGMENT_TYPES);
    const asns = readList(member(fields, 'asns', one.path), readAnyAsn);
    return { type: (SEGMENT_TYPES.indexOf(type) + 1) as SegmentType, asns };
  });
}

/** Who sent a route: `neighborRole`, and `neighborAs`, without which step 2 is passed over. */
export function readNeighbor(
  fields: Fields,
  path = '',
): { readonly neighborRole: NeighborRole; readonly neighborAs?: Asn } {
  const neighborAs = member(fields, 'neighborAs', path);
  return {
    neighborRole: readOneOf(member(fields, 'neighborRole', path), NEIGHBOR_ROLES),
    ...(isPresent(neighborAs) && { neighborAs: readAnyAsn(neighborAs) }),
  };
}

/** A path to verify with its neighbour (draft-28 §5.5, §5.6). */
export function readVerification(fields: Fields, path = ''): VerificationInput {
  return { asPath: readAsPath(member(fields, 'asPath', path)), ...readNeighbor(fields, path) };
}
