import { verifyAsPath } from 'pathsec/aspa';
import { verdictOfUpdate } from 'pathsec/bgpsec';
import { formatPrefix } from 'pathsec/inet';
import type { LiveSession, LiveTables, ReceivedRoute, RouteName } from 'pathsec/live';
import { literalOrigin, originAs } from 'pathsec/rov';
import { suites } from './world.js';

/** The verdicts of a route by the literal procedures, as an object whose texts are equal when the verdicts are. */
export function literalVerdicts(tables: LiveTables, route: ReceivedRoute, session: LiveSession) {
  const { prefix, asPath, signed } = route;
  const { peerAs: neighborAs, neighborRole, bgpsec } = session;
  const by = (procedure: 'upstream' | 'downstream') =>
    verifyAsPath(tables.aspas, { asPath, neighborAs, procedure }).outcome;
  const verifier = { keys: tables.routerKeys, suites };
  return {
    rov: literalOrigin(tables.vrps, prefix, originAs(asPath)).validity,
    ...(neighborRole
      ? { aspa: verifyAsPath(tables.aspas, { asPath, neighborAs, neighborRole }).outcome }
      : { aspa: null, aspaBoth: { upstream: by('upstream'), downstream: by('downstream') } }),
    ...(signed && bgpsec && { bgpsec: verdictOfUpdate(signed, bgpsec, verifier) }),
  };
}

/** A route, what was told of it last, and on which session. */
export interface Held {
  readonly session: LiveSession;
  readonly route: ReceivedRoute;
  told: unknown;
}

/** The name of a route in its session. */
export const nameOf = ({ prefix, pathId }: RouteName): string => `${formatPrefix(prefix)} ${pathId}`;
