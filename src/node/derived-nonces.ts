import { createECDH, hash } from 'node:crypto';
import type { RouterPrivateKey } from '../bgpsec/index.js';

/** The order of the group of P-256. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

interface Secret {
  /** The private scalar. */
  readonly scalar: bigint;
  /** What nonces are derived from: independent of the scalar to whoever knows neither. */
  readonly prefix: Uint8Array;
}

/**
 * Signs as {@link SignatureEngine} `signMany` says, with nonces that are derived from key and octets: the same octets by the same
 * key give the same signature (docs/decisions/bgpsec.md D-bgpsec-derived-nonces). The multiplication of the base point is
 * OpenSSL's; one inversion serves all requests of a call.
 */
export function createDerivedSigning(): (
  requests: readonly { readonly key: RouterPrivateKey; readonly octets: Uint8Array }[],
) => Uint8Array[] {
  const curve = createECDH('prime256v1');
  let salted = Buffer.alloc(1 << 12);
  const nonceOf = (prefix: Uint8Array, octets: Uint8Array): bigint => {
    const length = prefix.length + octets.length;
    if (length > salted.length) salted = Buffer.alloc(2 * length);
    salted.set(prefix);
    salted.set(octets, prefix.length);
    return (integer(hash('sha512', salted.subarray(0, length), 'hex')) % (ORDER - 1n)) + 1n;
  };
  const secrets = new WeakMap<RouterPrivateKey, Secret>();
  const secretOf = (key: RouterPrivateKey): Secret => {
    let secret = secrets.get(key);
    if (secret === undefined) {
      const scalar = key.scalar();
      const salted = Buffer.concat([Buffer.from('pathsec nonce'), scalar]);
      secret = {
        scalar: integer(Buffer.from(scalar).toString('hex')),
        prefix: hash('sha512', salted, 'buffer'),
      };
      secrets.set(key, secret);
    }
    return secret;
  };
  return (requests) => {
    const nonces: bigint[] = [];
    /** Products of the nonces so far, for one inversion in place of many. */
    const products: bigint[] = [];
    const rs: bigint[] = [];
    let product = 1n;
    for (const { key, octets } of requests) {
      const k = nonceOf(secretOf(key).prefix, octets);
      curve.setPrivateKey(hexOf(k), 'hex');
      // 04, x, y (SEC 1 §2.3.3)
      rs.push(integer(curve.getPublicKey('hex').slice(2, 66)) % ORDER);
      nonces.push(k);
      products.push(product);
      product = (product * k) % ORDER;
    }
    let inverse = inverseOf(product);
    const signatures = new Array<Uint8Array>(requests.length);
    for (let i = requests.length - 1; i >= 0; i--) {
      const { key, octets } = requests[i] as (typeof requests)[number];
      const r = rs[i] as bigint;
      const kInverse = (inverse * (products[i] as bigint)) % ORDER;
      inverse = (inverse * (nonces[i] as bigint)) % ORDER;
      const e = integer(hash('sha256', octets, 'hex'));
      const s = (kInverse * (e + r * secretOf(key).scalar)) % ORDER;
      if (r === 0n || s === 0n) throw new Error('a signature of zero'); // probability 2^-255
      signatures[i] = derOf(r, s);
    }
    return signatures;
  };
}

const integer = (hex: string): bigint => BigInt(`0x${hex}`);
const hexOf = (value: bigint): string => value.toString(16).padStart(64, '0');

/** Modulo the order, by Euclid's algorithm: a prime, so every value but 0 has one. */
function inverseOf(value: bigint): bigint {
  let [a, b, u, v] = [value, ORDER, 1n, 0n];
  while (b !== 0n) {
    const q = a / b;
    [a, b] = [b, a - q * b];
    [u, v] = [v, u - q * v];
  }
  return ((u % ORDER) + ORDER) % ORDER;
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
