import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import {
  encodePkcs8,
  isStrictSignature,
  type RouterPrivateKey,
  type SignatureEngine,
  spkiFault,
} from '../bgpsec/index.js';

import { createDerivedSigning } from './derived-nonces.js';

const DIGEST = 'sha256';

/** How the engine signs. */
export interface OpensslEngineOptions {
  /**
   * `random`: equal octets give different signatures unless `withSignatureCache` keeps them. `derived`: from key and octets, so
   * that equal octets give equal signatures (docs/decisions/bgpsec.md D-bgpsec-derived-nonces). Default `random`.
   */
  readonly nonces?: 'random' | 'derived';
}

/**
 * Suite 1 by OpenSSL through node:crypto: key objects are imported once for each `spki` array, verification runs on
 * this thread or, with `verifyAsync`, on the thread pool (`UV_THREADPOOL_SIZE`).
 *
 * OpenSSL's importer and its signature parser are more liberal than RFC 8608; keys and signatures pass the strict
 * checks of `bgpsec` first, so this engine and the noble one agree on every input (docs/decisions/bgpsec.md
 * D-bgpsec-strict-der, D-bgpsec-unusable-key).
 */
export function createOpensslEngine({ nonces = 'random' }: OpensslEngineOptions = {}): SignatureEngine {
  const signMany = nonces === 'derived' ? createDerivedSigning() : undefined;
  const publicKeys = new WeakMap<Uint8Array, KeyObject | null>();
  const privateKeys = new WeakMap<RouterPrivateKey, KeyObject>();
  const publicKeyOf = (spki: Uint8Array): KeyObject | null => {
    let key = publicKeys.get(spki);
    if (key === undefined) {
      key = spkiFault(spki) === undefined ? importPublicKey(spki) : null;
      publicKeys.set(spki, key);
    }
    return key;
  };
  return {
    name: 'native',
    usableKey: (spki) => publicKeyOf(spki) !== null,
    verify: (spki, octets, signature) => {
      const key = publicKeyOf(spki);
      return key !== null && isStrictSignature(signature) && verify(DIGEST, octets, key, signature);
    },
    verifyAsync: (spki, octets, signature) => {
      const key = publicKeyOf(spki);
      if (key === null || !isStrictSignature(signature)) return Promise.resolve(false);
      return new Promise((resolve, reject) => {
        verify(DIGEST, octets, key, signature, (error, valid) => {
          if (error) reject(error);
          else resolve(valid);
        });
      });
    },
    ...(signMany && { signMany }),
    sign: (privateKey, octets) => {
      const [derived] = signMany?.([{ key: privateKey, octets }]) ?? [];
      if (derived) return derived;
      let key = privateKeys.get(privateKey);
      if (key === undefined) {
        key = createPrivateKey({ key: Buffer.from(encodePkcs8(privateKey)), format: 'der', type: 'pkcs8' });
        privateKeys.set(privateKey, key);
      }
      return new Uint8Array(sign(DIGEST, octets, key));
    },
    digest: (octets) => hash(DIGEST, octets, 'buffer'),
  };
}

function importPublicKey(spki: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}
