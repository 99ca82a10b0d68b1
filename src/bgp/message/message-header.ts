import { DecodeError, readU16 } from '../../bytes/index.js';
import { sessionReset } from '../fault.js';

/** Message types: RFC 4271 §4.1 (1 to 4), RFC 2918 §3 (5). */
export const MSG_OPEN = 1;
export const MSG_UPDATE = 2;
export const MSG_NOTIFICATION = 3;
export const MSG_KEEPALIVE = 4;
export const MSG_ROUTE_REFRESH = 5;

/** Octets of the header: marker (16), length (2), type (1). */
export const HEADER_LENGTH = 19;
/** The largest message of RFC 4271 §4.1. */
export const MAX_MESSAGE_LENGTH = 4096;
/** The largest message of RFC 8654 §2. */
export const MAX_EXTENDED_MESSAGE_LENGTH = 65535;

/** Least octets of each type, header included (RFC 4271 §4.2 to §4.5, RFC 2918 §3). */
const MINIMUM: Readonly<Record<number, number>> = {
  [MSG_OPEN]: 29,
  [MSG_UPDATE]: 23,
  [MSG_NOTIFICATION]: 21,
  [MSG_KEEPALIVE]: HEADER_LENGTH,
  [MSG_ROUTE_REFRESH]: 23,
};

/** The fixed-size header of a message (RFC 4271 §4.1). */
export interface MessageHeader {
  /** Octets of the whole message, header included. */
  readonly length: number;
  readonly type: number;
}

/**
 * The most octets a message of `type` may have (RFC 8654 §4): 65535 where extended messages are in use, but 4096 for
 * OPEN and KEEPALIVE always.
 */
export function maxMessageLength(type: number, extendedMessages: boolean): number {
  return extendedMessages && type !== MSG_OPEN && type !== MSG_KEEPALIVE
    ? MAX_EXTENDED_MESSAGE_LENGTH
    : MAX_MESSAGE_LENGTH;
}

/**
 * Reads and checks the 19 octets at `offset` (RFC 4271 §6.1, in its order: marker, length, type). The caller has
 * made sure that they are there; whether the rest of the message is there is not looked at.
 *
 * @param extendedMessages whether this side announced capability 6 (RFC 8654).
 * @throws {BgpError} session-reset: `marker` (1/1), `message-length` (1/2), `message-type` (1/3).
 */
export function decodeHeader(octets: Uint8Array, offset: number, extendedMessages: boolean): MessageHeader {
  for (let i = 0; i < 16; i++) {
    if (octets[offset + i] !== 0xff) {
      throw sessionReset('marker', 'not all ones', { field: 'header.marker', offset: offset + i }, 1, 1);
    }
  }
  const length = readU16(octets, offset + 16);
  const type = octets[offset + 18] as number;
  const minimum = MINIMUM[type] ?? HEADER_LENGTH;
  const maximum = type === MSG_KEEPALIVE ? HEADER_LENGTH : maxMessageLength(type, extendedMessages);
  if (length < minimum || length > maximum) {
    throw sessionReset(
      'message-length',
      `${length} is not in ${minimum}..${maximum} for type ${type}`,
      { field: 'header.length', offset: offset + 16 },
      1,
      2,
      octets.slice(offset + 16, offset + 18),
    );
  }
  if (MINIMUM[type] === undefined) {
    throw sessionReset(
      'message-type',
      `type ${type} is not known`,
      { field: 'header.type', offset: offset + 18 },
      1,
      3,
      Uint8Array.of(type),
    );
  }
  return { length, type };
}

/**
 * A whole message: header and `body`. RFC 4271 §4.1.
 *
 * @throws {RangeError} when it would be longer than {@link maxMessageLength} allows; nothing is ever cut off.
 */
export function frameMessage(type: number, body: Uint8Array, extendedMessages: boolean): Uint8Array {
  const length = HEADER_LENGTH + body.length;
  const maximum = maxMessageLength(type, extendedMessages);
  if (length > maximum) throw new RangeError(`header.length: ${length} octets, the maximum is ${maximum}`);
  const octets = new Uint8Array(length);
  octets.fill(0xff, 0, 16);
  octets[16] = length >> 8;
  octets[17] = length & 0xff;
  octets[18] = type;
  octets.set(body, HEADER_LENGTH);
  return octets;
}

/**
 * Checks that `octets` is one message, and reads its header.
 *
 * @throws {BgpError} as {@link decodeHeader}; {DecodeError} `truncated`, `trailing-octets`.
 */
export function expectMessage(octets: Uint8Array, extendedMessages: boolean): MessageHeader {
  if (octets.length < HEADER_LENGTH) {
    const message = `${octets.length} octets, a header has ${HEADER_LENGTH}`;
    throw new DecodeError('truncated', message, { field: 'header', offset: octets.length });
  }
  const header = decodeHeader(octets, 0, extendedMessages);
  if (octets.length === header.length) return header;
  const short = octets.length < header.length;
  throw new DecodeError(
    short ? 'truncated' : 'trailing-octets',
    `${octets.length} octets, the header says ${header.length}`,
    { field: 'message', offset: short ? octets.length : header.length },
  );
}
