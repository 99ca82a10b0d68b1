import type { BgpRole } from '../../aspa/index.js';
import { reconstructAsPath, type Update } from '../../bgp/index.js';
import type {
  ChangedRoute,
  LiveRoutes,
  LiveSession,
  ReceivedRoute,
  RouteName,
  RouteVerdicts,
  VerdictCount,
} from '../../live/index.js';
import type { FamilyRoutes } from '../../speaker/index.js';
import { type BgpEvent, type EventPeer, routeMembers } from './events.js';
import { createRouteLines, type RouteLines } from './route-lines.js';

/** Subcodes of Cease (RFC 4486 §3). */
const MAXIMUM_REACHED = 1;
const OUT_OF_RESOURCES = 8;

/** An event without the time at which it happens. */
export type Told = BgpEvent extends infer Event
  ? Event extends BgpEvent
    ? Omit<Event, 'time'>
    : never
  : never;

/** What is known of a session on which routes come. */
export interface RouteSession extends LiveSession {
  readonly localRole: BgpRole | undefined;
}

/** A session as its events name it. */
export interface EventSession extends RouteSession {
  readonly peer: EventPeer;
}

/** What the sessions of a command share. */
export interface Listening {
  readonly routes: LiveRoutes<EventSession>;
  /** Routes that one session may hold, and all of them together. */
  readonly maxRoutes: number;
  readonly maxRoutesTotal: number;
  tell(event: Told): void;
  /** Tells of a route that is held now. */
  tellRoute(lines: RouteLines, route: ReceivedRoute, verdicts: RouteVerdicts | undefined): void;
}

/** Routes that are held, as they are counted. */
export interface HeldCounts {
  /** Of whom they are. */
  readonly peer: EventPeer;
  readonly size: number;
  /** How many of them have which verdicts. */
  tally(): readonly VerdictCount[];
}

/** The routes of one session as their events. */
export interface HeldRoutes extends HeldCounts {
  /** Takes one route in, in place of what was announced before. */
  announce(route: ReceivedRoute): void;
  /** Tells that a route is gone, where it was held. */
  withdraw(route: RouteName): void;
  /** Takes what an UPDATE comes down to. */
  take(update: Update, announced: readonly FamilyRoutes[], withdrawn: readonly FamilyRoutes[]): void;
  /** Forgets all of them, with their session: nothing is told. */
  drop(): void;
}

/**
 * No routes yet. Routes beyond a limit are told of as a fault, and `over` is called, with the subcode of Cease (RFC 4486 §4;
 * docs/decisions/speaker.md D-routes-in-all).
 */
export function createHeldRoutes(
  peer: EventPeer,
  session: RouteSession,
  { routes: all, maxRoutes, maxRoutesTotal, tell, tellRoute }: Listening,
  over: (subcode: number) => void,
): HeldRoutes {
  const routes = all.session({ ...session, peer });
  const roles = rolesOf(session);
  const lines = createRouteLines(peer, roles);
  const tellWithdrawn = (route: RouteName): void => {
    const { prefix, pathId } = routeMembers({ ...route, asPath: [] }, roles, undefined);
    tell({ type: 'withdraw', peer, prefix, ...(pathId !== undefined && { pathId }) });
  };
  const withdraw = (route: RouteName): void => {
    if (routes.withdraw(route)) tellWithdrawn(route);
  };
  const announce = (route: ReceivedRoute): void => {
    const verdicts = routes.announce(route);
    if (verdicts === 'treat-as-withdraw') {
      const message = 'the BGPsec_PATH breaks RFC 8205 §5.2';
      tell({ type: 'fault', peer, code: 'bgpsec-path', treatment: 'treat-as-withdraw', message });
      tellWithdrawn(route);
    } else tellRoute(lines, route, verdicts);
  };
  const checkSize = (): void => {
    const many = routes.size > maxRoutes;
    if (!many && all.size <= maxRoutesTotal) return;
    const code = many ? 'max-routes' : 'max-routes-total';
    const message = many
      ? `more than ${maxRoutes} routes (--max-routes)`
      : `more than ${maxRoutesTotal} routes of all sessions (--max-routes-total)`;
    tell({ type: 'fault', peer, code, treatment: 'session-reset', message });
    over(many ? MAXIMUM_REACHED : OUT_OF_RESOURCES);
  };
  return {
    peer,
    tally: () => routes.tally(),
    get size() {
      return routes.size;
    },
    announce(route) {
      announce(route);
      checkSize();
    },
    withdraw,
    take(update, announced, withdrawn) {
      const { bgpsecPath } = update.values;
      for (const family of withdrawn) for (const route of family.routes) withdraw(route);
      const asPath = bgpsecPath ? reconstructAsPath(bgpsecPath.segments) : (update.asPath ?? []);
      const signed = bgpsecPath && { signed: update };
      for (const { routes } of announced) {
        for (const { prefix, pathId } of routes) {
          announce(
            pathId === undefined ? { prefix, asPath, ...signed } : { prefix, pathId, asPath, ...signed },
          );
        }
      }
      checkSize();
    },
    drop: () => routes.clear(),
  };
}

/** The event of a route whose verdict is another one now. */
export function changeEvent({ session, verdicts, was, cause, ...route }: ChangedRoute<EventSession>): Told {
  const { peer } = session;
  return { type: 'change', peer, ...routeMembers(route, rolesOf(session), verdicts), was, cause };
}

const rolesOf = ({ localRole, neighborRole }: RouteSession) => ({
  localRole: localRole ?? null,
  neighborRole: neighborRole ?? null,
});
