import { createECDH } from 'node:crypto';

/** SubjectPublicKeyInfo of an uncompressed P-256 key in front of the point's octets (RFC 8608 §3.1, RFC 5480 §2). */
const HEAD = '3059301306072a8648ce3d020106082a8648ce3d030107034200';

/** A SubjectPublicKeyInfo of 91 octets: the point is the generator of P-256, `scalar` times. */
function spki(scalar: number): string {
  const key = createECDH('prime256v1');
  key.setPrivateKey(scalar.toString(16).padStart(64, '0'), 'hex');
  return HEAD + key.getPublicKey('hex');
}

/** Three keys of routers, ascending by their octets. */
const [first = '', second = '', third = ''] = [1, 2, 3].map(spki).sort();
export const SPKI = { first, second, third };

/**
 * A key of five octets: no SubjectPublicKeyInfo that RFC 8608 §3.1 allows, so that a router may well end the session. One
 * case alone has it.
 */
export const SHORT_SPKI = '3003020101';
