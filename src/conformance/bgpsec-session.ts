import type { AsPath } from '../bgp/index.js';
import {
  type BgpsecSession,
  createNobleEngine,
  createRouterKeys,
  type OwnConfederation,
  type RouterKeys,
  type SignatureEngine,
  type Suites,
} from '../bgpsec/index.js';
import { RequestError } from './request.js';
import {
  isPresent,
  member,
  optional,
  type Place,
  readAfi,
  readAsn,
  readFields,
  readFlag,
  readList,
  readNumber,
  readOctets,
  readOneOf,
} from './request-fields.js';
import type { Fields, Json } from './vector.js';

export const KINDS = ['external', 'confed-external', 'internal'] as const;
const SEGMENT_TYPES = ['', 'AS_SET', 'AS_SEQUENCE', 'AS_CONFED_SEQUENCE', 'AS_CONFED_SET'] as const;

let portable: SignatureEngine | undefined;

/** The engine that answers where none is given: synchronous, and the same everywhere. */
export function portableEngine(): SignatureEngine {
  portable ??= createNobleEngine();
  return portable;
}

/** The session of a request (docs/conformance-interface.md, `session`; docs/decisions/bgpsec.md D-batch-session). */
export function readSession(place: Place): BgpsecSession {
  const fields = readFields(place);
  const at = (name: string): Place => member(fields, name, place.path);
  const session: BgpsecSession = {
    localAs: readAsn(at('localAs')),
    peerAs: readAsn(at('peerAs')),
    kind: readOneOf(at('kind'), KINDS),
    allowPcountZero: optional(at('allowPcountZero'), readFlag, false),
    ...readConfederation(at('confederation')),
    ...(isPresent(at('ownAses')) && { ownAses: readList(at('ownAses'), readAsn) }),
    ...(isPresent(at('negotiated')) && { negotiated: readList(at('negotiated'), readAfi) }),
    ...(isPresent(at('safis')) && { safis: readList(at('safis'), (safi) => readNumber(safi, 1, 255)) }),
  };
  if (session.kind === 'confed-external' && session.confederation === undefined) {
    throw new RequestError(`${place.path}.confederation`, 'must be there for a confed-external peer');
  }
  return session;
}

/** A confederation as member of what it is spread into; nothing where there is none. */
export function readConfederation(place: Place): { readonly confederation?: OwnConfederation } {
  if (!isPresent(place)) return {};
  const fields = readFields(place);
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
      const fields = readFields(one);
      return {
        asn: readAsn(member(fields, 'asn', one.path)),
        ski: readOctets(member(fields, 'ski', one.path), 20),
        spki: readOctets(member(fields, 'spki', one.path)),
      };
    }),
  );
}

/** The suites that the speaker supports, default suite 1; whatever the identifier, with the algorithms of suite 1. */
export function readSuites(fields: Fields, engine: SignatureEngine): Suites {
  const suites = optional(member(fields, 'suites'), (list) => readList(list, readSuite), [1]);
  return new Map(suites.map((suite) => [suite, engine]));
}

export function readSuite(place: Place): number {
  return readNumber(place, 1, 254);
}

/** The type code of BGPsec_PATH: 33 unless the request says 30. */
export function readAttributeType(place: Place): 33 | 30 {
  return optional(place, (one) => readNumber(one, 30, 33), 33) === 30 ? 30 : 33;
}

/** An AS_PATH in the words of the vectors. */
export function asPathJson(path: AsPath): Json {
  return path.map(({ type, asns }) => ({ type: SEGMENT_TYPES[type], asns: [...asns] }));
}
