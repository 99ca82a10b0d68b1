import type { BgpRole } from '../../bgp/index.js';
import { isAsn, requireObject, requirePrefix, sayValue } from '../../inet/index.js';
import type { FcRoute, FcSession, FcVerifier } from './fc-route.js';

// What the public functions of FC-BGP ask of their arguments: a TypeError for a value of another kind, a RangeError for a
// number that does not exist. NON-SPEC.

const ROLES: Readonly<Record<BgpRole, true>> = {
  provider: true,
  rs: true,
  'rs-client': true,
  customer: true,
  peer: true,
};

/** Refuses what is no session: another word for its kind would switch the checks of external peers off. */
export function requireFcSession(session: FcSession): void {
  requireObject(session, 'the session', '{localAs, peerAs, kind}');
  const { localAs, peerAs, kind, peerRole } = session;
  for (const asn of [localAs, peerAs]) {
    if (!isAsn(asn) || asn === 0) throw new RangeError(`AS ${sayValue(asn)} cannot stand in an OPEN`);
  }
  requireKind(kind, 'a session');
  requireRole(peerRole);
}

/** Refuses what is neither external nor internal. */
export function requireKind(kind: FcSession['kind'], what: string): void {
  if (kind === 'external' || kind === 'internal') return;
  throw new TypeError(`kind ${sayValue(kind)} of ${what} is none of external, internal`);
}

/** Refuses a word that is no role of RFC 9234. */
export function requireRole(role: BgpRole | undefined): void {
  if (role === undefined || Object.hasOwn(ROLES, role)) return;
  throw new TypeError(`role ${sayValue(role)} is none of ${Object.keys(ROLES).join(', ')}`);
}

/** Refuses what is no verifier. */
export function requireFcVerifier(verifier: FcVerifier): void {
  requireObject(verifier, 'the verifier', '{keys, suites}');
  const { keys, suites } = verifier;
  if (typeof keys?.takesPart !== 'function') {
    throw new TypeError(`the keys of the verifier are ${sayValue(keys)}, not what createFcKeys made`);
  }
  if (!(suites instanceof Map))
    throw new TypeError(`the suites are ${sayValue(suites)}, not what suite1 gives`);
}

/** Refuses what is no route by shape. */
export function requireFcRoute(route: FcRoute): void {
  requireObject(route, 'the route', '{asPath, prefix, path}');
  requirePrefix(route.prefix, 'the prefix');
  if (!Array.isArray(route.asPath)) {
    throw new TypeError(`the AS_PATH is ${sayValue(route.asPath)}, not a list of segments`);
  }
  requireObject(route.path, 'the path', '{segments}');
  if (!Array.isArray(route.path.segments)) {
    throw new TypeError(`segments is ${sayValue(route.path.segments)}, not a list`);
  }
}
