import { createWriter } from '../../bytes/index.js';
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
  const writer = createWriter()
    .sized(2, 'update.withdrawn-routes.length', (inner) => inner.bytes(update.withdrawnField))
    .sized(2, 'update.path-attributes.length', (inner) => {
      for (const [i, { flags, code, value }] of update.attributes.entries()) {
        const field = `update.attribute[${i}]`;
        const width = flags & FLAG_EXTENDED_LENGTH ? 2 : 1;
        inner.u8(flags, `${field}.flags`).u8(code, `${field}.type`);
        inner.sized(width, `${field}.length`, (octets) => octets.bytes(value));
      }
      if (update.attributesRest) inner.bytes(update.attributesRest);
    })
    .bytes(update.nlriField);
  return frameMessage(MSG_UPDATE, writer.finish(), extendedMessages);
}
