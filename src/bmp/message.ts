import { createReader, createWriter, DecodeError, type Reader, type Writer } from '../bytes/index.js';
import {
  BMP_HEADER_LENGTH,
  BMP_INITIATION,
  BMP_PEER_DOWN,
  BMP_PEER_UP,
  BMP_ROUTE_MIRRORING,
  BMP_ROUTE_MONITORING,
  BMP_STATISTICS,
  BMP_TERMINATION,
  BMP_VERSION,
  readBmpHeader,
} from './header.js';
import { type PeerHeader, readPeerHeader, writePeerHeader } from './peer-header.js';
import { readTlvs, writeTlvs } from './tlv.js';
import { type BmpStatistics, readStatistics, writeStatistics } from './type-01-statistics.js';
import { type BmpPeerDown, readPeerDown, writePeerDown } from './type-02-peer-down.js';
import { type BmpPeerUp, readPeerUp, writePeerUp } from './type-03-peer-up.js';
import type { BmpInitiation, BmpTermination } from './type-04-05-information.js';
import type { BmpRouteMirroring } from './type-06-route-mirroring.js';

/** Route Monitoring (RFC 7854 §4.6): routes of a peer, as an UPDATE. */
export interface BmpRouteMonitoring {
  readonly kind: 'route-monitoring';
  readonly peer: PeerHeader;
  /** The BGP message, header included; `decodeUpdate` reads it with what `BmpPeers` knows of the peer. */
  readonly update: Uint8Array;
}

/** A message of a type that is not known: to be ignored (RFC 7854 §4.1). */
export interface BmpUnknown {
  readonly kind: 'unknown';
  readonly type: number;
  readonly body: Uint8Array;
}

/** A BMP message. */
export type BmpMessage =
  | BmpRouteMonitoring
  | BmpStatistics
  | BmpPeerDown
  | BmpPeerUp
  | BmpInitiation
  | BmpTermination
  | BmpRouteMirroring
  | BmpUnknown;

/** The field of a Route Monitoring message begins here. */
export const UPDATE_FIELD = 'route-monitoring.update';

/**
 * Decodes one whole message, which `octets` holds from the first octet to the last. Arrays in the result are views.
 * BGP messages in it are not read.
 *
 * @throws {DecodeError} `bmp-version`, `bmp-length`, `truncated`, `trailing-octets`, `bmp-statistics-count`,
 * `bmp-peer-up-open`, and for the header of an OPEN the codes of `decodeHeader`.
 */
export function decodeBmp(octets: Uint8Array): BmpMessage {
  const reader = createReader(octets);
  reader.skip(BMP_HEADER_LENGTH, 'bmp');
  const { length, type } = readBmpHeader(octets, 0, Number.POSITIVE_INFINITY);
  if (length > octets.length) reader.skip(length - BMP_HEADER_LENGTH, 'bmp');
  if (length < octets.length) {
    const message = `${octets.length - length} octets left over`;
    throw new DecodeError('trailing-octets', message, { field: 'bmp', offset: length });
  }
  return readBody(type, reader);
}

function readBody(type: number, reader: Reader): BmpMessage {
  const rest = (field: string): Uint8Array => reader.bytes(reader.remaining, field);
  switch (type) {
    case BMP_ROUTE_MONITORING:
      return { kind: 'route-monitoring', peer: readPeerHeader(reader), update: rest(UPDATE_FIELD) };
    case BMP_STATISTICS:
      return readStatistics(readPeerHeader(reader), reader);
    case BMP_PEER_DOWN:
      return readPeerDown(readPeerHeader(reader), reader);
    case BMP_PEER_UP:
      return readPeerUp(readPeerHeader(reader), reader);
    case BMP_INITIATION:
      return { kind: 'initiation', information: readTlvs(reader, 'initiation') };
    case BMP_TERMINATION:
      return { kind: 'termination', information: readTlvs(reader, 'termination') };
    case BMP_ROUTE_MIRRORING:
      return {
        kind: 'route-mirroring',
        peer: readPeerHeader(reader),
        items: readTlvs(reader, 'route-mirroring'),
      };
    default:
      return { kind: 'unknown', type, body: rest('bmp.body') };
  }
}

/**
 * The octets of one whole message.
 *
 * @throws {RangeError} for what does not fit, and for an `unknown` message of a type that is known.
 */
export function encodeBmp(message: BmpMessage): Uint8Array {
  const body = createWriter();
  const type = writeBody(body, message);
  return createWriter()
    .u8(BMP_VERSION, 'bmp.version')
    .u32(BMP_HEADER_LENGTH + body.length, 'bmp.length')
    .u8(type, 'bmp.type')
    .bytes(body.finish())
    .finish();
}

/** Writes what follows the common header; gives the type. */
function writeBody(writer: Writer, message: BmpMessage): number {
  switch (message.kind) {
    case 'route-monitoring':
      writePeerHeader(writer, message.peer);
      writer.bytes(message.update);
      return BMP_ROUTE_MONITORING;
    case 'statistics':
      writeStatistics(writer, message);
      return BMP_STATISTICS;
    case 'peer-down':
      writePeerDown(writer, message);
      return BMP_PEER_DOWN;
    case 'peer-up':
      writePeerUp(writer, message);
      return BMP_PEER_UP;
    case 'initiation':
      writeTlvs(writer, message.information, 'initiation');
      return BMP_INITIATION;
    case 'termination':
      writeTlvs(writer, message.information, 'termination');
      return BMP_TERMINATION;
    case 'route-mirroring':
      writePeerHeader(writer, message.peer);
      writeTlvs(writer, message.items, 'route-mirroring');
      return BMP_ROUTE_MIRRORING;
    case 'unknown':
      if (message.type <= BMP_ROUTE_MIRRORING)
        throw new RangeError(`bmp.type: ${message.type} is a known type`);
      writer.bytes(message.body);
      return message.type;
  }
}
