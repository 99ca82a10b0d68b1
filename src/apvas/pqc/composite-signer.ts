import { p256 } from '@noble/curves/nist.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { generateRouterKey, isStrictSignature } from '../../bgpsec/index.js';
import { concatOctets } from '../../bytes/index.js';
import type { SuiteSigner } from './suite-signer.js';

/** A P-256 scalar and point, uncompressed. */
const SCALAR_OCTETS = 32;
const POINT_OCTETS = 65;
const DER = { format: 'der', lowS: false } as const;

/** The algorithms of suite 1 as a {@link SuiteSigner}, over raw keys: what the others are measured against. */
export const ecdsaSigner: SuiteSigner = {
  name: 'ECDSA P-256',
  publicKeyOctets: POINT_OCTETS,
  signatureOctets: 72,
  keyPair: (seed) => {
    const secretKey = generateRouterKey(sha512(seed)).scalar();
    return { secretKey, publicKey: p256.getPublicKey(secretKey, false) };
  },
  sign: (message, secretKey) => p256.sign(message, secretKey, DER),
  verify: (signature, message, publicKey) =>
    isStrictSignature(signature) &&
    publicKey.length === POINT_OCTETS &&
    p256.utils.isValidPublicKey(publicKey, false) &&
    p256.verify(signature, message, publicKey, DER),
};

/**
 * ML-DSA with P-256 as a MODEL of the composites of draft-ietf-lamps-pq-composite-sigs: both sign the same octets, keys and
 * signatures are concatenated, ML-DSA first, and both have to verify. The octets are those of the composite; its message
 * representative and its labels are not made, so this is no composite signature of LAMPS (docs/decisions/pqc.md
 * D-pqc-composite).
 */
export function compositeSigner(first: SuiteSigner): SuiteSigner {
  const name = `${first.name} + P-256`;
  const second = ecdsaSigner;
  const publicKeyOctets = first.publicKeyOctets + second.publicKeyOctets;
  return {
    name,
    publicKeyOctets,
    signatureOctets: first.signatureOctets + second.signatureOctets,
    keyPair: (seed) => {
      const a = first.keyPair(seed);
      const b = second.keyPair(seed);
      return {
        secretKey: concatOctets([b.secretKey, a.secretKey]),
        publicKey: concatOctets([a.publicKey, b.publicKey]),
      };
    },
    sign: (message, secretKey) =>
      concatOctets([
        first.sign(message, secretKey.subarray(SCALAR_OCTETS)),
        second.sign(message, secretKey.subarray(0, SCALAR_OCTETS)),
      ]),
    verify: (signature, message, publicKey) =>
      publicKey.length === publicKeyOctets &&
      second.verify(
        signature.subarray(first.signatureOctets),
        message,
        publicKey.subarray(first.publicKeyOctets),
      ) &&
      first.verify(
        signature.subarray(0, first.signatureOctets),
        message,
        publicKey.subarray(0, first.publicKeyOctets),
      ),
  };
}
