import { webcrypto } from 'node:crypto';
import type { Signer } from '../rpki/index.js';

/** A fresh RSA-2048 key with exponent 65537 (RFC 7935 §3) that signs with SHA-256; the private key never leaves Node. */
export async function generateRsaSigner(): Promise<Signer> {
  const { subtle } = webcrypto;
  const name = 'RSASSA-PKCS1-v1_5';
  const pair = await subtle.generateKey(
    { name, modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' },
    false,
    ['sign', 'verify'],
  );
  return {
    spki: new Uint8Array(await subtle.exportKey('spki', pair.publicKey)),
    sign: async (data) => new Uint8Array(await subtle.sign(name, pair.privateKey, data)),
  };
}
