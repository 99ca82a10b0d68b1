import { sha1 } from '@noble/hashes/legacy.js';
import { fromHex, toHex } from '../../bytes/index.js';

/** `SEQUENCE { SEQUENCE { id-ecPublicKey, secp256r1 }, BIT STRING { 04 …` up to the coordinates (RFC 8608 §3.1). */
const HEAD = fromHex('3059301306072a8648ce3d020106082a8648ce3d03010703420004');
const LENGTH = 91;
const POINT_AT = HEAD.length - 1;

/** The field of secp256r1 and the constant of its equation y² = x³ − 3x + b (SEC 2 §2.4.2). */
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** Why a SubjectPublicKeyInfo is no router key. */
export type RouterKeyFault = 'length' | 'encoding' | 'not-on-curve';

/**
 * What keeps a SubjectPublicKeyInfo from being a router key, `undefined` when nothing does (RFC 8608 §3.1): 91 octets of
 * DER, secp256r1 by name, an uncompressed point of that curve.
 */
export function routerKeyFault(spki: Uint8Array): RouterKeyFault | undefined {
  if (spki.length !== LENGTH) return 'length';
  if (HEAD.some((octet, i) => spki[i] !== octet)) return 'encoding';
  const x = BigInt(`0x${toHex(spki.subarray(HEAD.length, HEAD.length + 32))}`);
  const y = BigInt(`0x${toHex(spki.subarray(HEAD.length + 32))}`);
  const onCurve = x < P && y < P && (y * y - x * x * x + 3n * x - B) % P === 0n;
  return onCurve ? undefined : 'not-on-curve';
}

/** The uncompressed point, 65 octets, of an SPKI without {@link routerKeyFault}; a view. */
export function routerKeyPoint(spki: Uint8Array): Uint8Array {
  return spki.subarray(POINT_AT);
}

/** SHA-1 of the point (RFC 6487 §4.8.2), for an SPKI without {@link routerKeyFault}. */
export function routerKeySki(spki: Uint8Array): Uint8Array {
  return sha1(routerKeyPoint(spki));
}
