import { ed25519 } from '@noble/curves/ed25519.js';
import type { PathScheme } from './path-scheme.js';
import { statements } from './statement.js';

/** An ordinary signature algorithm. Signatures of the same length unless `signatureOctets` is a maximum. */
export interface HopSigner {
  readonly name: string;
  readonly signatureOctets: number;
  /** A key pair from 32 octets of seed. */
  keyPair(seed: Uint8Array): { readonly secretKey: Uint8Array; readonly publicKey: Uint8Array };
  sign(message: Uint8Array, secretKey: Uint8Array): Uint8Array;
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
}

/** One signature per hop over the statements of this room: what any ordinary algorithm can be used for. */
export function perHopPathScheme(signer: HopSigner): PathScheme<Uint8Array, Uint8Array> {
  return {
    name: signer.name,
    signatureOctets: (hops) => hops * signer.signatureOctets,
    keyPair: (seed) => {
      const { secretKey, publicKey } = signer.keyPair(seed);
      return { secret: secretKey, verifier: publicKey };
    },
    sign: (route, secrets) =>
      statements(route, 'plain').map((message, i) => signer.sign(message, secrets[i] as Uint8Array)),
    verify: (route, keys, signatures) =>
      signatures.length === keys.length &&
      statements(route, 'plain').every((message, i) =>
        signer.verify(signatures[i] as Uint8Array, message, keys[i] as Uint8Array),
      ),
  };
}

/** Ed25519 (RFC 8032). */
export const ed25519Signer: HopSigner = {
  name: 'Ed25519',
  signatureOctets: 64,
  keyPair: (seed) => ({ secretKey: seed, publicKey: ed25519.getPublicKey(seed) }),
  sign: (message, secretKey) => ed25519.sign(message, secretKey),
  verify: (signature, message, publicKey) => ed25519.verify(signature, message, publicKey),
};
