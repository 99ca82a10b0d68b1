import type { Asn } from '../inet/index.js';
import type { Peer } from './element.js';

const MAX_PEERS = 1 << 16;

/** One {@link Peer} object per address, `octets[start, start + length)`, and AS number. */
export type PeerInterner = (octets: Uint8Array, start: number, length: number, asn: Asn) => Peer;

/** A {@link PeerInterner} of at most 65,536 peers, after which it starts anew. */
export function createPeerInterner(): PeerInterner {
  const buckets = new Map<number, Peer[]>();
  let count = 0;
  let last: Peer | undefined;
  return (octets, start, length, asn) => {
    if (last !== undefined && isPeer(last, octets, start, length, asn)) return last;
    let hash = asn | 0;
    for (let i = start; i < start + length; i++) hash = Math.imul(hash ^ (octets[i] as number), 0x01000193);
    let bucket = buckets.get(hash);
    last = bucket?.find((peer) => isPeer(peer, octets, start, length, asn));
    if (last !== undefined) return last;
    if (count >= MAX_PEERS) {
      buckets.clear();
      bucket = undefined;
      count = 0;
    }
    last = { address: octets.slice(start, start + length), asn };
    if (bucket) bucket.push(last);
    else buckets.set(hash, [last]);
    count++;
    return last;
  };
}

function isPeer(peer: Peer, octets: Uint8Array, start: number, length: number, asn: Asn): boolean {
  if (peer.asn !== asn || peer.address.length !== length) return false;
  for (let i = 0; i < length; i++) if (peer.address[i] !== octets[start + i]) return false;
  return true;
}
