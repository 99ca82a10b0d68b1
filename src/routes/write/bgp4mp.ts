import type { Writer } from '../../bytes/index.js';
import type { Asn } from '../../inet/index.js';
import {
  BGP4MP,
  BGP4MP_STATE_CHANGE,
  BGP4MP_STATE_CHANGE_AS4,
  MESSAGE_SUBTYPES,
  type MessageSubtype,
} from '../mrt/mrt-types.js';
import { encodeMrtRecord, type MrtTime } from './record.js';

/** What BGP4MP records say about the session (RFC 6396 §4.4). */
export interface Bgp4mpSession extends MrtTime {
  readonly peerAs: Asn;
  readonly localAs: Asn;
  readonly interfaceIndex?: number;
  /** Both addresses have 4 octets, or both 16. */
  readonly peerAddress: Uint8Array;
  readonly localAddress: Uint8Array;
  /** Octets per AS number in the record and in its message. */
  readonly asnSize: 2 | 4;
}

/** A record with a BGP message; {@link MessageSubtype} chooses its subtype. */
export interface Bgp4mpMessage extends Bgp4mpSession, MessageSubtype {
  /** The whole message with marker. */
  readonly message: Uint8Array;
}

/** @throws {RangeError} for values outside their fields, such as an ASN above 65535 in 2 octets. */
export function encodeBgp4mpMessage(record: Bgp4mpMessage): Uint8Array {
  const subtype = MESSAGE_SUBTYPES.findIndex(
    (row) => row?.asnSize === record.asnSize && row.addPath === record.addPath && row.local === record.local,
  );
  return encodeMrtRecord(record, BGP4MP, subtype, (writer) => {
    writeSession(writer, record);
    writer.bytes(record.message);
  });
}

/** A state change, 1 Idle .. 6 Established. @throws {RangeError} for values outside their fields. */
export function encodeBgp4mpStateChange(
  record: Bgp4mpSession & { readonly oldState: number; readonly newState: number },
): Uint8Array {
  const subtype = record.asnSize === 4 ? BGP4MP_STATE_CHANGE_AS4 : BGP4MP_STATE_CHANGE;
  return encodeMrtRecord(record, BGP4MP, subtype, (writer) => {
    writeSession(writer, record);
    writer.u16(record.oldState, 'old-state').u16(record.newState, 'new-state');
  });
}

function writeSession(writer: Writer, session: Bgp4mpSession): void {
  const { peerAs, localAs, interfaceIndex, peerAddress, localAddress, asnSize } = session;
  const size = peerAddress.length;
  if ((size !== 4 && size !== 16) || localAddress.length !== size) {
    throw new RangeError('two addresses of 4 octets or two of 16');
  }
  for (const asn of [peerAs, localAs]) {
    if (asnSize === 4) writer.u32(asn, 'bgp4mp.as-number');
    else writer.u16(asn, 'bgp4mp.as-number');
  }
  writer.u16(interfaceIndex ?? 0, 'bgp4mp.interface-index').u16(size === 4 ? 1 : 2, 'bgp4mp.afi');
  writer.bytes(peerAddress).bytes(localAddress);
}
