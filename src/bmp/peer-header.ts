import type { AsnSize } from '../bgp/index.js';
import type { Reader, Writer } from '../bytes/index.js';
import type { Asn } from '../inet/index.js';

/** Peer types: RFC 7854 §4.2 (0 to 2), RFC 9069 §4.1 (3). */
export const PEER_GLOBAL = 0;
export const PEER_RD = 1;
export const PEER_LOCAL = 2;
export const PEER_LOC_RIB = 3;

/** Flags of peer types 0 to 2: RFC 7854 §4.2, RFC 8671 §4 (O). */
export const PEER_FLAG_IPV6 = 0x80;
export const PEER_FLAG_POST_POLICY = 0x40;
export const PEER_FLAG_AS2 = 0x20;
export const PEER_FLAG_ADJ_RIB_OUT = 0x10;
/** The flag of peer type 3: the Loc-RIB is filtered (RFC 9069 §4.2). */
export const PEER_FLAG_FILTERED = 0x80;

/** The per-peer header (RFC 7854 §4.2) as it stands: it decodes and encodes octet by octet. */
export interface PeerHeader {
  readonly peerType: number;
  /** The whole octet, reserved bits included. */
  readonly flags: number;
  /** 8 octets: zero, a route distinguisher, or a number of the router's own. */
  readonly distinguisher: Uint8Array;
  /** The 16 octets of the field; {@link peerAddress} gives the address. */
  readonly addressField: Uint8Array;
  readonly asn: Asn;
  /** BGP Identifier as an unsigned 32-bit number. */
  readonly bgpId: number;
  /** Since 1970; both 0 where the router does not tell. */
  readonly seconds: number;
  readonly microseconds: number;
}

/**
 * Which routes a message is about: those that came in before or after the policy, those that go out (RFC 8671), or those
 * that were chosen (RFC 9069). `unknown` for peer types of which nothing is known here.
 */
export type BmpRib =
  | 'adj-rib-in-pre'
  | 'adj-rib-in-post'
  | 'adj-rib-out-pre'
  | 'adj-rib-out-post'
  | 'loc-rib'
  | 'unknown';

/** Which routes the flags of a Route Monitoring message name. */
export function ribOfPeer({ peerType, flags }: PeerHeader): BmpRib {
  if (peerType === PEER_LOC_RIB) return 'loc-rib';
  if (peerType > PEER_LOC_RIB) return 'unknown';
  const policy = flags & PEER_FLAG_POST_POLICY ? 'post' : 'pre';
  return `adj-rib-${flags & PEER_FLAG_ADJ_RIB_OUT ? 'out' : 'in'}-${policy}`;
}

/** The address of the peer, 4 or 16 octets; empty for a Loc-RIB, which has none (RFC 9069 §5.1). A view. */
export function peerAddress({ peerType, flags, addressField }: PeerHeader): Uint8Array {
  if (peerType === PEER_LOC_RIB) return addressField.subarray(0, 0);
  return flags & PEER_FLAG_IPV6 ? addressField : addressField.subarray(12);
}

/** Octets per AS number in a Route Monitoring message: the A flag (RFC 7854 §4.2), always 4 for a Loc-RIB (RFC 9069 §5.4.1). */
export function asnSizeOfPeer({ peerType, flags }: Pick<PeerHeader, 'peerType' | 'flags'>): AsnSize {
  return peerType !== PEER_LOC_RIB && flags & PEER_FLAG_AS2 ? 2 : 4;
}

/** What {@link makePeerHeader} makes a header of. */
export interface PeerHeaderFields {
  /** 4 or 16 octets; absent for a Loc-RIB. */
  readonly address?: Uint8Array;
  readonly asn: Asn;
  readonly bgpId: number;
  /** Default `adj-rib-in-pre`. */
  readonly rib?: Exclude<BmpRib, 'unknown'>;
  /** Default 4. */
  readonly asnSize?: AsnSize;
  /** Default 0: the router does not tell. */
  readonly seconds?: number;
  readonly microseconds?: number;
}

/**
 * The header of a peer of the global instance, or of the Loc-RIB of it.
 *
 * @throws {RangeError} for an address that has neither 4 nor 16 octets.
 */
export function makePeerHeader(fields: PeerHeaderFields): PeerHeader {
  const { address, asn, bgpId, rib = 'adj-rib-in-pre', asnSize = 4, seconds = 0, microseconds = 0 } = fields;
  const common = { distinguisher: new Uint8Array(8), asn, bgpId, seconds, microseconds };
  if (rib === 'loc-rib')
    return { peerType: PEER_LOC_RIB, flags: 0, addressField: new Uint8Array(16), ...common };
  if (address?.length !== 4 && address?.length !== 16) {
    throw new RangeError(`peer.address: ${address?.length ?? 0} octets, an address has 4 or 16`);
  }
  const addressField = new Uint8Array(16);
  addressField.set(address, 16 - address.length);
  const flags =
    (address.length === 16 ? PEER_FLAG_IPV6 : 0) |
    (rib.endsWith('post') ? PEER_FLAG_POST_POLICY : 0) |
    (asnSize === 2 ? PEER_FLAG_AS2 : 0) |
    (rib.startsWith('adj-rib-out') ? PEER_FLAG_ADJ_RIB_OUT : 0);
  return { peerType: PEER_GLOBAL, flags, addressField, ...common };
}

/** Reads the header; its arrays are views. */
export function readPeerHeader(reader: Reader): PeerHeader {
  return {
    peerType: reader.u8('peer.type'),
    flags: reader.u8('peer.flags'),
    distinguisher: reader.bytes(8, 'peer.distinguisher'),
    addressField: reader.bytes(16, 'peer.address'),
    asn: reader.u32('peer.as'),
    bgpId: reader.u32('peer.bgp-id'),
    seconds: reader.u32('peer.seconds'),
    microseconds: reader.u32('peer.microseconds'),
  };
}

/** Writes the header. */
export function writePeerHeader(writer: Writer, peer: PeerHeader): void {
  writer.u8(peer.peerType, 'peer.type').u8(peer.flags, 'peer.flags');
  writeFixed(writer, peer.distinguisher, 8, 'peer.distinguisher');
  writeFixed(writer, peer.addressField, 16, 'peer.address');
  writer
    .u32(peer.asn, 'peer.as')
    .u32(peer.bgpId, 'peer.bgp-id')
    .u32(peer.seconds, 'peer.seconds')
    .u32(peer.microseconds, 'peer.microseconds');
}

/** Writes a field of fixed length, and refuses another one. */
export function writeFixed(writer: Writer, value: Uint8Array, length: number, field: string): void {
  if (value.length !== length) throw new RangeError(`${field}: ${value.length} octets, it has ${length}`);
  writer.bytes(value);
}
