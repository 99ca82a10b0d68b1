import type { Family } from '../../bgp/index.js';
import type { BgpConnection } from '../../node/bgp-connection.js';
import type { BgpPeer } from '../../node/bgp-speaker.js';
import { describeEnd, type Negotiated, type SpeakerReport, signedAfis } from '../../speaker/index.js';
import { formatRouterId } from './config.js';
import type { EventPeer } from './events.js';
import {
  createHeldRoutes,
  type HeldCounts,
  type HeldRoutes,
  type Listening,
  type RouteSession,
} from './held-routes.js';

/** One session, as its events: what its routes are, and what becomes of their verdicts. */
export interface PeerRoutes extends HeldCounts {
  /** Takes a report of the session and tells what it comes to. */
  report(report: SpeakerReport): void;
}

/** A session without routes. */
export function createPeerRoutes(
  connection: BgpConnection,
  { session: configured }: BgpPeer,
  listening: Listening,
): PeerRoutes {
  const { tell } = listening;
  const localRole = configured.role;
  let peer: EventPeer = { address: connection.address, as: null, id: null };
  let session: RouteSession | undefined;
  let routes: HeldRoutes | undefined;
  const roles = () => ({ localRole: localRole ?? null, neighborRole: session?.neighborRole ?? null });

  const opened = (negotiated: Negotiated): void => {
    const { peerAs, peerId, neighborRole, peerKind, receiving } = negotiated;
    peer = { address: connection.address, as: peerAs, id: formatRouterId(peerId) };
    session = {
      peerAs,
      localRole,
      neighborRole,
      bgpsec: {
        localAs: configured.localAs,
        peerAs,
        kind: peerKind,
        negotiated: signedAfis(negotiated),
        ...(receiving.addPath && { addPath: receiving.addPath }),
      },
    };
    routes = createHeldRoutes(peer, session, listening, (subcode) => connection.cease(subcode));
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
      routes?.drop();
      routes = undefined;
    }
  };
  return {
    get peer() {
      return peer;
    },
    tally: () => routes?.tally() ?? [],
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
          routes?.take(report.update, report.announced, report.withdrawn);
          return;
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
  };
}

/** A family as AFI/SAFI. */
export const familyText = ({ afi, safi }: Family): string => `${afi}/${safi}`;
