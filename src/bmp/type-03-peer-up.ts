import { BgpError, decodeHeader, HEADER_LENGTH, MSG_OPEN } from '../bgp/index.js';
import { DecodeError, type Reader, type Writer } from '../bytes/index.js';
import { type PeerHeader, writeFixed, writePeerHeader } from './peer-header.js';
import { type BmpTlv, readTlvs, writeTlvs } from './tlv.js';

/** Peer Up Notification (RFC 7854 §4.10). */
export interface BmpPeerUp {
  readonly kind: 'peer-up';
  readonly peer: PeerHeader;
  /** The 16 octets of the field; an IPv4 address is in the last four. */
  readonly localAddressField: Uint8Array;
  readonly localPort: number;
  readonly remotePort: number;
  /**
   * The OPEN messages as they stand, header included, that the router sent and received; `decodeMessage` reads them.
   * Where there is no session they are made up by the router, and not always right (docs/decisions/bmp.md
   * D-bmp-open-octets).
   */
  readonly sentOpen: Uint8Array;
  readonly receivedOpen: Uint8Array;
  readonly information: readonly BmpTlv[];
}

/** @throws {DecodeError} `bmp-peer-up-open` for what is no OPEN message, or the codes of `decodeHeader`. */
export function readPeerUp(peer: PeerHeader, reader: Reader): BmpPeerUp {
  return {
    kind: 'peer-up',
    peer,
    localAddressField: reader.bytes(16, 'peer-up.local-address'),
    localPort: reader.u16('peer-up.local-port'),
    remotePort: reader.u16('peer-up.remote-port'),
    sentOpen: readOpen(reader, 'peer-up.sent-open'),
    receivedOpen: readOpen(reader, 'peer-up.received-open'),
    information: readTlvs(reader, 'peer-up.information'),
  };
}

/** The length stands in the message alone. */
function readOpen(reader: Reader, field: string): Uint8Array {
  const { offset, octets } = reader;
  if (reader.remaining < HEADER_LENGTH) reader.skip(HEADER_LENGTH, field);
  try {
    const { length, type } = decodeHeader(octets, offset, false);
    if (type === MSG_OPEN) return reader.bytes(length, field);
    const message = `a message of type ${type}, not an OPEN`;
    throw new DecodeError('bmp-peer-up-open', message, {
      field: `${field}.header.type`,
      offset: offset + 18,
    });
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    const { fault } = error;
    throw new BgpError({ ...fault, field: `${field}.${fault.field}` });
  }
}

export function writePeerUp(writer: Writer, message: BmpPeerUp): void {
  writePeerHeader(writer, message.peer);
  writeFixed(writer, message.localAddressField, 16, 'peer-up.local-address');
  writer
    .u16(message.localPort, 'peer-up.local-port')
    .u16(message.remotePort, 'peer-up.remote-port')
    .bytes(message.sentOpen)
    .bytes(message.receivedOpen);
  writeTlvs(writer, message.information, 'peer-up.information');
}
