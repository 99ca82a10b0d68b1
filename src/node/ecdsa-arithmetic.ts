import { createECDH, hash } from 'node:crypto';

/** The order of the group of P-256 (FIPS 186-5, SP 800-186 §3.2.1.3). */
export const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** What a signature takes of its nonce k in 1..n-1. */
export interface Nonce {
  /** The inverse of k modulo n. */
  readonly inverse: bigint;
  /** The x-coordinate of k·G. */
  readonly x: bigint;
}

/** Octets, the private scalar that signs them, and the nonce. */
export interface NoncedRequest extends Nonce {
  readonly scalar: bigint;
  readonly octets: Uint8Array;
}

/**
 * The DER signature of ECDSA with SHA-256 (FIPS 186-5 §6.4.1), with a nonce that is given and serves once. BigInt takes no constant
 * time.
 */
export function signWithNonce({ scalar, octets, x, inverse }: NoncedRequest): Uint8Array {
  const r = x % ORDER;
  const e = integer(hash('sha256', octets, 'hex'));
  const s = (inverse * (e + r * scalar)) % ORDER;
  if (r === 0n || s === 0n) throw new Error('a signature of zero'); // probability 2^-255
  return derOf(r, s);
}

/** k·G of P-256 for k in 1..n-1, by OpenSSL. */
export function createBaseMultiplication(): (k: bigint) => { readonly x: bigint; readonly y: bigint } {
  const curve = createECDH('prime256v1');
  return (k) => {
    curve.setPrivateKey(k.toString(16).padStart(64, '0'), 'hex');
    const point = curve.getPublicKey('hex'); // 04, x, y (SEC 1 §2.3.3)
    return { x: integer(point.slice(2, 66)), y: integer(point.slice(66)) };
  };
}

/** The x-coordinate of k·G alone, for k in 1..n-1, by OpenSSL. */
export function createBaseAbscissa(): (k: bigint) => bigint {
  const curve = createECDH('prime256v1');
  return (k) => {
    curve.setPrivateKey(k.toString(16).padStart(64, '0'), 'hex');
    return integer(curve.getPublicKey('hex', 'compressed').slice(2)); // 02 or 03, x (SEC 1 §2.3.3)
  };
}

export const integer = (hex: string): bigint => BigInt(`0x${hex}`);

/** The inverses of values in 1..prime-1, modulo the prime: one inversion and three products a value. */
export function inversesOf(values: readonly bigint[], prime: bigint): bigint[] {
  /** At i the product of those before. */
  const inverses = new Array<bigint>(values.length);
  let product = 1n;
  for (const [i, value] of values.entries()) {
    inverses[i] = product;
    product = (product * value) % prime;
  }
  let inverse = inverseOf(product, prime);
  for (let i = values.length - 1; i >= 0; i--) {
    inverses[i] = (inverse * (inverses[i] as bigint)) % prime;
    inverse = (inverse * (values[i] as bigint)) % prime;
  }
  return inverses;
}

/** By Euclid's algorithm: of a prime, so every value but 0 has one. */
function inverseOf(value: bigint, prime: bigint): bigint {
  let [a, b, u, v] = [value, prime, 1n, 0n];
  while (b !== 0n) {
    const q = a / b;
    [a, b] = [b, a - q * b];
    [u, v] = [v, u - q * v];
  }
  return ((u % prime) + prime) % prime;
}

/** The DER Ecdsa-Sig-Value (RFC 3279 §2.2.3); faster than `encodeEcdsaSigValue`, which takes octets. */
function derOf(r: bigint, s: bigint): Uint8Array {
  const body = derInteger(r) + derInteger(s);
  return Buffer.from(`30${(body.length / 2).toString(16).padStart(2, '0')}${body}`, 'hex');
}

function derInteger(value: bigint): string {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  const positive = even >= '8' ? `00${even}` : even;
  return `02${(positive.length / 2).toString(16).padStart(2, '0')}${positive}`;
}
