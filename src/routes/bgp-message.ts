import { type AsnSize, BgpError, decodeHeader, HEADER_LENGTH, MSG_UPDATE } from '../bgp/index.js';
import { DecodeError } from '../bytes/index.js';
import type { AddPath } from './add-path.js';
import { type Emitter, reportFault } from './emitter.js';
import { count } from './summary.js';
import { deliverUpdate } from './update-elements.js';

/**
 * Delivers what a BGP message (RFC 4271 §4.1), `octets[start, end)` with marker, says about routes. Messages longer than
 * 4,096 octets are read: RFC 8654, and old dumps. One that the end cuts off is reported as `truncated`, and what stands
 * before the cut is delivered (docs/decisions/routes.md D-mrt-cut-message).
 *
 * @throws {DecodeError} `truncated` when not even the header is there, or the codes of `decodeHeader`; nothing was
 * delivered then.
 */
export function deliverMessage(
  emitter: Emitter,
  octets: Uint8Array,
  start: number,
  end: number,
  asnSize: AsnSize,
  addPath: AddPath,
): void {
  const room = end - start;
  if (room < HEADER_LENGTH) {
    throw new DecodeError('truncated', needs(HEADER_LENGTH, room), { field: 'bgp', offset: start });
  }
  const { length, type } = decodeHeader(octets, start, true);
  if (length < room) {
    const message = `${room - length} octets behind the message are ignored`;
    const offset = start + length;
    reportFault(emitter, { code: 'message-trailing-octets', message, field: 'bgp', offset });
  }
  if (type === MSG_UPDATE) emitter.updates++;
  else count(emitter.summary.messages, type);
  if (length > room) {
    reportFault(emitter, { code: 'truncated', message: needs(length, room), field: 'bgp', offset: start });
    if (emitter.strict) return;
  }
  if (type !== MSG_UPDATE) return;
  const declared = start + length;
  deliverBody(emitter, octets, start + HEADER_LENGTH, declared, asnSize, addPath, Math.min(declared, end));
}

/**
 * Delivers an UPDATE of which `octets[start, end)` follows the message header; a fault that ends its reading is reported.
 *
 * @param available where the octets end when that is before `end`.
 */
export function deliverBody(
  emitter: Emitter,
  octets: Uint8Array,
  start: number,
  end: number,
  asnSize: AsnSize,
  addPath: AddPath,
  available: number,
): void {
  try {
    deliverUpdate(emitter, octets, start, end, asnSize, addPath, available);
  } catch (error) {
    if (emitter.calling || !(error instanceof BgpError)) throw error;
    reportFault(emitter, error.fault, error.treatment);
  }
}

const needs = (length: number, room: number): string => `needs ${length} octets, has ${room}`;
