import type { SignatureEngine } from './engine.js';
import { createNobleEngine } from './noble-engine.js';

/** The engine for this platform: noble. Under Node the subpath `pathsec/engine` leads to the OpenSSL one instead. */
export function createDefaultEngine(): SignatureEngine {
  return createNobleEngine();
}
