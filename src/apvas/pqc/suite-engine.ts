import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { RouterPrivateKey, SignatureEngine, Suites } from '../../bgpsec/index.js';
import type { Asn } from '../../inet/index.js';
import type { SuiteSigner } from './suite-signer.js';

/** NON-SPEC: the suite of an experiment unless the caller says another (docs/decisions/pqc.md D-pqc-suite). */
export const SUITE_POST_QUANTUM = 0xf9;
/** For experiments (RFC 8608 §7). */
const FIRST_EXPERIMENT = 0xf7;
const LAST_EXPERIMENT = 0xfa;

/**
 * An algorithm behind the suite interface of BGPsec. NON-STANDARD: an `spki` is the raw public key here, and no
 * SubjectPublicKeyInfo (docs/decisions/pqc.md D-pqc-raw-keys).
 */
export function createSuiteEngine(signer: SuiteSigner): SignatureEngine {
  return {
    name: signer.name,
    usableKey: (key) => key.length === signer.publicKeyOctets,
    wellFormed: (signature) => signature.length > 0 && signature.length <= signer.signatureOctets,
    verify: (key, octets, signature) => signer.verify(signature, octets, key),
    sign: (key, octets) => signer.sign(octets, key.scalar()),
    digest: (octets) => sha256(octets),
  };
}

/**
 * {@link createSuiteEngine} as the one suite of a speaker, under an identifier for experiments.
 *
 * @throws {RangeError} for an identifier outside 0xF7..0xFA: nothing here may look like a suite of BGPsec.
 */
export function experimentalSuite(signer: SuiteSigner, suite: number = SUITE_POST_QUANTUM): Suites {
  if (!Number.isInteger(suite) || suite < FIRST_EXPERIMENT || suite > LAST_EXPERIMENT) {
    throw new RangeError(`suite ${suite} is not for experiments (247..250)`);
  }
  return new Map([[suite, createSuiteEngine(signer)]]);
}

/**
 * The key of `signer` from 32 octets of seed, which must come from a cryptographic random source, in the form in which a
 * `Signer` of `pathsec/bgpsec` takes keys. Its SKI is SHA-1 of the raw public key, by analogy with RFC 6487 §4.8.2.
 *
 * @throws {RangeError} for another length of seed.
 */
export function createSuiteKey(
  signer: SuiteSigner,
  seed: Uint8Array,
  asns?: readonly Asn[],
): RouterPrivateKey {
  if (seed.length !== 32) throw new RangeError(`the seed has 32 octets, not ${seed.length}`);
  const { secretKey, publicKey } = signer.keyPair(seed);
  const key = { scalar: () => secretKey.slice(), spki: publicKey, ski: sha1(publicKey) };
  return asns === undefined ? key : { ...key, asns: [...asns] };
}
