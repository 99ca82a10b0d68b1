import { hash } from 'node:crypto';
import type { RouterPrivateKey } from '../bgpsec/index.js';
import { createBaseAbscissa, integer, inversesOf, ORDER, signWithNonce } from './ecdsa-arithmetic.js';

interface Secret {
  /** The private scalar. */
  readonly scalar: bigint;
  /** What nonces are derived from: independent of the scalar to whoever knows neither. */
  readonly prefix: Uint8Array;
}

/**
 * Signs as {@link SignatureEngine} `signMany` says, with nonces that are derived from key and octets: the same octets by the same
 * key give the same signature (docs/decisions/bgpsec.md D-bgpsec-derived-nonces). The multiplication of the base point is
 * OpenSSL's.
 */
export function createDerivedSigning(): (
  requests: readonly { readonly key: RouterPrivateKey; readonly octets: Uint8Array }[],
) => Uint8Array[] {
  const abscissaOf = createBaseAbscissa();
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
    const ks = requests.map(({ key, octets }) => nonceOf(secretOf(key).prefix, octets));
    const inverses = inversesOf(ks, ORDER);
    return requests.map(({ key, octets }, i) => {
      const k = ks[i] as bigint;
      const { scalar } = secretOf(key);
      return signWithNonce({ scalar, octets, inverse: inverses[i] as bigint, x: abscissaOf(k) });
    });
  };
}
