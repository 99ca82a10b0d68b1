import { p256 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeEcdsaSigValue, type RouterPrivateKey } from '../bgpsec/index.js';
import { fromHex, toHex } from '../bytes/index.js';

const { Point } = p256;
const { Fn } = Point;

/** Whether 32 octets can be the per-message secret number of ECDSA on P-256: 1..n-1. */
export function isNonce(octets: Uint8Array): boolean {
  return octets.length === 32 && p256.utils.isValidSecretKey(octets);
}

/**
 * The DER signature of suite 1 over `octets` with a given per-message secret number `k` (FIPS 186-5 §6.4.1), for
 * signatures that have to be the same octets everywhere (docs/decisions/conformance.md D-conformance-bgpsec-nonces).
 * Whoever knows `k` knows the key: for published test keys only.
 *
 * @throws {RangeError} for a `k` that {@link isNonce} refuses, or one that gives r = 0 or s = 0.
 */
export function signWithNonce(key: RouterPrivateKey, octets: Uint8Array, k: Uint8Array): Uint8Array {
  if (!isNonce(k)) throw new RangeError('k has 32 octets and lies in 1..n-1');
  const secret = integer(k);
  const r = Fn.create(Point.BASE.multiply(secret).toAffine().x);
  const e = Fn.create(integer(sha256(octets)));
  const s = Fn.mul(Fn.inv(secret), Fn.add(e, Fn.mul(r, integer(key.scalar()))));
  if (r === 0n || s === 0n) throw new RangeError('k gives no signature');
  return encodeEcdsaSigValue(octets32(r), octets32(s));
}

function integer(octets: Uint8Array): bigint {
  return BigInt(`0x${toHex(octets)}`);
}

function octets32(value: bigint): Uint8Array {
  return fromHex(value.toString(16).padStart(64, '0'));
}
