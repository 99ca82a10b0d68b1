import { type Laboratory, octetLaboratory, pairingLaboratory } from '../apvas/index.js';
import { ENGINE_PACKAGES, type EnginePackages, type PlainEngine, withEngine } from './apvas-engines.js';

/**
 * A laboratory of PLAIN, and of CHAIN but for `blst`, by the engine that is named: signs and verifies whole UPDATEs. Engines and
 * packages are those of {@link loadPlainVerifier}. NON-STANDARD.
 *
 * @throws {PackageMissing} `package-missing`; {@link RangeError} for another name.
 */
export function loadLaboratory(engine: PlainEngine): Promise<Laboratory> {
  return laboratoryFrom(engine, ENGINE_PACKAGES);
}

/** As {@link loadLaboratory}, with packages from elsewhere. */
export function laboratoryFrom(engine: PlainEngine, packages: EnginePackages): Promise<Laboratory> {
  return withEngine(engine, packages, { pairings: pairingLaboratory, octets: octetLaboratory });
}
