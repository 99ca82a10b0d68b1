import { sequenceAsns } from '../aspa/index.js';
import type { AsPath } from '../bgp/index.js';
import { decoderOptions } from '../bgpsec/index.js';
import { requireAsn, requireObject, requirePrefix, sayValue } from '../inet/index.js';
import type { LiveSession, RouteName } from './route-types.js';
import { procedureFor } from './verdicts.js';

/** Refuses what is no session, by {@link TypeError} or {@link RangeError}. */
export function requireSession(session: LiveSession): void {
  requireObject(session, 'the session', '{peerAs, neighborRole, bgpsec}');
  const { peerAs, neighborRole, bgpsec } = session;
  // Not known is said: one that is forgotten would switch a check off.
  if (peerAs !== undefined || !('peerAs' in session)) requireAsn(peerAs, 'peerAs');
  procedureFor(neighborRole);
  if (bgpsec === undefined) return;
  requireObject(bgpsec, 'bgpsec', '{localAs, peerAs, kind}');
  decoderOptions(bgpsec);
}

/** Refuses what names no route. */
export function requireRouteName(route: RouteName): void {
  requireObject(route, 'the route', '{prefix, pathId, asPath}');
  const { prefix, pathId } = route;
  requirePrefix(prefix, 'the prefix of the route');
  if (pathId !== undefined && pathId >>> 0 !== pathId) {
    throw new RangeError(`pathId ${sayValue(pathId)} is no Path Identifier (0..4294967295)`);
  }
}

/** Refuses what is no path. */
export function requirePath(asPath: AsPath): void {
  sequenceAsns(asPath);
}
