import { createReader, createWriter } from '../../bytes/index.js';
import type { Family } from '../capability/cap-01-multiprotocol.js';
import { sessionReset } from '../fault.js';
import { frameMessage, HEADER_LENGTH, MSG_ROUTE_REFRESH } from './message-header.js';

/** A ROUTE-REFRESH message (RFC 2918 §3, with the subtype of RFC 7313 §3.2). */
export interface RouteRefreshMessage extends Family {
  readonly kind: 'route-refresh';
  /** 0 request, 1 beginning and 2 end of a refresh; the reserved octet of RFC 2918. */
  readonly subtype: number;
  /** Octets behind the family, such as outbound route filters (RFC 5291 §4); absent when there are none. */
  readonly rest?: Uint8Array;
}

/**
 * Decodes the body of a ROUTE-REFRESH whose header was read; `octets` is the whole message, at least 23 octets.
 *
 * @throws {BgpError} session-reset `route-refresh-length` (7/1; RFC 7313 §5): subtypes 1 and 2 have exactly 4 octets.
 */
export function decodeRouteRefresh(octets: Uint8Array): RouteRefreshMessage {
  const reader = createReader(octets, HEADER_LENGTH);
  const afi = reader.u16('route-refresh.afi');
  const subtype = reader.u8('route-refresh.subtype');
  const safi = reader.u8('route-refresh.safi');
  const at = reader.offset;
  const rest = reader.bytes(reader.remaining, 'route-refresh.rest').slice();
  if (rest.length > 0 && (subtype === 1 || subtype === 2)) {
    throw sessionReset(
      'route-refresh-length',
      `${rest.length} octets too many for subtype ${subtype}`,
      { field: 'route-refresh', offset: at },
      7,
      1,
      octets.slice(),
    );
  }
  return { kind: 'route-refresh', afi, safi, subtype, ...(rest.length > 0 && { rest }) };
}

/**
 * The whole message.
 *
 * @throws {RangeError} for what does not fit, or `rest` with subtype 1 or 2.
 */
export function encodeRouteRefresh(message: RouteRefreshMessage, extendedMessages: boolean): Uint8Array {
  const { afi, safi, subtype, rest = new Uint8Array(0) } = message;
  if (rest.length > 0 && (subtype === 1 || subtype === 2)) {
    throw new RangeError(`route-refresh.rest: none with subtype ${subtype}`);
  }
  const body = createWriter()
    .u16(afi, 'route-refresh.afi')
    .u8(subtype, 'route-refresh.subtype')
    .u8(safi, 'route-refresh.safi')
    .bytes(rest);
  return frameMessage(MSG_ROUTE_REFRESH, body.finish(), extendedMessages);
}
