import { toHex } from '../bytes/index.js';
import type { SignatureEngine } from './engine.js';

/**
 * `engine`, remembering its last `capacity` signatures by key and octets: an unchanged route that is announced again
 * is the same octets again (RFC 8205 §7.4), also with an engine whose nonces are random
 * (docs/decisions/bgpsec.md D-bgpsec-nonces).
 *
 * @throws {RangeError} unless `capacity` is a whole number of at least 1.
 */
export function withSignatureCache(engine: SignatureEngine, capacity: number): SignatureEngine {
  if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity: a whole number >= 1');
  const signatures = new Map<string, Uint8Array>();
  return {
    ...engine,
    sign: (key, octets) => {
      const name = toHex(key.ski) + toHex(engine.digest(octets));
      const signature = signatures.get(name) ?? engine.sign(key, octets);
      signatures.delete(name);
      if (signatures.size >= capacity) {
        const oldest = signatures.keys().next();
        if (!oldest.done) signatures.delete(oldest.value);
      }
      signatures.set(name, signature);
      return signature;
    },
  };
}
