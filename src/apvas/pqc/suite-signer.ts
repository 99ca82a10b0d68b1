import { sha512 } from '@noble/hashes/sha2.js';
import { attempt } from '../attempt.js';
import type { HopSigner } from '../per-hop-scheme.js';

/** A signature algorithm that can stand in the place of ECDSA in BGPsec. NON-STANDARD. */
export interface SuiteSigner extends HopSigner {
  /** Octets of a raw public key. */
  readonly publicKeyOctets: number;
}

/** What a post-quantum algorithm puts into an UPDATE and into a router key. */
export interface SignatureSizes {
  readonly publicKeyOctets: number;
  /** The maximum where they vary. */
  readonly signatureOctets: number;
  /** The mean where they vary. */
  readonly meanSignatureOctets: number;
}

const fixed = (publicKeyOctets: number, signatureOctets: number): SignatureSizes => ({
  publicKeyOctets,
  signatureOctets,
  meanSignatureOctets: signatureOctets,
});

/**
 * Raw public keys and signatures, as the tables of draft-yoshikawa-sidrops-pqc-rpki have them ("Size Model Inputs" and,
 * for the composites, Appendix A.3 with mean signatures). FN-DSA is padded to its maximum
 * (docs/decisions/pqc.md D-pqc-falcon); a composite is the two concatenated, with a DER signature of 72 octets at most.
 */
export const SIGNATURE_SIZES = {
  'ML-DSA-44': fixed(1312, 2420),
  'ML-DSA-65': fixed(1952, 3309),
  'FN-DSA-512': fixed(897, 666),
  'SLH-DSA-128s': fixed(32, 7856),
  'ML-DSA-44 + P-256': { publicKeyOctets: 1377, signatureOctets: 2492, meanSignatureOctets: 2491 },
  'ML-DSA-65 + P-256': { publicKeyOctets: 2017, signatureOctets: 3381, meanSignatureOctets: 3380 },
} as const satisfies Readonly<Record<string, SignatureSizes>>;

/** An algorithm of {@link SIGNATURE_SIZES} that is no composite. */
export type PostQuantumName = Exclude<keyof typeof SIGNATURE_SIZES, `${string} + P-256`>;

/** What is used of an algorithm of `@noble/post-quantum`, which the caller passes in (`ml_dsa44`, `falcon512padded`, …). */
export interface PostQuantumAlgorithm {
  /** Octets; `seed` is what `keygen` takes. */
  readonly lengths: { readonly seed?: number; readonly publicKey?: number; readonly signature?: number };
  keygen(seed: Uint8Array): { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };
  sign(message: Uint8Array, secretKey: Uint8Array, options: { readonly extraEntropy: false }): Uint8Array;
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
}

/**
 * An algorithm as a {@link SuiteSigner}. Signing takes no randomness, as everywhere below the room of Node, so equal octets
 * get equal signatures (RFC 8205 §7.4).
 *
 * @throws {RangeError} where the octets of its keys or signatures are not those of `name`.
 */
export function postQuantumSigner(name: PostQuantumName, algorithm: PostQuantumAlgorithm): SuiteSigner {
  const { publicKeyOctets, signatureOctets } = SIGNATURE_SIZES[name];
  const { seed: seedOctets = 32, publicKey, signature } = algorithm.lengths;
  if (publicKey !== publicKeyOctets || signature !== signatureOctets) {
    throw new RangeError(
      `${name} has keys of ${publicKeyOctets} and signatures of ${signatureOctets} octets, not ${publicKey} and ${signature}`,
    );
  }
  return {
    name,
    publicKeyOctets,
    signatureOctets,
    // Some want more octets of seed than others.
    keyPair: (seed) =>
      algorithm.keygen(seedOctets === seed.length ? seed : sha512(seed).subarray(0, seedOctets)),
    sign: (message, secretKey) => algorithm.sign(message, secretKey, { extraEntropy: false }),
    verify: (octets, message, key) =>
      octets.length === signatureOctets &&
      key.length === publicKeyOctets &&
      attempt(() => algorithm.verify(octets, message, key)) === true,
  };
}
