import { createWriter, type Writer } from '../../bytes/index.js';
import { requireIterable, requireObject, requireOctets } from '../../inet/index.js';
import { FLAG_EXTENDED_LENGTH } from '../attribute/path-attributes.js';
import { AttributePlaces } from './attribute-places.js';
import { frameMessage, HEADER_LENGTH, MSG_UPDATE } from './message-header.js';
import { createUpdateScan, scanUpdateFields, type UpdateScan } from './update-scan.js';

const NO_OCTETS = new Uint8Array(0);

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
  return readUpdateMessage(octets, createUpdateScan(), new AttributePlaces());
}

/** As {@link decodeUpdateMessage}; where the fields and attributes stand is left in `scan` and `places`. */
export function readUpdateMessage(
  octets: Uint8Array,
  scan: UpdateScan,
  places: AttributePlaces,
): UpdateMessage {
  scanUpdateFields(octets, HEADER_LENGTH, octets.length, scan);
  const { withdrawn, nlri, attributes: field } = scan;
  places.find(octets, field.start, field.end);
  const attributes = new Array<PathAttribute>(places.size);
  for (let i = 0; i < attributes.length; i++) {
    const value = octets.subarray(places.start(i), places.end(i));
    attributes[i] = { flags: places.flags(i), code: places.code(i), value };
  }
  const withdrawnField = viewOf(octets, withdrawn.start, withdrawn.end);
  const nlriField = viewOf(octets, nlri.start, nlri.end);
  if (places.rest === field.end) return { kind: 'update', withdrawnField, attributes, nlriField };
  const attributesRest = octets.subarray(places.rest, field.end);
  return { kind: 'update', withdrawnField, attributes, attributesRest, nlriField };
}

/** Most messages have nothing to withdraw. */
function viewOf(octets: Uint8Array, start: number, end: number): Uint8Array {
  return start === end ? NO_OCTETS : octets.subarray(start, end);
}

/**
 * The whole message. Attributes keep their order: RFC 7606 §5.1 wants an MP attribute first, and the caller decides.
 *
 * @param extendedMessages whether the peer announced capability 6 (RFC 8654 §4).
 * @throws {TypeError} for a field that is missing. {@link RangeError} when the message or an attribute is too long for its length field; nothing is cut off.
 */
export function encodeUpdateMessage(update: UpdateMessage, extendedMessages: boolean): Uint8Array {
  requireObject(update, 'the UPDATE', '{kind, withdrawnField, attributes, nlriField}');
  const { withdrawnField, attributes, attributesRest, nlriField } = update;
  requireOctets(withdrawnField, 'withdrawnField');
  requireIterable(attributes, 'attributes', 'a list of attributes (pathAttribute makes one)');
  requireOctets(nlriField, 'nlriField');
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
