import { type Asn, requireAsn, requireIterable, requireObject, sayValue } from '../inet/index.js';
import { requireSuites } from './check-arguments.js';
import { SUITE_ECDSA_P256_SHA256, type Suites } from './engine.js';
import type { RouterPrivateKey } from './private-key.js';
import { SigningError } from './signing-error.js';

/** The private keys of a speaker, by the AS they sign for, and the algorithms it supports. */
export interface Signer {
  readonly suites: Suites;
  /** The key that signs for `asn` with `suite`; `undefined` when there is none. */
  readonly keyOf: (asn: Asn, suite: number) => RouterPrivateKey | undefined;
}

/** One private key and the AS it signs for. */
export interface SigningKey {
  readonly asn: Asn;
  readonly key: RouterPrivateKey;
  /** Default: suite 1. */
  readonly suite?: number;
}

/**
 * A {@link Signer} with a fixed list of keys; of several for one AS and suite the first signs. RFC 8205 §4.2.
 *
 * @throws {TypeError} and {@link RangeError} for suites or keys that are none.
 */
export function createSigner(suites: Suites, keys: Iterable<SigningKey>): Signer {
  requireSuites(suites);
  requireIterable(keys, 'keys', 'a list of {asn, key}');
  const list = [...keys];
  for (const entry of list) {
    requireObject(entry, 'a signing key', '{asn, key}');
    requireObject(entry.key, `the key of AS ${sayValue(entry.asn)}`, 'what routerPrivateKey gives');
    requireAsn(entry.asn, 'the ASN of a signing key');
  }
  return {
    suites,
    keyOf: (asn, suite) =>
      list.find((entry) => entry.asn === asn && (entry.suite ?? SUITE_ECDSA_P256_SHA256) === suite)?.key,
  };
}

/**
 * The key of `signer` for `asn`.
 *
 * @throws {SigningError} `key-missing`; `key-as-mismatch` when the ASNs of its certificate are known and `asn` is not
 * among them (RFC 8205 §4.1; docs/decisions/bgpsec.md D-bgpsec-uncertified-key).
 */
export function signingKey(signer: Signer, asn: Asn, suite: number): RouterPrivateKey {
  const key = signer.keyOf(asn, suite);
  if (key === undefined) throw new SigningError('key-missing', `no key of AS ${asn} for suite ${suite}`);
  if (key.asns !== undefined && !key.asns.includes(asn)) {
    throw new SigningError(
      'key-as-mismatch',
      `the key is certified for AS ${key.asns.join(', ')}, not ${asn}`,
    );
  }
  return key;
}
