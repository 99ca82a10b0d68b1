import type { AsPath } from '../bgp/index.js';
import {
  createNobleEngine,
  createRouterKeys,
  type OwnConfederation,
  type RouterKeys,
  type SignatureEngine,
  type Suites,
} from '../bgpsec/index.js';
import {
  isPresent,
  type Members,
  member,
  optional,
  type Place,
  readAsn,
  readFields,
  readFlag,
  readList,
  readNumber,
  readOctets,
} from '../questions/index.js';
import type { Json } from './vector.js';

export const KINDS = ['external', 'confed-external', 'internal'] as const;
const SEGMENT_TYPES = ['', 'AS_SET', 'AS_SEQUENCE', 'AS_CONFED_SEQUENCE', 'AS_CONFED_SET'] as const;

let portable: SignatureEngine | undefined;

/** The engine that answers where none is given: synchronous, and the same everywhere. */
export function portableEngine(): SignatureEngine {
  portable ??= createNobleEngine();
  return portable;
}

/** A confederation as member of what it is spread into; nothing where there is none. */
export function readConfederation(place: Place): { readonly confederation?: OwnConfederation } {
  if (!isPresent(place)) return {};
  const fields = readFields(place, ['identifier', 'memberAs', 'verifyMembers']);
  const at = (name: string): Place => member(fields, name, place.path);
  const confederation = {
    identifier: readAsn(at('identifier')),
    memberAs: readAsn(at('memberAs')),
    verifyMembers: optional(at('verifyMembers'), readFlag, true),
  };
  return { confederation };
}

/** The router keys of a request: `{ asn, ski, spki }` each. */
export function readRouterKeys(place: Place): RouterKeys {
  return createRouterKeys(
    readList(place, (one) => {
      const fields = readFields(one, ['asn', 'ski', 'spki']);
      return {
        asn: readAsn(member(fields, 'asn', one.path)),
        ski: readOctets(member(fields, 'ski', one.path), 20),
        spki: readOctets(member(fields, 'spki', one.path)),
      };
    }),
  );
}

/** The suites that the speaker supports, default suite 1; whatever the identifier, with the algorithms of suite 1. */
export function readSuites(fields: Members, engine: SignatureEngine): Suites {
  const suites = optional(member(fields, 'suites'), (list) => readList(list, readSuite), [1]);
  return new Map(suites.map((suite) => [suite, engine]));
}

export function readSuite(place: Place): number {
  return readNumber(place, 1, 254);
}

/** An AS_PATH in the words of the vectors. */
export function asPathJson(path: AsPath): Json {
  return path.map(({ type, asns }) => ({ type: SEGMENT_TYPES[type], asns: [...asns] }));
}
