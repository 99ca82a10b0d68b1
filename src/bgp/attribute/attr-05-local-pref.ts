import { createWriter, readU32 } from '../../bytes/index.js';
import { expectLength } from './attribute-fault.js';

/** Type code of LOCAL_PREF (RFC 4271 §5.1.5). */
export const ATTR_LOCAL_PREF = 5;

/**
 * Decodes the value `octets[start, end)`, an unsigned 32-bit preference.
 *
 * @throws {BgpError} treat-as-withdraw (RFC 7606 §7.5): `local-pref-length`.
 */
export function decodeLocalPref(octets: Uint8Array, start = 0, end = octets.length): number {
  expectLength(ATTR_LOCAL_PREF, 'local-pref', start, end, 4);
  return readU32(octets, start);
}

/** The attribute value, 4 octets. RFC 4271 §5.1.5. */
export function encodeLocalPref(preference: number): Uint8Array {
  return createWriter().u32(preference, 'local-pref').finish();
}
