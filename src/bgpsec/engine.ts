import type { RouterPrivateKey } from './private-key.js';

/**
 * One implementation of the algorithms of a suite: of suite 1 (RFC 8608 §2.1: SHA-256, ECDSA on P-256, DER signatures), or
 * of one for experiments.
 *
 * Engines recognise a key object by identity: the octets of an `spki` handed in must not change afterwards.
 */
export interface SignatureEngine {
  /** `noble` or `native`. */
  readonly name: string;
  /** Whether the SubjectPublicKeyInfo is a key this suite can use (RFC 8608 §3.1). Never throws. */
  usableKey(spki: Uint8Array): boolean;
  /**
   * Whether `signature` over `octets` was made with the key. False for an unusable key and for every signature that
   * is not strict DER; never throws on any octets.
   */
  verify(spki: Uint8Array, octets: Uint8Array, signature: Uint8Array): boolean;
  /** Whether the octets can be a signature of the suite at all. Absent: whether they are strict DER, as in suite 1. */
  wellFormed?(signature: Uint8Array): boolean;
  /** As {@link verify}, off the calling thread; absent where an engine has no such way. */
  verifyAsync?(spki: Uint8Array, octets: Uint8Array, signature: Uint8Array): Promise<boolean>;
  /** A DER signature over `octets`. */
  sign(key: RouterPrivateKey, octets: Uint8Array): Uint8Array;
  /** As {@link sign}, of many at once, in their order; absent where an engine gains nothing by it. */
  signMany?(
    requests: readonly { readonly key: RouterPrivateKey; readonly octets: Uint8Array }[],
  ): Uint8Array[];
  /** SHA-256, 32 octets: the digest of the suite, for evidence and for cache keys. */
  digest(octets: Uint8Array): Uint8Array;
}

/** Suite 1: SHA-256 with ECDSA P-256 (RFC 8608 §2.1). */
export const SUITE_ECDSA_P256_SHA256 = 0x01;

/**
 * The algorithm suites that a speaker supports, by identifier. Identifiers 0x00 and 0xFF are reserved; 0xF7..0xFA are
 * for experiments (RFC 8608 §7).
 */
export type Suites = ReadonlyMap<number, SignatureEngine>;

/** Suite 1 alone, on the given engine. RFC 8608 §2.1. */
export function suite1(engine: SignatureEngine): Suites {
  return new Map([[SUITE_ECDSA_P256_SHA256, engine]]);
}
