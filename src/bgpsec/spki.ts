import { p256 } from '@noble/curves/nist.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { equalOctets, fromHex } from '../bytes/index.js';

/** Octets of the only SubjectPublicKeyInfo that RFC 8608 §3.1 allows: P-256, uncompressed point. */
export const SPKI_LENGTH = 91;
const PREFIX = fromHex('3059301306072a8648ce3d020106082a8648ce3d03010703420004');
const POINT_AT = 26;

/** Why a SubjectPublicKeyInfo cannot be a router key. */
export type SpkiFault = 'length' | 'encoding' | 'not-on-curve';

/**
 * What is wrong with a router key's SubjectPublicKeyInfo, `undefined` when nothing is (RFC 8608 §3.1): exactly 91
 * octets of DER, id-ecPublicKey with the named curve secp256r1, an uncompressed point on that curve.
 *
 * Importers of general libraries take far more (compressed and hybrid points, explicit parameters, octets behind the
 * end, other curves), so both engines ask this function first.
 */
export function spkiFault(spki: Uint8Array): SpkiFault | undefined {
  if (spki.length !== SPKI_LENGTH) return 'length';
  for (let i = 0; i < PREFIX.length; i++) if (spki[i] !== PREFIX[i]) return 'encoding';
  try {
    p256.Point.fromBytes(spki.subarray(POINT_AT));
    return undefined;
  } catch {
    return 'not-on-curve';
  }
}

/** The 65 octets 04 || X || Y of an SPKI that {@link spkiFault} found right; a view. */
export function publicPoint(spki: Uint8Array): Uint8Array {
  return spki.subarray(POINT_AT);
}

/**
 * The SubjectPublicKeyInfo of an uncompressed point, 65 octets 04 || X || Y. RFC 8608 §3.1.
 *
 * @throws {RangeError} for anything else.
 */
export function encodeSpki(point: Uint8Array): Uint8Array {
  if (point.length !== SPKI_LENGTH - POINT_AT || point[0] !== 0x04) {
    throw new RangeError('an uncompressed P-256 point has 65 octets and begins with 04');
  }
  const spki = new Uint8Array(SPKI_LENGTH);
  spki.set(PREFIX);
  spki.set(point, POINT_AT);
  return spki;
}

/**
 * The Subject Key Identifier of a router key: SHA-1 of the BIT STRING's value (RFC 6487 §4.8.2), 20 octets.
 *
 * @throws {RangeError} for an SPKI that {@link spkiFault} refuses by length or encoding.
 */
export function computeSki(spki: Uint8Array): Uint8Array {
  const fault = spkiFault(spki);
  if (fault !== undefined) throw new RangeError(`not a P-256 SubjectPublicKeyInfo (${fault})`);
  return sha1(publicPoint(spki));
}

/**
 * Whether `ski` is not the one that {@link computeSki} gives for a key of the right size (docs/decisions/bgpsec.md
 * D-bgpsec-ski-not-sha1); without looking whether the point is on the curve.
 */
export function isForeignSki(ski: Uint8Array, spki: Uint8Array): boolean {
  return spki.length === SPKI_LENGTH && !equalOctets(sha1(publicPoint(spki)), ski);
}

/**
 * An SKI of another size in the 20 octets of a Signature Segment: the leftmost 20, or padded with zero octets on the
 * right (RFC 8205 §6.2).
 */
export function fitSki(ski: Uint8Array): Uint8Array {
  const fitted = new Uint8Array(20);
  fitted.set(ski.subarray(0, 20));
  return fitted;
}
