import { createWriter, readU16 } from '../../bytes/index.js';
import { BgpError } from '../fault.js';

/** Attribute Flags (RFC 4271 §4.3): the high-order four bits. */
export const FLAG_OPTIONAL = 0x80;
export const FLAG_TRANSITIVE = 0x40;
export const FLAG_PARTIAL = 0x20;
export const FLAG_EXTENDED_LENGTH = 0x10;

/** A place in a Path Attributes field; the last four members are of the attribute that was read last. */
export interface PathAttributeCursor {
  octets: Uint8Array;
  offset: number;
  end: number;
  /** The whole flags octet. */
  flags: number;
  /** Attribute Type Code. */
  code: number;
  /** The value is `octets[valueStart, valueEnd)`. */
  valueStart: number;
  valueEnd: number;
}

/** A cursor before the field `octets[start, end)`. RFC 4271 §4.3. */
export function createPathAttributeCursor(
  octets: Uint8Array,
  start = 0,
  end = octets.length,
): PathAttributeCursor {
  return { octets, offset: start, end, flags: 0, code: 0, valueStart: start, valueEnd: start };
}

/**
 * Reads the next attribute's header and passes its value (RFC 4271 §4.3); false at the end of the field. Allocates
 * nothing.
 *
 * @throws {BgpError} `attribute-overrun`, `treat-as-withdraw` (RFC 7606 §4), offset at the attribute.
 */
export function nextPathAttribute(cursor: PathAttributeCursor): boolean {
  const { octets, offset: at, end } = cursor;
  if (at >= end) return false;
  const flags = octets[at] as number;
  const header = (flags & FLAG_EXTENDED_LENGTH) !== 0 ? 4 : 3;
  if (end - at < header) throw overrun(cursor, header);
  const length = header === 4 ? readU16(octets, at + 2) : (octets[at + 2] as number);
  if (length > end - at - header) throw overrun(cursor, header + length);
  cursor.flags = flags;
  cursor.code = octets[at + 1] as number;
  cursor.valueStart = at + header;
  cursor.valueEnd = at + header + length;
  cursor.offset = cursor.valueEnd;
  return true;
}

/**
 * A Path Attributes field (RFC 4271 §4.3), the attributes in the given order.
 *
 * @throws {RangeError} for a value of more than 255 octets without the Extended Length flag, or above 65535.
 */
export function encodePathAttributes(
  attributes: Iterable<{ readonly flags: number; readonly code: number; readonly value: Uint8Array }>,
): Uint8Array {
  const writer = createWriter();
  for (const { flags, code, value } of attributes) {
    const field = `path-attribute-${code}`;
    writer.u8(flags, `${field}.flags`).u8(code, `${field}.type`);
    writer.sized((flags & FLAG_EXTENDED_LENGTH) !== 0 ? 2 : 1, `${field}.length`, (body) =>
      body.bytes(value),
    );
  }
  return writer.finish();
}

function overrun({ offset, end }: PathAttributeCursor, needed: number): BgpError {
  return new BgpError({
    code: 'attribute-overrun',
    treatment: 'treat-as-withdraw',
    message: `needs ${needed} octets, ${end - offset} are left`,
    field: 'path-attributes',
    offset,
  });
}
