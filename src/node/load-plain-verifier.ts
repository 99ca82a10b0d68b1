import {
  type BlstModule,
  createBlstEngine,
  createMclEngine,
  createNobleEngine,
  longPlainVerifier,
  type MclModule,
  type PlainVerifier,
  plainVerifier,
} from '../apvas/index.js';
import { sayValue } from '../inet/index.js';

/** Engines of PLAIN: portable, WebAssembly, and native code with signatures of 96 octets. */
export type PlainEngine = 'noble' | 'mcl-wasm' | 'blst';

/** An optional package that was asked for is not installed. */
export class PackageMissing extends Error {
  readonly code = 'package-missing';

  constructor(
    engine: string,
    /** What to install. */
    readonly packageName: string,
  ) {
    super(`engine ${engine}: the package is not installed; npm install ${packageName}`);
    this.name = 'PackageMissing';
  }
}

interface MclPackage extends MclModule {
  readonly BLS12_381: number;
  init(curve: number): Promise<unknown>;
}

const PACKAGES: Readonly<Record<'mcl-wasm' | '@chainsafe/blst', () => Promise<unknown>>> = {
  'mcl-wasm': () => import('mcl-wasm'),
  '@chainsafe/blst': () => import('@chainsafe/blst'),
};

/**
 * A verifier of PLAIN by the engine that is named. `mcl-wasm` and `blst` come from the optional packages mcl-wasm and
 * @chainsafe/blst. `blst` has signatures of 96 octets and keys of 48: the other variant of the BLS draft. NON-STANDARD.
 *
 * @throws {PackageMissing} `package-missing`; {@link RangeError} for another name.
 */
export function loadPlainVerifier(engine: PlainEngine): Promise<PlainVerifier> {
  return plainVerifierFrom(engine, PACKAGES);
}

/** As {@link loadPlainVerifier}, with packages from elsewhere. */
export async function plainVerifierFrom(
  engine: PlainEngine,
  packages: typeof PACKAGES,
): Promise<PlainVerifier> {
  const load = async (name: keyof typeof PACKAGES): Promise<unknown> => {
    try {
      return await packages[name]();
    } catch (error) {
      const absent = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
      throw absent ? new PackageMissing(engine, name) : error;
    }
  };
  switch (engine) {
    case 'noble':
      return plainVerifier(createNobleEngine());
    case 'mcl-wasm': {
      const mcl = (await load('mcl-wasm')) as MclPackage;
      await mcl.init(mcl.BLS12_381);
      return plainVerifier(createMclEngine(mcl));
    }
    case 'blst':
      return longPlainVerifier(createBlstEngine((await load('@chainsafe/blst')) as BlstModule));
    default:
      throw new RangeError(`engine ${sayValue(engine)} is none of noble, mcl-wasm, blst`);
  }
}
