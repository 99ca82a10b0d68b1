import {
  checkBgpRole,
  type Family,
  type Notification,
  negotiateBgpsec,
  type OpenMessage,
  openAsn,
  openCapabilities,
  type PeerKind,
  roleOfValue,
  sessionOfOpens,
} from '../bgp/index.js';
import { AFI_IPV4, SAFI_UNICAST } from '../inet/index.js';
import type { ResolvedOptions } from './options.js';
import type { Negotiated, SessionEnd } from './output.js';

type Refusal = Extract<SessionEnd, { code: 'open-refused' }>['reason'];

/** What becomes of a received OPEN. */
export type OpenCheck =
  | { readonly negotiated: Negotiated }
  | { readonly refused: Refusal; readonly notification: Notification };

/**
 * The checks of an OPEN that need the configuration (RFC 4271 §6.2, RFC 6286 §2.2, RFC 9234 §4.2), and what it settles.
 * The others are the decoder's.
 */
export function checkOpen(options: ResolvedOptions, peer: OpenMessage): OpenCheck {
  const { open: own, localAs, routerId } = options;
  const peerAs = openAsn(peer);
  if (options.peerAs !== undefined && peerAs !== options.peerAs) return refuse('peer-as', 2);
  const peerKind: PeerKind = peerAs === localAs ? 'internal' : 'external';
  // RFC 6286 §2.2: within an AS the Identifier has to be unique.
  if (peerKind === 'internal' && peer.bgpIdentifier === routerId) return refuse('bgp-identifier', 3);
  const theirs = openCapabilities(peer);
  const roles = theirs.flatMap((one) => (one.name === 'role' ? [one.value] : []));
  const external = peerKind === 'external';
  const check = checkBgpRole(external ? options.role : undefined, external ? roles : [], options.strictRole);
  if (!check.accepted) return { refused: check.reason, notification: check.notification };
  const session = sessionOfOpens(own, peer);
  const bgpsec = negotiateBgpsec(own, peer);
  const bgpsecReceived = bgpsec.ipv4.receive.negotiated || bgpsec.ipv6.receive.negotiated;
  const [role] = roles;
  return {
    negotiated: {
      peerAs,
      peerId: peer.bgpIdentifier,
      peerKind,
      peerOpen: peer,
      holdTime: Math.min(options.holdTime, peer.holdTime),
      families: commonFamilies(options.families, theirs),
      neighborRole: check.neighborRole,
      receivedRole: role === undefined ? undefined : (roleOfValue(role) ?? role),
      receiving: { ...session, peer: peerKind, bgpsecReceived },
      addPathSend: sessionOfOpens(peer, own).addPath,
      asnSize: session.asnSize,
      // RFC 8654 §4: what the peer announced decides alone.
      extendedMessagesSend: theirs.some(({ name }) => name === 'extended-message'),
      bgpsec,
    },
  };
}

/** A peer that offers no family at all carries IPv4 unicast (RFC 4760 §8, RFC 4271). */
function commonFamilies(
  own: readonly Family[],
  theirs: ReturnType<typeof openCapabilities>,
): readonly Family[] {
  const offered = theirs.filter((one) => one.name === 'multiprotocol');
  const usable: readonly Family[] = offered.length > 0 ? offered : [{ afi: AFI_IPV4, safi: SAFI_UNICAST }];
  return own
    .filter(({ afi, safi }) => usable.some((one) => one.afi === afi && one.safi === safi))
    .map(({ afi, safi }) => ({ afi, safi }));
}

function refuse(refused: Refusal, subcode: number): OpenCheck {
  return { refused, notification: { code: 2, subcode } };
}
