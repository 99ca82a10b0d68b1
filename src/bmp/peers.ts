import {
  type AsnSize,
  decodeMessage,
  type Family,
  openCapabilities,
  type SessionOptions,
  sessionOfOpens,
} from '../bgp/index.js';
import { DecodeError, toHex } from '../bytes/index.js';
import { asnSizeOfPeer, PEER_LOC_RIB, type PeerHeader, ribOfPeer } from './peer-header.js';
import type { BmpPeerDown } from './type-02-peer-down.js';
import type { BmpPeerUp } from './type-03-peer-up.js';

/** The peers of one stream of BMP that are up, and how their messages are to be read. */
export interface BmpPeers {
  /** Peers that are up. */
  readonly size: number;
  /**
   * A peer has come up.
   *
   * @throws {DecodeError} when one of its OPENs cannot be read: the peer is up all the same, and its messages are read as
   * those of one without ADD-PATH; or `bmp-peers` when there are too many: it is not kept then.
   */
  up(message: BmpPeerUp): void;
  /** A peer has gone down. */
  down(message: BmpPeerDown): void;
  isUp(peer: PeerHeader): boolean;
  /** How to read a Route Monitoring message of the peer; also of one that never came up (docs/decisions/bmp.md D-bmp-no-peer-up). */
  sessionOf(peer: PeerHeader): BmpSession;
  /** How to read a BGP message that a Route Mirroring message holds word for word: the A flag says nothing of it (RFC 7854 §4.2). */
  mirroredSessionOf(peer: PeerHeader): BmpSession;
}

/** What is known of how the messages of a peer are to be read. */
export type BmpSession = Required<Pick<SessionOptions, 'asnSize' | 'addPath' | 'extendedMessages'>>;

/** ADD-PATH by direction, and the AS numbers of the session itself. */
interface Known {
  readonly asnSize: AsnSize;
  readonly received: readonly Family[];
  readonly sent: readonly Family[];
}

/** NON-SPEC: peers of one router that are known at once, where the caller says nothing else. */
export const MAX_BMP_PEERS = 65_536;

/** NON-SPEC: families of one Loc-RIB that are remembered, whatever a router says. */
const MAX_FAMILIES = 256;

const NOTHING: Known = { asnSize: 4, received: [], sent: [] };

/**
 * No peers yet. A peer is what its type, distinguisher and address say; a Loc-RIB is what its distinguisher and BGP
 * Identifier say (RFC 7854 §4.2, RFC 9069 §6.1.1).
 *
 * @param maxPeers peers that are kept at once.
 */
export function createBmpPeers(maxPeers = MAX_BMP_PEERS): BmpPeers {
  const peers = new Map<string, Known>();
  const known = (peer: PeerHeader): Known => peers.get(peerKey(peer)) ?? NOTHING;
  const session = (peer: PeerHeader, asnSize: AsnSize): BmpSession => {
    const { received, sent } = known(peer);
    const addPath = ribOfPeer(peer).startsWith('adj-rib-out') ? sent : received;
    return { asnSize, addPath, extendedMessages: true };
  };
  return {
    get size() {
      return peers.size;
    },
    up(message) {
      const key = peerKey(message.peer);
      const before = peers.get(key);
      if (before === undefined && peers.size >= maxPeers) {
        throw new DecodeError('bmp-peers', `more than ${maxPeers} peers are up`, { field: 'peer' });
      }
      peers.set(key, before ?? NOTHING);
      peers.set(key, message.peer.peerType === PEER_LOC_RIB ? locRib(message, before) : ofOpens(message));
    },
    down({ peer }) {
      peers.delete(peerKey(peer));
    },
    isUp: (peer) => peers.has(peerKey(peer)),
    sessionOf: (peer) => session(peer, asnSizeOfPeer(peer)),
    mirroredSessionOf: (peer) => session(peer, known(peer).asnSize),
  };
}

/** A text that two headers share exactly when they are of one peer; see {@link createBmpPeers}. */
export function peerKey({ peerType, distinguisher, addressField, bgpId }: PeerHeader): string {
  const identity = peerType === PEER_LOC_RIB ? bgpId : toHex(addressField);
  return `${peerType} ${toHex(distinguisher)} ${identity}`;
}

function ofOpens({ sentOpen, receivedOpen }: BmpPeerUp): Known {
  const own = readOpen(sentOpen, 'peer-up.sent-open');
  const peer = readOpen(receivedOpen, 'peer-up.received-open');
  const { asnSize, addPath } = sessionOfOpens(own, peer);
  return { asnSize, received: addPath, sent: sessionOfOpens(peer, own).addPath };
}

/**
 * RFC 9069 §5.2: ADD-PATH is used for a family where its capability is there, whatever direction it names. Several emulated
 * peers may tell the families of one Loc-RIB (§6.1.1).
 */
function locRib({ sentOpen }: BmpPeerUp, before: Known = NOTHING): Known {
  const families = openCapabilities(readOpen(sentOpen, 'peer-up.sent-open')).flatMap((capability) =>
    capability.name === 'add-path' ? capability.families : [],
  );
  const fresh = families
    .filter(({ afi, safi }) => !before.received.some((one) => one.afi === afi && one.safi === safi))
    .map(({ afi, safi }) => ({ afi, safi }));
  return { ...NOTHING, received: [...before.received, ...fresh].slice(0, MAX_FAMILIES) };
}

function readOpen(octets: Uint8Array, field: string) {
  const message = decodeMessage(octets);
  if (message.kind === 'open') return message;
  throw new DecodeError('bmp-peer-up-open', 'a message that is no OPEN', { field });
}
