import type { Reader, Writer } from '../../bytes/index.js';
import { PDU_TYPE, writeHeader } from './header.js';
import type { Timing } from './timing.js';

/** End of Data (8210bis §5.7; RFC 6810 §5.8 without intervals): the response is complete and makes `serial`. */
export interface EndOfData {
  readonly type: 'end-of-data';
  readonly sessionId: number;
  readonly serial: number;
  /** As sent, unchecked; absent in version 0. */
  readonly timing?: Timing;
}

/** Writes the whole PDU. Throws `TypeError` when version 1 or 2 lacks the intervals. */
export function encodeEndOfData(writer: Writer, version: number, pdu: EndOfData): void {
  writeHeader(writer, version, PDU_TYPE.endOfData, pdu.sessionId, version === 0 ? 12 : 24);
  writer.u32(pdu.serial, 'serial');
  if (version === 0) return;
  if (!pdu.timing) throw new TypeError(`End of Data of version ${version} carries three intervals`);
  const { refresh, retry, expire } = pdu.timing;
  writer.u32(refresh, 'refresh').u32(retry, 'retry').u32(expire, 'expire');
}

/** Reads the body that follows a checked header. */
export function decodeEndOfData(x: number, body: Reader): EndOfData {
  const serial = body.u32('serial');
  if (body.remaining === 0) return { type: 'end-of-data', sessionId: x, serial };
  const timing = { refresh: body.u32('refresh'), retry: body.u32('retry'), expire: body.u32('expire') };
  return { type: 'end-of-data', sessionId: x, serial, timing };
}
