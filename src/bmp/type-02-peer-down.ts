import { decodeMessage, notificationName, shutdownCommunication } from '../bgp/index.js';
import { DecodeError, quoted, type Reader, readU16, type Writer } from '../bytes/index.js';
import { type PeerHeader, writePeerHeader } from './peer-header.js';

/** Peer Down Notification (RFC 7854 §4.9, RFC 9069 §5.3): it withdraws all routes of the peer. */
export interface BmpPeerDown {
  readonly kind: 'peer-down';
  readonly peer: PeerHeader;
  readonly reason: number;
  /** A NOTIFICATION message for reasons 1 and 3, an FSM event for 2, TLVs for 6. */
  readonly data: Uint8Array;
}

export function readPeerDown(peer: PeerHeader, reader: Reader): BmpPeerDown {
  const reason = reader.u8('peer-down.reason');
  return { kind: 'peer-down', peer, reason, data: reader.bytes(reader.remaining, 'peer-down.data') };
}

export function writePeerDown(writer: Writer, { peer, reason, data }: BmpPeerDown): void {
  writePeerHeader(writer, peer);
  writer.u8(reason, 'peer-down.reason').bytes(data);
}

/** Why a session ended, in words for one line; text of the peer stands in quotation marks, escaped. */
export function describePeerDown({ reason, data }: BmpPeerDown): string {
  switch (reason) {
    case 1:
      return `the router closed the session${notificationWords(data)}`;
    case 2:
      return `the router closed the session without NOTIFICATION${data.length === 2 ? `, FSM event ${readU16(data, 0)}` : ''}`;
    case 3:
      return `the peer closed the session${notificationWords(data)}`;
    case 4:
      return 'the peer closed the session without NOTIFICATION';
    case 5:
      return 'the router monitors the peer no longer';
    case 6:
      return 'the router closed the table';
    default:
      return `reason ${reason}`;
  }
}

function notificationWords(data: Uint8Array): string {
  try {
    const message = decodeMessage(data);
    if (message.kind !== 'notification') return '';
    const text = shutdownCommunication(message);
    const said = text === undefined ? '' : ` ${quoted(text)}`;
    return `: NOTIFICATION ${message.code}/${message.subcode} (${notificationName(message)})${said}`;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return '';
  }
}
