import type { BgpRole, NeighborRole } from '../../aspa/index.js';
import { type AsPath, formatAsPath } from '../../bgp/index.js';
import { formatPrefix } from '../../inet/index.js';
import type { ReceivedRoute, RouteVerdicts } from '../../live/index.js';
import { type EventPeer, routeMembers } from './events.js';

/** The events `route` of one session, of which there may be a million. */
export interface RouteLines {
  event(route: ReceivedRoute, verdicts: RouteVerdicts | undefined): ReturnType<typeof routeEvent>;
  /**
   * The same as the JSON that it is printed as, `time` in seconds since 1970. What stays from route to route is written once:
   * the time while it is the same, the peer, a path for as long as its object comes again, and roles with each value of verdicts, which are one object
   * for all routes that have them.
   */
  json(time: number, route: ReceivedRoute, verdicts: RouteVerdicts | undefined): string;
}

interface Roles {
  readonly localRole: BgpRole | null;
  readonly neighborRole: NeighborRole | null;
}

/** Those of the routes of `peer`. */
export function createRouteLines(peer: EventPeer, roles: Roles): RouteLines {
  const who = JSON.stringify(peer);
  const tails = new Map<RouteVerdicts | undefined, string>();
  let lastAsPath: AsPath | undefined;
  let [head, path] = ['', ''];
  let lastTime = Number.NaN;
  const tailOf = (verdicts: RouteVerdicts | undefined): string => {
    let tail = tails.get(verdicts);
    if (tail === undefined) {
      tail = JSON.stringify({ ...roles, ...verdicts }).slice(1);
      tails.set(verdicts, tail);
    }
    return tail;
  };
  return {
    event: (route, verdicts) => routeEvent(peer, roles, route, verdicts),
    json(time, { prefix, asPath, pathId }, verdicts) {
      // Neither the text of a prefix nor that of a path has a character that JSON escapes.
      if (asPath !== lastAsPath) {
        path = `","path":"${formatAsPath(asPath)}",`;
        lastAsPath = asPath;
      }
      if (time !== lastTime) {
        head = `{"type":"route","time":${time},"peer":${who},"prefix":"`;
        lastTime = time;
      }
      const id = pathId === undefined ? '' : `"pathId":${pathId},`;
      return `${head}${formatPrefix(prefix)}${path}${id}${tailOf(verdicts)}`;
    },
  };
}

function routeEvent(
  peer: EventPeer,
  roles: Roles,
  route: ReceivedRoute,
  verdicts: RouteVerdicts | undefined,
) {
  return { type: 'route', peer, ...routeMembers(route, roles, verdicts) } as const;
}
