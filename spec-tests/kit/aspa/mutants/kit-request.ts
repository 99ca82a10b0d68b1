import type { NeighborRole } from 'pathsec/aspa';
import type { AsPath, SegmentType } from 'pathsec/bgp';
import type { AspaPayload } from 'pathsec/payload';
import {
  type Members,
  member,
  NEIGHBOR_ROLES,
  optional,
  type Place,
  readAfi,
  readAnyAsn,
  readList,
  readNumber,
  readOneOf,
} from 'pathsec/questions';
import { inside, readSegment, type Segment } from '../../read.js';
import type { PathQuestion } from './kit.js';

const TYPES: Readonly<Record<Segment['type'], SegmentType>> = {
  AS_SET: 1,
  AS_SEQUENCE: 2,
  AS_CONFED_SEQUENCE: 3,
  AS_CONFED_SET: 4,
};

export function readAspas(place: Place): readonly AspaPayload[] {
  return optional(place, (list) => readList(list, readAspa), []);
}

export function readAspa(place: Place): AspaPayload {
  const at = inside(place);
  const limits = optional(at('afiLimits'), (list) => new Map(readList(list, readLimit)), undefined);
  return {
    customer: readAnyAsn(at('customer')),
    providers: [...readList(at('providers'), readAnyAsn)],
    ...(limits && { afiLimits: limits }),
  };
}

function readLimit(place: Place): [provider: number, afi: 1 | 2] {
  const at = inside(place);
  return [readAnyAsn(at('provider')), readAfi(at('afi'))];
}

/** The limit of providers that a request sets. */
export function readLimitOf(request: Members): number {
  return optional(member(request, 'maxProviders'), readNumber, 10_000);
}

/** A path and its neighbour, copied: a verifier that spoils its input spoils the copy. */
export function readQuestion(fields: Members, path = ''): PathQuestion {
  const segments = readList(member(fields, 'asPath', path), readSegment);
  const asPath: AsPath = segments.map(({ type, asns }) => ({ type: TYPES[type], asns }));
  return { asPath, ...readNeighbor(fields, path) };
}

export function readNeighbor(fields: Members, path = ''): Omit<PathQuestion, 'asPath'> {
  const neighborAs = optional(member(fields, 'neighborAs', path), readAnyAsn, undefined);
  const neighborRole: NeighborRole = readOneOf(member(fields, 'neighborRole', path), NEIGHBOR_ROLES);
  return { neighborRole, ...(neighborAs !== undefined && { neighborAs }) };
}
