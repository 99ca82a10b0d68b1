import { type Prefix, requirePrefix, SAFI_UNICAST } from '../inet/index.js';
import { requireAnnounced } from './check-arguments.js';

/** What the tail of the octets to be hashed says besides the suite: the address family and the one prefix. */
export interface SignedPrefix {
  readonly prefix: Prefix;
  /** Subsequent Address Family Identifier, 1 unless the caller allows another. */
  readonly safi: number;
}

/**
 * A unicast prefix. RFC 8205 §4.1.
 *
 * @throws {TypeError} and {@link RangeError} for what is no prefix.
 */
export function unicast(prefix: Prefix): SignedPrefix {
  requirePrefix(prefix, 'the announced prefix');
  return { prefix, safi: SAFI_UNICAST };
}

/**
 * The AFI, SAFI and NLRI fields of RFC 8205 §4.2, Figure 8: u16, u8, and the (length, prefix) pair of RFC 4760 §5
 * with its trailing bits zero (a {@link Prefix} has no host bits). An ADD-PATH identifier is no part of it
 * (docs/decisions/bgpsec.md D-bgpsec-path-identifier).
 *
 * @throws {TypeError} and {@link RangeError} for what is no prefix with its SAFI.
 */
export function encodeFamilyAndNlri(announced: SignedPrefix): Uint8Array {
  requireAnnounced(announced);
  const { prefix, safi } = announced;
  const octets = prefix.octets.subarray(0, Math.ceil(prefix.length / 8));
  return Uint8Array.of(0, prefix.afi, safi, prefix.length, ...octets);
}
