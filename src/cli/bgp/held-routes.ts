import { reconstructAsPath, type Update } from '../../bgp/index.js';
import type { LiveChange } from '../../live/index.js';
import type { FamilyRoutes } from '../../speaker/index.js';
import { createAdjRibIn } from './adj-rib-in.js';
import { type BgpEvent, type EventPeer, routeMembers } from './events.js';
import type { Judge, ReceivedRoute, RouteSession, VerdictCount } from './judge.js';

/** An event without the time at which it happens. */
export type Told = BgpEvent extends infer Event
  ? Event extends BgpEvent
    ? Omit<Event, 'time'>
    : never
  : never;

/** What the sessions of a command share. */
export interface Listening {
  readonly judge: Judge | undefined;
  readonly seed: number | undefined;
  readonly maxRoutes: number;
  tell(event: Told): void;
}

/** Routes whose verdicts follow the payloads. */
export interface Rejudged {
  /** Of whom they are. */
  readonly peer: EventPeer;
  /** How many of them have which verdicts. */
  tally(): readonly VerdictCount[];
  /** Routes that are held. */
  readonly size: number;
  /** Tells of every route whose verdict is another one after `change`; yields after each route that was looked at. */
  rejudge(change: LiveChange): Generator<void>;
}

/** The routes of one session as their events. */
export interface HeldRoutes extends Rejudged {
  /** Takes one route in, in place of what was announced before. */
  announce(route: ReceivedRoute): void;
  /** Tells that a route is gone, where it was held. */
  withdraw(route: Pick<ReceivedRoute, 'prefix' | 'pathId'>): void;
  /** Takes what an UPDATE comes down to. */
  take(update: Update, announced: readonly FamilyRoutes[], withdrawn: readonly FamilyRoutes[]): void;
}

/** No routes yet. Routes beyond the limit are told of as a fault, and `over` is called. */
export function createHeldRoutes(
  peer: EventPeer,
  session: RouteSession,
  { judge, seed, maxRoutes, tell }: Listening,
  over: () => void,
): HeldRoutes {
  const routes = createAdjRibIn(session, judge, seed);
  const roles = { localRole: session.localRole ?? null, neighborRole: session.neighborRole ?? null };
  const withdraw = (route: Pick<ReceivedRoute, 'prefix' | 'pathId'>): void => {
    if (!routes.withdraw(route)) return;
    const { prefix, pathId } = routeMembers({ ...route, asPath: [] }, roles, undefined);
    tell({ type: 'withdraw', peer, prefix, ...(pathId !== undefined && { pathId }) });
  };
  const announce = (route: ReceivedRoute): void => {
    const verdicts = routes.announce(route);
    if (verdicts?.bgpsec === 'treat-as-withdraw') {
      const message = 'the BGPsec_PATH breaks RFC 8205 §5.2';
      tell({ type: 'fault', peer, code: 'bgpsec-path', treatment: 'treat-as-withdraw', message });
      withdraw(route);
    } else tell({ type: 'route', peer, ...routeMembers(route, roles, verdicts) });
  };
  const checkSize = (): void => {
    if (routes.size <= maxRoutes) return;
    const message = `more than ${maxRoutes} routes (--max-routes)`;
    tell({ type: 'fault', peer, code: 'max-routes', treatment: 'session-reset', message });
    over();
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
      for (const family of announced) {
        for (const { prefix, pathId } of family.routes) {
          announce({
            prefix,
            asPath,
            ...(pathId !== undefined && { pathId }),
            ...(bgpsecPath && { signed: update }),
          });
        }
      }
      checkSize();
    },
    *rejudge(change) {
      for (const changed of routes.rejudge(change)) {
        if (changed) {
          const { route, verdicts, was, cause } = changed;
          tell({ type: 'change', peer, ...routeMembers(route, roles, verdicts), was, cause });
        }
        yield;
      }
    },
  };
}
