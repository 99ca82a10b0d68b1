import { encodePathAttributes, FLAG_OPTIONAL, type PathAttribute, writePrefix } from '../../bgp/index.js';
import { AFI_IPV4, type Asn, type Prefix } from '../../inet/index.js';
import {
  PEER_INDEX_TABLE,
  RIB_IPV4_UNICAST,
  RIB_IPV4_UNICAST_ADDPATH,
  RIB_IPV6_UNICAST,
  RIB_IPV6_UNICAST_ADDPATH,
  TABLE_DUMP_V2,
} from '../mrt/mrt-types.js';
import { PEER_TYPE_AS4, PEER_TYPE_IPV6 } from '../mrt/peer-index-table.js';
import { encodeMrtRecord, type MrtTime } from './record.js';

/** The content of a PEER_INDEX_TABLE record (RFC 6396 §4.3.1). BGP identifiers are 32-bit numbers. */
export interface PeerIndexTable extends Omit<MrtTime, 'microseconds'> {
  readonly collectorBgpId: number;
  /** View Name, UTF-8 octets; empty when absent. */
  readonly viewName?: Uint8Array;
  readonly peers: readonly {
    readonly bgpId: number;
    /** 4 or 16 octets. */
    readonly address: Uint8Array;
    readonly asn: Asn;
  }[];
}

/** A RIB record of one prefix (RFC 6396 §4.3.2). */
export interface RibRecord extends Omit<MrtTime, 'microseconds'> {
  readonly sequence: number;
  readonly prefix: Prefix;
  readonly entries: readonly {
    /** Position of the peer in the PEER_INDEX_TABLE, from 0. */
    readonly peerIndex: number;
    /** Seconds since 1970. */
    readonly originated: number;
    /** Path Identifier; all entries of a record have one, or none. */
    readonly pathId?: number;
    /** AS_PATH with 4-octet ASNs, MP_REACH_NLRI as {@link ribMpReach} gives it. */
    readonly attributes: readonly PathAttribute[];
  }[];
}

/** The record; every peer AS is written with four octets. @throws {RangeError} for values outside their fields. */
export function encodePeerIndexTable(table: PeerIndexTable): Uint8Array {
  return encodeMrtRecord(table, TABLE_DUMP_V2, PEER_INDEX_TABLE, (writer) => {
    writer.u32(table.collectorBgpId, 'collector-bgp-id');
    writer.sized(2, 'view-name', (name) => name.bytes(table.viewName ?? new Uint8Array(0)));
    writer.u16(table.peers.length, 'peer-count');
    for (const { bgpId, address, asn } of table.peers) {
      if (address.length !== 4 && address.length !== 16) throw new RangeError('an address of 4 or 16 octets');
      writer.u8(PEER_TYPE_AS4 | (address.length === 16 ? PEER_TYPE_IPV6 : 0), 'peer-type');
      writer.u32(bgpId, 'peer-bgp-id').bytes(address).u32(asn, 'peer-as');
    }
  });
}

/**
 * The record, of subtype RIB_IPV4_UNICAST or RIB_IPV6_UNICAST, or their ADD-PATH kin (RFC 8050 §4.1) when the entries
 * have Path Identifiers.
 *
 * @throws {RangeError} for values outside their fields, or entries with and without Path Identifier.
 */
export function encodeRibRecord(rib: RibRecord): Uint8Array {
  const { sequence, prefix, entries } = rib;
  const addPath = entries[0]?.pathId !== undefined;
  const ipv4 = prefix.afi === AFI_IPV4;
  const subtype = addPath
    ? ipv4
      ? RIB_IPV4_UNICAST_ADDPATH
      : RIB_IPV6_UNICAST_ADDPATH
    : ipv4
      ? RIB_IPV4_UNICAST
      : RIB_IPV6_UNICAST;
  return encodeMrtRecord(rib, TABLE_DUMP_V2, subtype, (writer) => {
    writer.u32(sequence, 'sequence');
    writePrefix(writer, prefix);
    writer.u16(entries.length, 'entry-count');
    for (const { peerIndex, originated, pathId, attributes } of entries) {
      if (addPath !== (pathId !== undefined))
        throw new RangeError('a Path Identifier in all entries or in none');
      writer.u16(peerIndex, 'peer-index').u32(originated, 'originated-time');
      if (pathId !== undefined) writer.u32(pathId, 'path-id');
      writer.sized(2, 'attribute-length', (field) => field.bytes(encodePathAttributes(attributes)));
    }
  });
}

/** MP_REACH_NLRI of a RIB entry: next hop length and next hop alone (RFC 6396 §4.3.4). */
export function ribMpReach(nextHop: Uint8Array): PathAttribute {
  return { flags: FLAG_OPTIONAL, code: 14, value: Uint8Array.of(nextHop.length, ...nextHop) };
}
