import {
  type BlstKey,
  type BlstModule,
  createBlstEngine,
  createMclEngine,
  createNobleEngine,
  type MclModule,
  type OctetEngine,
  type PairingEngine,
} from '../apvas/index.js';
import { sayValue } from '../inet/index.js';

/** Engines of PLAIN: portable, WebAssembly, and native code with signatures of 96 octets. */
export const PLAIN_ENGINES = ['noble', 'mcl-wasm', 'blst'] as const;
export type PlainEngine = (typeof PLAIN_ENGINES)[number];

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

/** The optional packages, each loaded when it is asked for. */
export type EnginePackages = Readonly<Record<'mcl-wasm' | '@chainsafe/blst', () => Promise<unknown>>>;

export const ENGINE_PACKAGES: EnginePackages = {
  'mcl-wasm': () => import('mcl-wasm'),
  '@chainsafe/blst': () => import('@chainsafe/blst'),
};

/** What to do with an engine, of the one kind or the other. */
export interface EngineUse<R> {
  pairings<P, K, T>(engine: PairingEngine<P, K, T>): R;
  octets(engine: OctetEngine<BlstKey>): R;
}

/**
 * The engine of that name, given to `use`.
 *
 * @throws {PackageMissing} `package-missing`; {@link RangeError} for another name.
 */
export async function withEngine<R>(
  engine: PlainEngine,
  packages: EnginePackages,
  use: EngineUse<R>,
): Promise<R> {
  const load = async (name: keyof EnginePackages): Promise<unknown> => {
    try {
      return await packages[name]();
    } catch (error) {
      const absent = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
      throw absent ? new PackageMissing(engine, name) : error;
    }
  };
  switch (engine) {
    case 'noble':
      return use.pairings(createNobleEngine());
    case 'mcl-wasm': {
      const mcl = (await load('mcl-wasm')) as MclPackage;
      await mcl.init(mcl.BLS12_381);
      return use.pairings(createMclEngine(mcl));
    }
    case 'blst':
      return use.octets(createBlstEngine((await load('@chainsafe/blst')) as BlstModule));
    default:
      throw new RangeError(`engine ${sayValue(engine)} is none of ${PLAIN_ENGINES.join(', ')}`);
  }
}
