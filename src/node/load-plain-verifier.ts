import { longPlainVerifier, type PlainVerifier, plainVerifier } from '../apvas/index.js';
import { ENGINE_PACKAGES, type EnginePackages, type PlainEngine, withEngine } from './apvas-engines.js';

/**
 * A verifier of PLAIN by the engine that is named. `mcl-wasm` and `blst` come from the optional packages mcl-wasm and
 * @chainsafe/blst. `blst` has signatures of 96 octets and keys of 48: the other variant of the BLS draft. NON-STANDARD.
 *
 * @throws {PackageMissing} `package-missing`; {@link RangeError} for another name.
 */
export function loadPlainVerifier(engine: PlainEngine): Promise<PlainVerifier> {
  return plainVerifierFrom(engine, ENGINE_PACKAGES);
}

/** As {@link loadPlainVerifier}, with packages from elsewhere. */
export function plainVerifierFrom(engine: PlainEngine, packages: EnginePackages): Promise<PlainVerifier> {
  return withEngine(engine, packages, { pairings: plainVerifier, octets: longPlainVerifier });
}
