import {
  encodeUpdateMessage,
  FLAG_EXTENDED_LENGTH,
  type PathAttribute,
  type SessionOptions,
  type Treatment,
} from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';

/** Octets of hexadecimal text with blanks for the eye. */
export function hex(text: string): Uint8Array {
  return fromHex(text.replaceAll(/\s/g, ''));
}

/** An attribute from flags, code and the hexadecimal value. */
export function attribute(flags: number, code: number, value: string): PathAttribute {
  const octets = hex(value);
  return { flags: octets.length > 255 ? flags | FLAG_EXTENDED_LENGTH : flags, code, value: octets };
}

/** A whole UPDATE message. */
export function updateOf(
  attributes: readonly PathAttribute[],
  fields: { readonly withdrawn?: string; readonly nlri?: string; readonly rest?: string } = {},
): Uint8Array {
  return encodeUpdateMessage(
    {
      kind: 'update',
      withdrawnField: hex(fields.withdrawn ?? ''),
      attributes,
      ...(fields.rest !== undefined && { attributesRest: hex(fields.rest) }),
      nlriField: hex(fields.nlri ?? ''),
    },
    true,
  );
}

/** Well-formed attributes for tests that spoil one of them. */
export const ORIGIN = attribute(0x40, 1, '00');
export const AS_PATH = attribute(0x40, 2, '0201 0000fbf0');
export const NEXT_HOP = attribute(0x40, 3, 'c0000201');
export const MP_REACH = attribute(0x80, 14, '0001 01 04 c0000201 00 18cb0071');
export const NLRI = '18c00002';

/** One row of a table of faults. */
export interface FaultRow {
  readonly name: string;
  readonly message: Uint8Array;
  readonly session?: SessionOptions;
  readonly code: string;
  readonly treatment: Treatment;
  readonly offset: number;
  readonly attribute?: number;
  readonly field: string;
}
