import type { Reader, Writer } from '../bytes/index.js';

/** A TLV as it stands in a message: nothing of it is interpreted, so that unknown ones are kept octet by octet. */
export interface BmpTlv {
  readonly type: number;
  readonly value: Uint8Array;
}

/** Types of Information TLVs: RFC 7854 §4.4 (0 to 2), RFC 9069 §5.2.1 (3), RFC 8671 §6.3.1 (4). */
export const INFORMATION_STRING = 0;
export const INFORMATION_SYS_DESCR = 1;
export const INFORMATION_SYS_NAME = 2;
export const INFORMATION_TABLE_NAME = 3;
export const INFORMATION_ADMIN_LABEL = 4;

/**
 * The TLVs to the end of `reader`. Values are views.
 *
 * @throws {DecodeError} `truncated` for a TLV that goes beyond the end.
 */
export function readTlvs(reader: Reader, field: string): BmpTlv[] {
  const tlvs: BmpTlv[] = [];
  while (reader.remaining > 0) {
    const place = `${field}[${tlvs.length}]`;
    const type = reader.u16(`${place}.type`);
    const length = reader.u16(`${place}.length`);
    tlvs.push({ type, value: reader.bytes(length, `${place}.value`) });
  }
  return tlvs;
}

/** Writes TLVs one after the other. */
export function writeTlvs(writer: Writer, tlvs: readonly BmpTlv[], field: string): void {
  for (const [i, { type, value }] of tlvs.entries()) {
    const place = `${field}[${i}]`;
    writer.u16(type, `${place}.type`).sized(2, `${place}.length`, (inner) => inner.bytes(value));
  }
}

/** The texts of all TLVs of a type, in their order; octets that are not UTF-8 read as U+FFFD. They are untrusted. */
export function tlvTexts(tlvs: readonly BmpTlv[], type: number): string[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return tlvs.filter((tlv) => tlv.type === type).map(({ value }) => decoder.decode(value));
}
