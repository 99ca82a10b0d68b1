/** Protocol versions: 0 is RFC 6810, 1 is RFC 8210, 2 is draft-ietf-sidrops-8210bis. */
export type RtrVersion = 0 | 1 | 2;

/**
 * The two layouts of the ASPA PDU, both of which call themselves version 2: that of 8210bis-14 and later (`current`),
 * and that of 8210bis-10 to -13, which StayRTR 0.5.1 speaks. They cannot be told apart safely, so a session uses the
 * one that its caller names and never guesses.
 */
export type AspaLayout = 'current' | '8210bis-10';

/** What decides how a PDU is laid out. */
export interface RtrFormat {
  readonly version: RtrVersion;
  /** Default `current`. */
  readonly aspaLayout?: AspaLayout;
}

/** Octets of the header that every PDU begins with (8210bis §5). */
export const HEADER_LENGTH = 8;
/** No PDU of version 2 is longer (8210bis §5.1); versions 0 and 1: docs/decisions/rtr.md D-rtr-pdu-bound. */
export const MAX_PDU_LENGTH = 65_535;

/** Whether `value` is a protocol version that this room speaks. */
export function isRtrVersion(value: number): value is RtrVersion {
  return value === 0 || value === 1 || value === 2;
}
