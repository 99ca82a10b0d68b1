import { createReader, DecodeError } from '../../bytes/index.js';
import type { Peer } from '../element.js';
import type { PeerInterner } from '../peer-interner.js';

/** Bits of Peer Type (RFC 6396 §4.3.1). */
export const PEER_TYPE_IPV6 = 0x01;
export const PEER_TYPE_AS4 = 0x02;

/** The peers that were read, in the order of the index, and the damage behind them. */
export interface PeerIndexReading {
  readonly peers: readonly Peer[];
  readonly damage: DecodeError | undefined;
}

/**
 * Reads a PEER_INDEX_TABLE, `octets[start, end)` (RFC 6396 §4.3.1). The peers before a place where it is cut off, or
 * before octets that its count leaves over, are good (docs/decisions/routes.md D-mrt-cut-message).
 */
export function readPeerIndexTable(
  octets: Uint8Array,
  start: number,
  end: number,
  internPeer: PeerInterner,
): PeerIndexReading {
  const peers: Peer[] = [];
  try {
    readPeers(octets, start, end, internPeer, peers);
    return { peers, damage: undefined };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { peers, damage: error };
  }
}

/** @throws {DecodeError} `truncated` or `trailing-octets`, after the peers before it. */
function readPeers(
  octets: Uint8Array,
  start: number,
  end: number,
  internPeer: PeerInterner,
  peers: Peer[],
): void {
  const reader = createReader(octets, start, end);
  reader.skip(4, 'peer-index-table.collector-bgp-id');
  reader.skip(reader.u16('peer-index-table.view-name-length'), 'peer-index-table.view-name');
  const count = reader.u16('peer-index-table.peer-count');
  for (let i = 0; i < count; i++) {
    const field = `peer-index-table.peer[${i}]`;
    const type = reader.u8(field);
    reader.skip(4, field);
    const size = (type & PEER_TYPE_IPV6) !== 0 ? 16 : 4;
    const at = reader.offset;
    reader.skip(size, field);
    const asn = (type & PEER_TYPE_AS4) !== 0 ? reader.u32(field) : reader.u16(field);
    peers.push(internPeer(octets, at, size, asn));
  }
  reader.expectEnd('peer-index-table');
}
