import type { SignatureEngine } from '../bgpsec/index.js';
import { createOpensslEngine } from './openssl-engine.js';

/** The engine for this platform: OpenSSL. Outside Node the subpath `pathsec/engine` leads to the noble one instead. */
export function createDefaultEngine(): SignatureEngine {
  return createOpensslEngine();
}
