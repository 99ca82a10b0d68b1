import {
  type BmpMessage,
  type BmpPeers,
  type BmpRouteMonitoring,
  decodeBmp,
  type PeerHeader,
  peerAddress,
  ribOfPeer,
} from '../bmp/index.js';
import { AFI_IPV4, AFI_IPV6, type Afi, SAFI_UNICAST } from '../inet/index.js';
import type { AddPath } from './add-path.js';
import { deliverMessage } from './bgp-message.js';
import type { Peer } from './element.js';
import { type Emitter, reportFault, setContext } from './emitter.js';
import { deliverState, ESTABLISHED, IDLE, OPEN_CONFIRM } from './state-element.js';

/** Delivers what messages of BMP say about routes, whatever they came in. */
export interface BmpMessages {
  /**
   * One message of a router; whether it says anything of what is read.
   *
   * @param shift is told how many octets of the message stand before its UPDATE, from where the places of faults are counted.
   * @throws {DecodeError} for a message that is none.
   */
  take(octets: Uint8Array, peers: BmpPeers, shift: (octets: number) => void): boolean;
  /** Nothing more comes: tells where all was of other RIBs than Adj-RIB-In before the policy. */
  end(): void;
}

/**
 * {@link BmpMessages} over an emitter: the routes of Adj-RIB-In before the policy, which are those that the peers sent
 * (docs/decisions/bmp.md D-bmp-pre-policy).
 */
export function createBmpMessages(emitter: Emitter): BmpMessages {
  let prePolicy = 0;
  let otherRibs = 0;

  const peerOf = (header: PeerHeader): Peer => {
    const address = peerAddress(header);
    return emitter.internPeer(address, 0, address.length, header.asn);
  };
  const deliverStateOf = (peer: PeerHeader, from: number, to: number): void =>
    deliverState(emitter, peer.seconds, peer.microseconds, peerOf(peer), from, to);

  const readRoutes = ({ peer, update }: BmpRouteMonitoring, peers: BmpPeers): boolean => {
    if (ribOfPeer(peer) !== 'adj-rib-in-pre') {
      otherRibs++;
      return false;
    }
    prePolicy++;
    const { asnSize, addPath } = peers.sessionOf(peer);
    setContext(emitter, peer.seconds, peer.microseconds, peerOf(peer), false);
    const identifiers = (afi: Afi): boolean =>
      addPath.some((family) => family.afi === afi && family.safi === SAFI_UNICAST);
    const told: AddPath = [identifiers(AFI_IPV4), identifiers(AFI_IPV6)];
    deliverMessage(emitter, update, 0, update.length, asnSize, told);
    return true;
  };
  const read = (message: BmpMessage, peers: BmpPeers): boolean => {
    switch (message.kind) {
      case 'route-monitoring':
        return readRoutes(message, peers);
      case 'peer-up':
        deliverStateOf(message.peer, OPEN_CONFIRM, ESTABLISHED);
        peers.up(message);
        return true;
      case 'peer-down':
        peers.down(message);
        deliverStateOf(message.peer, ESTABLISHED, IDLE);
        return true;
      default:
        return message.kind !== 'unknown' && message.kind !== 'route-mirroring';
    }
  };
  return {
    take: (octets, peers, shift) => {
      const message = decodeBmp(octets);
      if (message.kind === 'route-monitoring') shift(octets.length - message.update.length);
      return read(message, peers);
    },
    end: () => {
      if (prePolicy > 0 || otherRibs === 0) return;
      emitter.base = 0;
      const message = `none of ${otherRibs} Route Monitoring messages is about routes before the policy`;
      reportFault(emitter, { code: 'bmp-no-pre-policy', message, field: 'peer.flags', offset: 0 });
    },
  };
}
