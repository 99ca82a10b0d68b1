import { type AsnSize, BgpError, decodeHeader, HEADER_LENGTH, MSG_UPDATE } from '../bgp/index.js';
import { DecodeError } from '../bytes/index.js';
import { type Emitter, reportFault } from './emitter.js';
import { count } from './summary.js';
import { deliverUpdate } from './update-elements.js';

/**
 * Delivers what a whole BGP message (RFC 4271 §4.1), `octets[start, end)` with marker, says about routes. Messages
 * longer than 4,096 octets are read: RFC 8654, and old dumps.
 *
 * @throws {DecodeError} `truncated`, or the codes of `decodeHeader`; nothing was delivered then.
 */
export function deliverMessage(
  emitter: Emitter,
  octets: Uint8Array,
  start: number,
  end: number,
  asnSize: AsnSize,
  addPath: boolean,
): void {
  const room = end - start;
  if (room < HEADER_LENGTH) throw truncated(start, HEADER_LENGTH, room);
  const { length, type } = decodeHeader(octets, start, true);
  if (length > room) throw truncated(start, length, room);
  if (length < room) {
    const message = `${room - length} octets behind the message are ignored`;
    const offset = start + length;
    reportFault(emitter, { code: 'message-trailing-octets', message, field: 'bgp', offset });
  }
  count(emitter.summary.messages, type);
  if (type !== MSG_UPDATE) return;
  try {
    deliverUpdate(emitter, octets, start + HEADER_LENGTH, start + length, asnSize, addPath);
  } catch (error) {
    if (emitter.calling || !(error instanceof BgpError)) throw error;
    reportFault(emitter, error.fault, error.treatment);
  }
}

function truncated(offset: number, needed: number, room: number): DecodeError {
  return new DecodeError('truncated', `needs ${needed} octets, has ${room}`, { field: 'bgp', offset });
}
