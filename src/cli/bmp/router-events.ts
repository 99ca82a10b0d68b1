import {
  BgpError,
  checkBgpRole,
  decodeMessage,
  decodeUpdate,
  type OpenMessage,
  openAsn,
  openCapabilities,
  roleOfValue,
  type Update,
} from '../../bgp/index.js';
import {
  type BmpMessage,
  type BmpPeerDown,
  type BmpPeerUp,
  type BmpRouteMonitoring,
  describePeerDown,
  MAX_BMP_PEERS,
  type PeerHeader,
  peerAddress,
  peerKey,
  ribOfPeer,
} from '../../bmp/index.js';
import { DecodeError } from '../../bytes/index.js';
import { AFI_IPV4, AFI_IPV6, formatAddress, SAFI_UNICAST } from '../../inet/index.js';
import type { BmpRouter } from '../../node/bmp-station.js';
import { actOnUpdate } from '../../speaker/index.js';
import { formatRouterId } from '../bgp/config.js';
import type { EventRun } from '../bgp/event-run.js';
import type { EventPeer } from '../bgp/events.js';
import { createHeldRoutes, type HeldRoutes, type RouteSession } from '../bgp/held-routes.js';
import { familyText } from '../bgp/peer-routes.js';

const AFIS = [AFI_IPV4, AFI_IPV6];
const FAMILIES = AFIS.map((afi) => ({ afi, safi: SAFI_UNICAST }));

/** What one router tells, as the events of its peers. */
export interface RouterEvents {
  take(message: BmpMessage): void;
  /** Something that it sent cannot be read. */
  fault(error: DecodeError): void;
  /** It is gone, and its peers with it. */
  closed(reason: string): void;
}

interface MonitoredPeer {
  readonly peer: EventPeer;
  readonly session: RouteSession;
  /** Whether it was told that paths begin with the AS of the router. */
  ownAsTold: boolean;
  readonly routes: HeldRoutes;
}

/** The events of a router whose peers are all still to be told. */
export function createRouterEvents(router: BmpRouter, run: EventRun): RouterEvents {
  const { tell } = run;
  const peers = new Map<string, MonitoredPeer>();
  const otherRibs = new Set<string>();

  const up = (header: PeerHeader, session: RouteSession, reason?: string): MonitoredPeer => {
    const key = peerKey(header);
    down(key, 'it came up again');
    const peer = eventPeer(header, router);
    const routes = createHeldRoutes(peer, session, run, router.close);
    run.held.add(routes);
    const one: MonitoredPeer = { peer, session, routes, ownAsTold: false };
    peers.set(key, one);
    const { localRole = null, neighborRole = null } = session;
    const about = { localRole, neighborRole, ...(reason !== undefined && { reason }) };
    tell({ type: 'session', peer, state: 'established', ...about });
    return one;
  };
  const down = (key: string, reason: string): void => {
    const one = peers.get(key);
    if (!one) return;
    peers.delete(key);
    run.held.delete(one.routes);
    one.routes.drop();
    tell({ type: 'session', peer: one.peer, state: 'down', reason });
  };
  const monitored = ({ peer: header, update: octets }: BmpRouteMonitoring): void => {
    const rib = ribOfPeer(header);
    if (rib !== 'adj-rib-in-pre') {
      if (otherRibs.has(rib)) return;
      otherRibs.add(rib);
      const message = `routes of ${rib} are not judged (docs/decisions/bmp.md D-bmp-pre-policy)`;
      tell({
        type: 'fault',
        peer: eventPeer(header, router),
        code: 'bmp-rib',
        treatment: 'skipped',
        message,
      });
      return;
    }
    run.clocked(router.address, header.seconds + header.microseconds / 1_000_000);
    const known = peers.get(peerKey(header));
    if (!known && peers.size >= MAX_BMP_PEERS) throw tooMany();
    const one = known ?? up(header, unknownSession(header), 'no Peer Up has come');
    const { peer, routes } = one;
    const update = decodeUpdate(octets, router.peers.sessionOf(header));
    const { announced, withdrawn, endOfRib, faults } = actOnUpdate(update, FAMILIES, AFIS);
    for (const { code, treatment, message, offset } of faults) {
      tell({ type: 'fault', peer, code, treatment, message, offset });
    }
    checkOwnAs(one, update);
    if (endOfRib) tell({ type: 'end', peer, family: familyText(endOfRib) });
    else routes.take(update, announced, withdrawn);
  };
  /** docs/decisions/bmp.md D-bmp-own-as */
  const checkOwnAs = (one: MonitoredPeer, { asPath }: Update): void => {
    const { bgpsec } = one.session;
    if (one.ownAsTold || bgpsec?.kind !== 'external' || asPath?.[0]?.asns[0] !== bgpsec.localAs) return;
    one.ownAsTold = true;
    const message = `paths begin with AS${bgpsec.localAs}, the AS of the router itself; FRR puts it there, and ASPA calls them invalid`;
    tell({ type: 'fault', peer: one.peer, code: 'bmp-own-as', treatment: 'kept', message });
  };
  const fault = (peer: EventPeer, error: DecodeError): void => {
    const { code, message, offset } = error;
    // What breaks a session of BGP costs one message here: the session is the router's.
    const treatment = error instanceof BgpError ? error.treatment : 'skipped';
    tell({ type: 'fault', peer, code, treatment, message, ...(offset !== undefined && { offset }) });
  };
  return {
    take(message) {
      try {
        if (message.kind === 'route-monitoring') monitored(message);
        else if (message.kind === 'peer-up' && isAdjRibIn(message)) up(message.peer, sessionOf(message));
        else if (message.kind === 'peer-down') down(peerKey(message.peer), describePeerDown(message));
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        fault('peer' in message ? eventPeer(message.peer, router) : ofRouter(router), error);
      }
    },
    fault: (error) => fault(ofRouter(router), error),
    closed(reason) {
      for (const key of [...peers.keys()]) down(key, reason);
    },
  };
}

