import { createDescriber, DecodeError, type DescribedOctets, type Describer } from '../../bytes/index.js';
import { BgpError } from '../fault.js';
import { decodeMessage } from '../message/message.js';
import {
  HEADER_LENGTH,
  MSG_KEEPALIVE,
  MSG_NOTIFICATION,
  MSG_OPEN,
  MSG_ROUTE_REFRESH,
  MSG_UPDATE,
} from '../message/message-header.js';
import type { SessionOptions } from '../message/session.js';
import { inspectUpdate } from '../message/update.js';
import { describeNotification } from './notification.js';
import { describeOpen } from './open.js';
import { describeUpdate } from './update.js';

/** A message as an annotated tree, with all that is wrong with it. */
export interface MessageDescription {
  /** The whole array: its children are the header, the parts of the body, and octets left over. */
  readonly tree: DescribedOctets;
  /** `BgpError`s carry the treatment; a plain `DecodeError` says that the array is not one message. */
  readonly errors: readonly DecodeError[];
}

const TYPE_NAMES: Readonly<Record<number, string>> = {
  [MSG_OPEN]: 'OPEN',
  [MSG_UPDATE]: 'UPDATE',
  [MSG_NOTIFICATION]: 'NOTIFICATION',
  [MSG_KEEPALIVE]: 'KEEPALIVE',
  [MSG_ROUTE_REFRESH]: 'ROUTE-REFRESH',
};

/**
 * Describes one message, octet by octet. Never throws: broken messages are described as far as they go, and every
 * octet of the input is in the tree. NON-SPEC: for people.
 */
export function describeMessage(octets: Uint8Array, session: SessionOptions = {}): MessageDescription {
  const whole = createDescriber(octets);
  whole.group('message', octets.length, (message) => describeMessageIn(message, session), 'RFC 4271 §4.1');
  const type = octets[HEADER_LENGTH - 1] ?? 0;
  return { tree: whole.nodes[0] as DescribedOctets, errors: errorsOf(octets, type, session) };
}

/**
 * Describes the message that begins here, inside something else that carries messages; octets behind it are left. The result is
 * its name. NON-SPEC: for people.
 */
export function describeMessageIn(message: Describer, session: SessionOptions = {}): string {
  const length = (message.peek(16) ?? 0) * 256 + (message.peek(17) ?? 0);
  const type = message.peek(HEADER_LENGTH - 1) ?? 0;
  message.group('Header', HEADER_LENGTH, describeHeader, 'RFC 4271 §4.1');
  const size = Math.max(0, Math.min(message.remaining, length - HEADER_LENGTH));
  const describe = (body: Describer) => describeBody(body, type, session);
  if (size > 0) message.group('Body', size, describe, BODY_SOURCES[type]);
  return TYPE_NAMES[type] ?? `type ${type}`;
}

/** Where the body of a type of message is defined. */
const BODY_SOURCES: Readonly<Record<number, string>> = {
  [MSG_OPEN]: 'RFC 4271 §4.2',
  [MSG_UPDATE]: 'RFC 4271 §4.3',
  [MSG_NOTIFICATION]: 'RFC 4271 §4.5',
  [MSG_KEEPALIVE]: 'RFC 4271 §4.4',
  [MSG_ROUTE_REFRESH]: 'RFC 7313 §3.2',
};

function describeHeader(header: Describer): undefined {
  header.bytes('Marker', 16);
  header.uint('Length', 2);
  header.uint('Type', 1, (type) => TYPE_NAMES[type] ?? `unknown ${type}`);
}

function describeBody(body: Describer, type: number, session: SessionOptions): string | undefined {
  switch (type) {
    case MSG_OPEN:
      describeOpen(body);
      return undefined;
    case MSG_UPDATE:
      describeUpdate(body, session);
      return undefined;
    case MSG_NOTIFICATION:
      return describeNotification(body);
    case MSG_ROUTE_REFRESH:
      body.uint('Address Family Identifier', 2);
      body.uint('Message Subtype', 1);
      body.uint('Subsequent Address Family Identifier', 1);
      return undefined;
    default:
      return undefined;
  }
}

function errorsOf(octets: Uint8Array, type: number, session: SessionOptions): DecodeError[] {
  try {
    if (type !== MSG_UPDATE) decodeMessage(octets, session.extendedMessages ?? true);
    else return inspectUpdate(octets, session).faults.map((fault) => new BgpError(fault));
    return [];
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return [error];
  }
}
