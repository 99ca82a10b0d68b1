import type { Notification } from '../fault.js';
import { frameMessage, HEADER_LENGTH, MSG_NOTIFICATION } from './message-header.js';

/** A NOTIFICATION message (RFC 4271 §4.5). */
export interface NotificationMessage extends Notification {
  readonly kind: 'notification';
}

/** Decodes the body of a NOTIFICATION whose header was read; `octets` is the whole message, at least 21 octets. */
export function decodeNotification(octets: Uint8Array): NotificationMessage {
  const data = octets.slice(HEADER_LENGTH + 2);
  return {
    kind: 'notification',
    code: octets[HEADER_LENGTH] as number,
    subcode: octets[HEADER_LENGTH + 1] as number,
    ...(data.length > 0 && { data }),
  };
}

/**
 * The whole message.
 *
 * @param extendedMessages whether the peer announced capability 6; without it 4096 octets are the most (RFC 8654 §5).
 * @throws {RangeError} for a code that does not fit, or too much data.
 */
export function encodeNotification(notification: Notification, extendedMessages: boolean): Uint8Array {
  const { code, subcode, data = new Uint8Array(0) } = notification;
  for (const [name, value] of Object.entries({ code, subcode })) {
    if (!(Number.isInteger(value) && value >= 0 && value <= 255)) {
      throw new RangeError(`notification.${name}: ${value} is not an integer in 0..255`);
    }
  }
  const body = new Uint8Array(2 + data.length);
  body[0] = code;
  body[1] = subcode;
  body.set(data, 2);
  return frameMessage(MSG_NOTIFICATION, body, extendedMessages);
}

/**
 * The reason a peer gives in a Cease for Administrative Shutdown or Reset (6/2, 6/4; RFC 9003 §2): UTF-8 text of up to
 * 255 octets behind a length octet. Undefined for other codes and when the Data does not have this form.
 */
export function shutdownCommunication({ code, subcode, data }: Notification): string | undefined {
  if (code !== 6 || (subcode !== 2 && subcode !== 4) || !data?.length) return undefined;
  if (data[0] !== data.length - 1) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data.subarray(1));
  } catch {
    return undefined;
  }
}

/**
 * The content of a Hard Reset (Cease, subcode 9; RFC 8538 §3.1): the Error Code, the Error Subcode and the Data with
 * which the session would have ended without graceful restart. Undefined for other codes, and for Data of less than two
 * octets.
 */
export function hardResetContent({ code, subcode, data }: Notification): Notification | undefined {
  if (code !== 6 || subcode !== 9 || data === undefined || data.length < 2) return undefined;
  const rest = data.subarray(2);
  return {
    code: data[0] as number,
    subcode: data[1] as number,
    ...(rest.length > 0 && { data: rest }),
  };
}
