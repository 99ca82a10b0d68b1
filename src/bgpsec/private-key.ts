import { p256 } from '@noble/curves/nist.js';
import { DecodeError, equalOctets, fromHex, toHex } from '../bytes/index.js';
import type { Asn } from '../inet/index.js';
import { computeSki, encodeSpki, publicPoint } from './spki.js';

/**
 * A router's signing key. The secret is reached through a function only, so that printing or serialising the object
 * does not show it.
 */
export interface RouterPrivateKey {
  /** The private scalar, 32 octets: handle with care. */
  readonly scalar: () => Uint8Array;
  /** The public key as DER SubjectPublicKeyInfo, 91 octets. */
  readonly spki: Uint8Array;
  /** SHA-1 of the public point, 20 octets (RFC 6487 §4.8.2). */
  readonly ski: Uint8Array;
  /**
   * The ASNs of the certificate that goes with the key. When present, signing as another AS is refused
   * (RFC 8205 §4.1); absent: not known, no check (docs/decisions/bgpsec.md D-bgpsec-uncertified-key).
   */
  readonly asns?: readonly Asn[];
}

/**
 * The key with the given private scalar, 32 octets big-endian. RFC 8608 §3.2.
 *
 * @throws {RangeError} for a length other than 32 and a scalar outside 1..n-1.
 */
export function routerPrivateKey(scalar: Uint8Array, asns?: readonly Asn[]): RouterPrivateKey {
  if (scalar.length !== 32 || !p256.utils.isValidSecretKey(scalar)) {
    throw new RangeError('a P-256 private scalar has 32 octets and lies in 1..n-1');
  }
  const secret = scalar.slice();
  const spki = encodeSpki(p256.getPublicKey(secret, false));
  const key = { scalar: () => secret.slice(), spki, ski: computeSki(spki) };
  return asns === undefined ? key : { ...key, asns: [...asns] };
}

/**
 * The key that a file holds, as `privateKeyOfFile` of `pathsec/rpki` gives it. RFC 8608 §3.2.
 *
 * @throws {DecodeError} `private-key` for a scalar that is none, or a public point beside it that is not its own.
 * Nothing of the key is in the message.
 */
export function routerPrivateKeyOf(
  parts: { readonly scalar: () => Uint8Array; readonly point?: Uint8Array },
  asns?: readonly Asn[],
): RouterPrivateKey {
  const refuse = (message: string): DecodeError =>
    new DecodeError('private-key', message, { field: 'private-key' });
  let key: RouterPrivateKey;
  try {
    key = routerPrivateKey(parts.scalar(), asns);
  } catch {
    throw refuse('the scalar is out of range');
  }
  if (parts.point && !equalOctets(parts.point, publicPoint(key.spki))) {
    throw refuse('the public key beside it is another one');
  }
  return key;
}

/**
 * A new router key (RFC 8608 §3). `seed` must come from a cryptographic random source: 40 to 64 octets, of which the
 * scalar is taken without bias (FIPS 186-5 A.2.1).
 *
 * @throws {RangeError} for fewer than 40 or more than 64 octets.
 */
export function generateRouterKey(seed: Uint8Array, asns?: readonly Asn[]): RouterPrivateKey {
  if (seed.length < 40 || seed.length > 64) throw new RangeError('the seed has 40 to 64 octets');
  // Any length is reduced alike, so that the excess over the order keeps the bias below 2^-64.
  const scalar = (BigInt(`0x${toHex(seed)}`) % (p256.Point.Fn.ORDER - 1n)) + 1n;
  return routerPrivateKey(fromHex(scalar.toString(16).padStart(64, '0')), asns);
}

/** The key as DER PKCS#8 PrivateKeyInfo with its public key (RFC 5958, RFC 5915), 138 octets. It holds the secret. */
export function encodePkcs8({ scalar, spki }: RouterPrivateKey): Uint8Array {
  const head = fromHex('308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420');
  const middle = fromHex('a144034200');
  return Uint8Array.from([...head, ...scalar(), ...middle, ...publicPoint(spki)]);
}
