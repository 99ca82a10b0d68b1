import { type NlriCursor, nextNlri, resetNlri } from '../../bgp/index.js';
import { DecodeError, readU16, readU32 } from '../../bytes/index.js';
import type { Peer } from '../element.js';
import { type Emitter, reportFault, setElementContext } from '../emitter.js';
import * as types from './mrt-types.js';
import { type PeerIndexReading, readPeerIndexTable } from './peer-index-table.js';
import type { MrtRecord } from './record-splitter.js';
import { entriesFit, genericRibFits, ribHasIdentifiers } from './rib-add-path.js';
import { deliverRibEntry } from './rib-entry.js';

/** Reads TABLE_DUMP_V2 records (RFC 6396 §4.3, RFC 8050 §4); remembers the PEER_INDEX_TABLE between them. */
export type TableDumpV2Reader = (
  emitter: Emitter,
  record: MrtRecord,
  octets: Uint8Array,
  start: number,
  end: number,
) => boolean;

/**
 * A {@link TableDumpV2Reader}; `before` is the PEER_INDEX_TABLE that is in force where it begins. It answers false for a subtype that is not read, and throws {@link DecodeError}
 * `truncated`, `trailing-octets`, `peer-index-table-missing` or the codes of NLRI; entries before the fault were
 * delivered.
 */
export function createTableDumpV2Reader(emitter: Emitter, before?: Uint8Array): TableDumpV2Reader {
  // Where the reading begins behind a table, what was wrong with it has been said.
  let peers = before && peersOf(readPeerIndexTable(before, 0, before.length, emitter.internPeer));
  return (emitter, record, octets, start, end) => {
    switch (record.subtype) {
      case types.PEER_INDEX_TABLE: {
        const table = readPeerIndexTable(octets, start, end, emitter.internPeer);
        peers = peersOf(table);
        if (table.damage) throw table.damage;
        return true;
      }
      case types.RIB_IPV4_UNICAST:
      case types.RIB_IPV4_UNICAST_ADDPATH:
        readRib(emitter, peers, record, octets, start, end, emitter.ipv4);
        return true;
      case types.RIB_IPV6_UNICAST:
      case types.RIB_IPV6_UNICAST_ADDPATH:
        readRib(emitter, peers, record, octets, start, end, emitter.ipv6);
        return true;
      case types.RIB_GENERIC:
      case types.RIB_GENERIC_ADDPATH:
        readGenericRib(emitter, peers, record, octets, start, end);
        return true;
      case types.RIB_IPV4_MULTICAST:
      case types.RIB_IPV4_MULTICAST_ADDPATH:
      case types.RIB_IPV6_MULTICAST:
      case types.RIB_IPV6_MULTICAST_ADDPATH:
        need(5, start, end, 'rib');
        emitter.summary.skippedFamilies++;
        return true;
      default:
        return false;
    }
  };
}

/** The peers that are in force with a table; a damaged one must not leave the one before it in force. */
function peersOf({ peers, damage }: PeerIndexReading): readonly Peer[] | undefined {
  return damage !== undefined && peers.length === 0 ? undefined : peers;
}

/** RFC 6396 §4.3.2; with ADD-PATH the identifier stands in each entry (RFC 8050 §4.1). */
function readRib(
  emitter: Emitter,
  peers: readonly Peer[] | undefined,
  record: MrtRecord,
  octets: Uint8Array,
  start: number,
  end: number,
  cursor: NlriCursor,
): void {
  need(5, start, end, 'rib');
  resetNlri(cursor, octets, start + 4, end, false);
  nextNlri(cursor);
  const at = cursor.offset;
  const told = record.subtype >= types.RIB_IPV4_UNICAST_ADDPATH;
  const addPath = ribHasIdentifiers(emitter, told, start, (identifiers) =>
    entriesFit(octets, at, end, identifiers),
  );
  emitter.route.pathId = undefined;
  readEntries(emitter, peers, record, octets, at, end, cursor, addPath);
}

/** RFC 6396 §4.3.3; with ADD-PATH the identifier is part of the NLRI (RFC 8050 §4.2). */
function readGenericRib(
  emitter: Emitter,
  peers: readonly Peer[] | undefined,
  record: MrtRecord,
  octets: Uint8Array,
  start: number,
  end: number,
): void {
  need(8, start, end, 'rib-generic');
  const afi = readU16(octets, start + 4);
  const safi = octets[start + 6] as number;
  if (safi !== 1 || (afi !== 1 && afi !== 2)) {
    emitter.summary.skippedFamilies++;
    return;
  }
  const cursor = afi === 1 ? emitter.ipv4 : emitter.ipv6;
  const told = record.subtype === types.RIB_GENERIC_ADDPATH;
  const addPath = ribHasIdentifiers(emitter, told, start, (identifiers) =>
    genericRibFits(cursor, octets, start + 7, end, identifiers),
  );
  resetNlri(cursor, octets, start + 7, end, addPath);
  nextNlri(cursor);
  emitter.route.pathId = cursor.pathId;
  readEntries(emitter, peers, record, octets, cursor.offset, end, cursor, false);
}

/**
 * RFC 6396 §4.3.4. ASNs have four octets whatever the peer index says. With `addPath` each entry has a Path Identifier; else
 * the route in work has what is right for all of them.
 */
function readEntries(
  emitter: Emitter,
  peers: readonly Peer[] | undefined,
  record: MrtRecord,
  octets: Uint8Array,
  start: number,
  end: number,
  cursor: NlriCursor,
  addPath: boolean,
): void {
  need(2, start, end, 'rib.entry-count');
  if (peers === undefined) {
    throw new DecodeError('peer-index-table-missing', 'no usable PEER_INDEX_TABLE stands before the record', {
      field: 'rib',
      offset: start,
    });
  }
  const count = readU16(octets, start);
  const header = addPath ? 12 : 8;
  let at = start + 2;
  for (let i = 0; i < count; i++) {
    need(header, at, end, 'rib.entry');
    const index = readU16(octets, at);
    const peer = peers[index];
    const attributes = at + header;
    const next = attributes + readU16(octets, attributes - 2);
    if (peer === undefined) {
      const message = `peer index ${index}, the table has ${peers.length} peers`;
      reportFault(emitter, { code: 'peer-index', message, field: 'rib.entry', offset: at });
    } else {
      setElementContext(emitter.route, record.time, undefined, peer, false);
      emitter.source.originated = readU32(octets, at + 2);
      if (addPath) emitter.route.pathId = readU32(octets, at + 6);
      deliverRibEntry(emitter, cursor, octets, attributes, next, 4, Math.min(next, end));
    }
    need(next - attributes, attributes, end, 'rib.entry.attributes');
    at = next;
  }
  if (at < end) {
    throw new DecodeError('trailing-octets', `${end - at} octets left over`, { field: 'rib', offset: at });
  }
}

function need(length: number, at: number, end: number, field: string): void {
  if (end - at < length) {
    throw new DecodeError('truncated', `needs ${length} octets, has ${end - at}`, { field, offset: at });
  }
}
