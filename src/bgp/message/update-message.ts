import { createWriter, type Writer } from '../../bytes/index.js';
import {
  createPathAttributeCursor,
  FLAG_EXTENDED_LENGTH,
  nextPathAttribute,
} from '../attribute/path-attributes.js';
import { BgpError } from '../fault.js';
import { frameMessage, HEADER_LENGTH, MSG_UPDATE } from './message-header.js';
import { createUpdateScan, scanUpdate, type UpdateScan } from './update-scan.js';

/** A path attribute as it stands in a message (RFC 4271 §4.3): nothing of it is interpreted. */
export interface PathAttribute {
  /** The whole flags octet; with Extended Length set the length takes two octets, whatever it is. */
  readonly flags: number;
  /** Attribute Type Code. */
  readonly code: number;
  readonly value: Uint8Array;
}

/** The fields of an UPDATE message (RFC 4271 §4.3), uninterpreted: they decode and encode byte for byte. */
export interface UpdateMessage {
  readonly kind: 'update';
  /** The Withdrawn Routes field. */
  readonly withdrawnField: Uint8Array;
  /** In the order of the message. */
  readonly attributes: readonly PathAttribute[];
  /** Octets at the end of the Path Attributes field that do not hold an attribute (RFC 7606 §4); mostly absent. */
  readonly attributesRest?: Uint8Array;
  /** The Network Layer Reachability Information field. */
  readonly nlriField: Uint8Array;
}

/**
 * Splits an UPDATE whose header was read into its fields; `octets` is the whole message. The members are views of it.
 *
 * @throws {BgpError} session-reset `update-length` (3/1; RFC 7606 §3 b).
 */
export function decodeUpdateMessage(octets: Uint8Array): UpdateMessage {
  return readUpdateMessage(octets, createUpdateScan());
}

/** As {@link decodeUpdateMessage}; where the fields stand is left in `scan`. */
export function readUpdateMessage(octets: Uint8Array, scan: UpdateScan): UpdateMessage {
  scanUpdate(octets, HEADER_LENGTH, octets.length, scan);
  const cursor = createPathAttributeCursor(octets, scan.attributes.start, scan.attributes.end);
  const attributes: PathAttribute[] = [];
  try {
    while (nextPathAttribute(cursor)) {
      const { flags, code, valueStart, valueEnd } = cursor;
      attributes.push({ flags, code, value: octets.subarray(valueStart, valueEnd) });
    }
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
  }
  return {
    kind: 'update',
    withdrawnField: octets.subarray(scan.withdrawn.start, scan.withdrawn.end),
    attributes,
    ...(cursor.offset < cursor.end && { attributesRest: octets.subarray(cursor.offset, cursor.end) }),
    nlriField: octets.subarray(scan.nlri.start, scan.nlri.end),
  };
}

/**
 * The whole message. Attributes keep their order: RFC 7606 §5.1 wants an MP attribute first, and the caller decides.
 *
 * @param extendedMessages whether the peer announced capability 6 (RFC 8654 §4).
 * @throws {RangeError} when the message or an attribute is too long for its length field; nothing is cut off.
 */
export function encodeUpdateMessage(update: UpdateMessage, extendedMessages: boolean): Uint8Array {
  const { withdrawnField, attributes, attributesRest, nlriField } = update;
  let length = attributesRest?.length ?? 0;
  for (const { flags, value } of attributes) length += (flags & FLAG_EXTENDED_LENGTH ? 4 : 3) + value.length;
  const writer = createWriter(4 + withdrawnField.length + length + nlriField.length)
    .u16(withdrawnField.length, 'update.withdrawn-routes.length')
    .bytes(withdrawnField)
    .u16(length, 'update.path-attributes.length');
  for (let i = 0; i < attributes.length; i++) {
    const { flags, code, value } = attributes[i] as PathAttribute;
    octet(writer, flags, i, 'flags');
    octet(writer, code, i, 'type');
    if (flags & FLAG_EXTENDED_LENGTH) writer.u16(value.length, 'update.attribute.length');
    else octet(writer, value.length, i, 'length');
    writer.bytes(value);
  }
  if (attributesRest) writer.bytes(attributesRest);
  return frameMessage(MSG_UPDATE, writer.bytes(nlriField).finish(), extendedMessages);
}

/** The name of the field is put together where it is needed. */
function octet(writer: Writer, value: number, i: number, part: 'flags' | 'type' | 'length'): void {
  writer.u8(value, (value & 0xff) === value ? part : `update.attribute[${i}].${part}`);
}
