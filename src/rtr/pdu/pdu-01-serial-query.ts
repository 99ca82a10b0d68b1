import type { Reader, Writer } from '../../bytes/index.js';
import { PDU_TYPE, writeHeader } from './header.js';

/** Serial Query (8210bis §5.3): the router asks for all changes since `serial`. */
export interface SerialQuery {
  readonly type: 'serial-query';
  readonly sessionId: number;
  readonly serial: number;
}

/** Writes the whole PDU. */
export function encodeSerialQuery(writer: Writer, version: number, pdu: SerialQuery): void {
  writeHeader(writer, version, PDU_TYPE.serialQuery, pdu.sessionId, 12);
  writer.u32(pdu.serial, 'serial');
}

/** Reads the body that follows a checked header. */
export function decodeSerialQuery(x: number, body: Reader): SerialQuery {
  return { type: 'serial-query', sessionId: x, serial: body.u32('serial') };
}
