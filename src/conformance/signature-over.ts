import { parseEcdsaSigValue } from '../bgpsec/index.js';
import { DecodeError, fromHex } from '../bytes/index.js';
import { portableEngine } from './bgpsec-session.js';
import type { Fields, Json } from './vector.js';

/**
 * Stands in a case for a signature that has no fixed octets: any one of `spki` over `over` is meant (RFC 8205 §7.4,
 * docs/decisions/conformance.md D-conformance-bgpsec-nonces).
 */
export interface SignatureOver {
  /** What is signed, octets in hexadecimal. */
  readonly over: string;
  /** The SubjectPublicKeyInfo of the signer, octets in hexadecimal. */
  readonly spki: string;
}

/** Whether a value of a case stands for a signature. */
export function isSignatureOver(value: Json | undefined): value is Fields & SignatureOver {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { over, spki, ...others } = value as Fields;
  return typeof over === 'string' && typeof spki === 'string' && Object.keys(others).length === 0;
}

/** Why what a program answered is no such signature; undefined where it is one. */
export function signatureFault({ over, spki }: SignatureOver, answered: string): string | undefined {
  try {
    const signature = fromHex(answered);
    if (portableEngine().verify(fromHex(spki), fromHex(over), signature)) return undefined;
    return parseEcdsaSigValue(signature) === undefined
      ? 'no Ecdsa-Sig-Value in DER (RFC 8608 §2.1)'
      : 'a signature, but not of this key over these octets';
  } catch (error) {
    if (error instanceof DecodeError) return 'no octets in hexadecimal';
    throw error;
  }
}