const isAdjRibIn = ({ peer }: BmpPeerUp | BmpPeerDown): boolean => ribOfPeer(peer).startsWith('adj-rib');

function tooMany(): DecodeError {
  return new DecodeError('bmp-peers', `more than ${MAX_BMP_PEERS} peers`, { field: 'peer' });
}

function eventPeer(header: PeerHeader, { address: router }: BmpRouter): EventPeer {
  const address = peerAddress(header);
  return {
    address: address.length === 0 ? '' : formatAddress(address),
    as: header.asn,
    id: formatRouterId(header.bgpId),
    router,
  };
}

/** For what is about no peer. */
function ofRouter({ address }: BmpRouter): EventPeer {
  return { address, as: null, id: null, router: address };
}

/** A peer of which no OPEN is known: no role, and no signature can be verified without the AS that it is made for. */
function unknownSession({ asn: peerAs }: PeerHeader): RouteSession {
  return { peerAs, localRole: undefined, neighborRole: undefined, bgpsec: undefined };
}

/** What the two OPENs say of roles (RFC 9234 §4.2), and of whom signatures are for. */
function sessionOf({ peer, sentOpen, receivedOpen }: BmpPeerUp): RouteSession {
  const own = openOf(sentOpen);
  const theirs = openOf(receivedOpen);
  if (!own || !theirs) return unknownSession(peer);
  const localAs = openAsn(own);
  const { asn: peerAs } = peer;
  const external = localAs !== peerAs;
  const [value] = external ? roleValues(own) : [];
  const localRole = value === undefined ? undefined : roleOfValue(value);
  const check = checkBgpRole(localRole, roleValues(theirs));
  const neighborRole = check.accepted ? check.neighborRole : undefined;
  const kind = external ? 'external' : 'internal';
  return { peerAs, localRole, neighborRole, bgpsec: { localAs, peerAs, kind } };
}

function roleValues(open: OpenMessage): number[] {
  return openCapabilities(open).flatMap((one) => (one.name === 'role' ? [one.value] : []));
}

/** The OPEN; undefined for what cannot be read, of which the station has told. */
function openOf(octets: Uint8Array): OpenMessage | undefined {
  try {
    const message = decodeMessage(octets);
    return message.kind === 'open' ? message : undefined;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return undefined;
  }
}
