import { type Family, reconstructAsPath } from '../../bgp/index.js';
import type { LiveChange } from '../../live/index.js';
import type { BgpConnection } from '../../node/bgp-connection.js';
import type { BgpPeer } from '../../node/bgp-speaker.js';
import { describeEnd, type Negotiated, type SpeakerReport } from '../../speaker/index.js';
import { type AdjRibIn, createAdjRibIn } from './adj-rib-in.js';
import { formatRouterId } from './config.js';
import { type BgpEvent, type EventPeer, routeMembers } from './events.js';
import type { Judge, ReceivedRoute, RouteSession } from './judge.js';

/** An event without the time at which it happens. */
export type Told = BgpEvent extends infer Event
  ? Event extends BgpEvent
    ? Omit<Event, 'time'>
    : never
  : never;

/** One session, as its events: what its routes are, and what becomes of their verdicts. */
export interface PeerRoutes {
  /** Routes that are held. */
  readonly size: number;
  /** Takes a report of the session and tells what it comes to. */
  report(report: SpeakerReport): void;
  /** Tells of every route whose verdict is another one after `change`; yields after each route that was looked at. */
  rejudge(change: LiveChange): Generator<void>;
}

/** What the sessions of a command share. */
export interface Listening {
  readonly judge: Judge | undefined;
  readonly seed: number | undefined;
  readonly maxRoutes: number;
  tell(event: Told): void;
}

/** A session without routes. */
export function createPeerRoutes(
  connection: BgpConnection,
  { session: configured }: BgpPeer,
  { judge, seed, maxRoutes, tell }: Listening,
): PeerRoutes {
  const localRole = configured.role;
  let peer: EventPeer = { address: connection.address, as: null, id: null };
  let session: RouteSession | undefined;
  let routes: AdjRibIn | undefined;
  const roles = () => ({ localRole: localRole ?? null, neighborRole: session?.neighborRole ?? null });

  const opened = (negotiated: Negotiated): void => {
    const { peerAs, peerId, neighborRole, peerKind, bgpsec, receiving } = negotiated;
    peer = { address: connection.address, as: peerAs, id: formatRouterId(peerId) };
    const afis = [
      ...(bgpsec.ipv4.receive.negotiated ? [1 as const] : []),
      ...(bgpsec.ipv6.receive.negotiated ? [2 as const] : []),
    ];
    session = {
      peerAs,
      localRole,
      neighborRole,
      bgpsec: {
        localAs: configured.localAs,
        peerAs,
        kind: peerKind,
        negotiated: afis,
        ...(receiving.addPath && { addPath: receiving.addPath }),
      },
    };
    routes = createAdjRibIn(session, judge, seed);
  };
  const stateOf = (report: Extract<SpeakerReport, { kind: 'state' }>): void => {
    const { state, was, end } = report;
    const reason = end && { reason: describeEnd(end) };
    const about = { type: 'session', peer } as const;
    if (state === 'OpenSent') tell({ ...about, state: 'open-sent' });
    else if (state === 'OpenConfirm')
      return; // told with the OPEN
    else if (state === 'Established') {
      const { holdTime = 0, families = [] } = connection.status.negotiated ?? {};
      tell({ ...about, state: 'established', holdTime, families: families.map(familyText), ...roles() });
    } else if (end) {
      tell({ ...about, state: was === 'Established' ? 'down' : 'idle', ...reason });
      peer = { address: connection.address, as: null, id: null };
      session = undefined;
      routes = undefined;
    }
  };
  const updated = ({ update, announced, withdrawn }: Extract<SpeakerReport, { kind: 'update' }>): void => {
    const { bgpsecPath } = update.values;
    const withdraw = (route: Pick<ReceivedRoute, 'prefix' | 'pathId'>): void => {
      if (!routes?.withdraw(route)) return;
      tell({
        type: 'withdraw',
        peer,
        ...routeKey(routeMembers({ ...route, asPath: [] }, roles(), undefined)),
      });
    };
    for (const family of withdrawn) for (const route of family.routes) withdraw(route);
    const asPath = bgpsecPath ? reconstructAsPath(bgpsecPath.segments) : (update.asPath ?? []);
    for (const family of announced) {
      for (const { prefix, pathId } of family.routes) {
        const route: ReceivedRoute = {
          prefix,
          asPath,
          ...(pathId !== undefined && { pathId }),
          ...(bgpsecPath && { signed: update }),
        };
        const verdicts = routes?.announce(route);
        if (verdicts?.bgpsec === 'treat-as-withdraw') {
          const message = 'the BGPsec_PATH breaks RFC 8205 §5.2';
          tell({ type: 'fault', peer, code: 'bgpsec-path', treatment: 'treat-as-withdraw', message });
          withdraw(route);
        } else tell({ type: 'route', peer, ...routeMembers(route, roles(), verdicts) });
      }
    }
    if ((routes?.size ?? 0) > maxRoutes) {
      const message = `more than ${maxRoutes} routes (--max-routes)`;
      tell({ type: 'fault', peer, code: 'max-routes', treatment: 'session-reset', message });
      connection.cease(1);
    }
  };
  return {
    get size() {
      return routes?.size ?? 0;
    },
    report(report) {
      switch (report.kind) {
        case 'state':
          return stateOf(report);
        case 'open':
          opened(report.negotiated);
          tell({ type: 'session', peer, state: 'open-confirm' });
          return;
        case 'update':
          return updated(report);
        case 'fault': {
          const { code, treatment, message, offset } = report.fault;
          tell({ type: 'fault', peer, code, treatment, message, offset });
          return;
        }
        case 'end-of-rib':
          tell({ type: 'end', peer, family: familyText(report) });
          return;
        default:
          return; // a NOTIFICATION is the reason of the state that follows it
      }
    },
    *rejudge(change) {
      for (const changed of routes?.rejudge(change) ?? []) {
        if (changed) {
          const { route, verdicts, was, cause } = changed;
          tell({ type: 'change', peer, ...routeMembers(route, roles(), verdicts), was, cause });
        }
        yield;
      }
    },
  };
}

const familyText = ({ afi, safi }: Family): string => `${afi}/${safi}`;

function routeKey({ prefix, pathId }: { readonly prefix: string; readonly pathId?: number }) {
  return { prefix, ...(pathId !== undefined && { pathId }) };
}
