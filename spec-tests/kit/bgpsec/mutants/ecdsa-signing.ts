import { createECDH, createHash, createPrivateKey, sign } from 'node:crypto';
import { number, ORDER, SPKI_HEAD } from './ecdsa.js';

/** The uncompressed point of a scalar, without its octet 04. */
function pointOf(scalar: string): string {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(scalar, 'hex');
  return ecdh.getPublicKey('hex').slice(2);
}

/** SKI and SubjectPublicKeyInfo of a private key. */
export function keyOfScalar(scalar: string): { readonly ski: string; readonly spki: string } {
  const point = pointOf(scalar);
  const ski = createHash('sha1')
    .update(Buffer.from(`04${point}`, 'hex'))
    .digest('hex');
  return { ski, spki: SPKI_HEAD + point };
}

/** The DER signature over `octets` with the per-message secret number `k` (FIPS 186-5 §6.4.1). */
export function signWith(scalar: string, octets: Buffer, k: string): Buffer {
  const secret = BigInt(`0x${k}`);
  const r = BigInt(`0x${pointOf(k).slice(0, 64)}`) % ORDER;
  const e = number(createHash('sha256').update(octets).digest());
  const s = (power(secret, ORDER - 2n) * (e + r * BigInt(`0x${scalar}`))) % ORDER;
  const body = [r, s].map(integer).join('');
  return Buffer.from(`30${(body.length / 2).toString(16)}${body}`, 'hex');
}

/** A DER signature over `octets` with a nonce that nobody knows. */
export function signFreely(scalar: string, octets: Buffer): Buffer {
  const point = pointOf(scalar);
  const part = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: part(point.slice(0, 64)),
    y: part(point.slice(64)),
    d: part(scalar),
  };
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  return sign('sha256', octets, key);
}

/** `base` to the `exponent`, modulo the order. */
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base, left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % ORDER;
    square = (square * square) % ORDER;
  }
  return result;
}

/** A positive INTEGER in DER. */
function integer(value: bigint): string {
  const digits = value.toString(16);
  const even = digits.padStart(digits.length + (digits.length % 2), '0');
  const content = Number.parseInt(even.slice(0, 2), 16) >= 0x80 ? `00${even}` : even;
  return `02${(content.length / 2).toString(16).padStart(2, '0')}${content}`;
}
