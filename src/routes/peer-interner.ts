import type { Asn } from '../inet/index.js';
import { createSlotTable, reserveSlot, type SeededHash } from '../tables/index.js';
import type { Peer } from './element.js';

const MAX_PEERS = 1 << 16;

/** One {@link Peer} object per address, `octets[start, start + length)`, and AS number. */
export type PeerInterner = (octets: Uint8Array, start: number, length: number, asn: Asn) => Peer;

/** A {@link PeerInterner} of at most 65,536 peers, after which it starts anew. */
export function createPeerInterner(seeded: SeededHash): PeerInterner {
  let index = createSlotTable();
  let peers: Peer[] = [];
  let hashes: number[] = [];
  let last: Peer | undefined;
  const hashOf = (entry: number): number => hashes[entry] as number;
  return (octets, start, length, asn) => {
    if (last !== undefined && isPeer(last, octets, start, length, asn)) return last;
    const hash = seeded.two(seeded.octets(octets, start, start + length), asn);
    if (peers.length >= MAX_PEERS) {
      index = createSlotTable();
      peers = [];
      hashes = [];
    }
    reserveSlot(index, hashOf);
    const { slots } = index;
    const mask = slots.length - 1;
    let at = hash & mask;
    for (; slots[at] !== -1; at = (at + 1) & mask) {
      const peer = peers[slots[at] as number] as Peer;
      if (isPeer(peer, octets, start, length, asn)) {
        last = peer;
        return last;
      }
    }
    last = { address: octets.slice(start, start + length), asn };
    slots[at] = peers.length;
    index.used++;
    peers.push(last);
    hashes.push(hash);
    return last;
  };
}

function isPeer(peer: Peer, octets: Uint8Array, start: number, length: number, asn: Asn): boolean {
  if (peer.asn !== asn || peer.address.length !== length) return false;
  for (let i = 0; i < length; i++) if (peer.address[i] !== octets[start + i]) return false;
  return true;
}
