import { bls12_381 } from '@noble/curves/bls12-381.js';
import { attempt } from './attempt.js';

const { longSignatures } = bls12_381;
/** BLS draft §4.2.3, proof of possession with signatures in G2. */
const DST_LONG_POP = 'BLS_POP_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_';

/**
 * PopProve (BLS draft §3.3.2) in the variant with keys of 48 octets: 96 octets. Portable whatever the engine, because the
 * binding of blst signs under one tag alone (docs/decisions/apvas.md D-apvas-pop).
 */
export function proveLongPossession(publicKey: Uint8Array, secret: Uint8Array): Uint8Array {
  const proof = longSignatures.sign(longSignatures.hash(publicKey, DST_LONG_POP), secret);
  return longSignatures.Signature.toBytes(proof);
}

/** PopVerify (BLS draft §3.3.3) of a key that has passed KeyValidate. */
export function holdsLongPossession(publicKey: Uint8Array, pop: Uint8Array): boolean {
  const proof = attempt(() => longSignatures.Signature.fromBytes(pop));
  if (proof === undefined || proof.is0()) return false;
  return longSignatures.verify(proof, longSignatures.hash(publicKey, DST_LONG_POP), publicKey);
}
