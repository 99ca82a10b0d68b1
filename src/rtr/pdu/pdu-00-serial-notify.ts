import type { Reader, Writer } from '../../bytes/index.js';
import { PDU_TYPE, writeHeader } from './header.js';

/** Serial Notify (8210bis §5.2): the cache has new data, now at `serial`. */
export interface SerialNotify {
  readonly type: 'serial-notify';
  readonly sessionId: number;
  readonly serial: number;
}

/** Writes the whole PDU. */
export function encodeSerialNotify(writer: Writer, version: number, pdu: SerialNotify): void {
  writeHeader(writer, version, PDU_TYPE.serialNotify, pdu.sessionId, 12);
  writer.u32(pdu.serial, 'serial');
}

/** Reads the body that follows a checked header. */
export function decodeSerialNotify(x: number, body: Reader): SerialNotify {
  return { type: 'serial-notify', sessionId: x, serial: body.u32('serial') };
}
