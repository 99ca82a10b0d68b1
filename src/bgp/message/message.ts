import { requireObject, sayValue } from '../../inet/index.js';
import {
  expectMessage,
  frameMessage,
  MSG_KEEPALIVE,
  MSG_NOTIFICATION,
  MSG_OPEN,
  MSG_UPDATE,
} from './message-header.js';
import { decodeNotification, encodeNotification, type NotificationMessage } from './notification.js';
import { decodeOpen, encodeOpen, type OpenMessage } from './open.js';
import { decodeRouteRefresh, encodeRouteRefresh, type RouteRefreshMessage } from './route-refresh.js';
import { decodeUpdateMessage, encodeUpdateMessage, type UpdateMessage } from './update-message.js';

/** A KEEPALIVE message (RFC 4271 §4.4): nothing but the header. */
export interface KeepaliveMessage {
  readonly kind: 'keepalive';
}

/** A BGP message. UPDATEs are split into their fields; `decodeUpdate` reads them. */
export type BgpMessage =
  | OpenMessage
  | UpdateMessage
  | NotificationMessage
  | KeepaliveMessage
  | RouteRefreshMessage;

/**
 * Decodes one whole message, which `octets` holds from the first octet to the last.
 *
 * @param extendedMessages whether this side announced capability 6, so that 65535 octets are allowed (RFC 8654 §4).
 * @throws {BgpError} session-reset, for a wrong header and as the decoder of the message type says.
 * @throws {DecodeError} `truncated` or `trailing-octets` when `octets` is not one message.
 */
export function decodeMessage(octets: Uint8Array, extendedMessages = true): BgpMessage {
  switch (expectMessage(octets, extendedMessages).type) {
    case MSG_OPEN:
      return decodeOpen(octets);
    case MSG_UPDATE:
      return decodeUpdateMessage(octets);
    case MSG_NOTIFICATION:
      return decodeNotification(octets);
    case MSG_KEEPALIVE:
      return { kind: 'keepalive' };
    default:
      return decodeRouteRefresh(octets);
  }
}

/**
 * The octets of one whole message.
 *
 * @param extendedMessages whether the peer announced capability 6, so that 65535 octets are allowed (RFC 8654 §4).
 * @throws {TypeError} for a message of no such kind. {@link RangeError} for what does not fit, or what the decoder would refuse.
 */
export function encodeMessage(message: BgpMessage, extendedMessages = true): Uint8Array {
  requireObject(message, 'the message', '{kind, …}');
  switch (message.kind) {
    case 'open':
      return encodeOpen(message);
    case 'update':
      return encodeUpdateMessage(message, extendedMessages);
    case 'notification':
      return encodeNotification(message, extendedMessages);
    case 'keepalive':
      return frameMessage(MSG_KEEPALIVE, new Uint8Array(0), false);
    case 'route-refresh':
      return encodeRouteRefresh(message, extendedMessages);
    default:
      throw new TypeError(
        `kind ${sayValue((message as BgpMessage).kind)} is none of open, update, notification, keepalive, route-refresh`,
      );
  }
}
