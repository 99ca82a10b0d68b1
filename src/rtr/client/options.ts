import { sayValue } from '../../inet/index.js';
import type { SeedOptions } from '../../tables/index.js';
import { type AspaLayout, MAX_PDU_LENGTH, type RtrVersion } from '../pdu/format.js';
import type { Timing } from '../pdu/timing.js';

/** How a client session behaves; every member has a default. */
export interface RtrClientOptions extends SeedOptions {
  /** The version that a connection starts with; default 2. */
  readonly highestVersion?: RtrVersion;
  /** The lowest version to go down to; default 0. */
  readonly lowestVersion?: RtrVersion;
  /** Layout of ASPA PDUs in version 2; default `current`. Never guessed. */
  readonly aspaLayout?: AspaLayout;
  /** 0 among other providers of an ASPA: `error` (default, 8210bis §5.12), or `drop` the 0 and go on. */
  readonly zeroProvider?: 'error' | 'drop';
  /** A version 2 response in the wrong order: `count` (default) or `error` (8210bis §11.4). */
  readonly order?: 'count' | 'error';
  /**
   * What a fatal error does to the data of the cache: `flush` (default) follows the text of the version, which in
   * version 2 demands it (8210bis §12) and in versions 0 and 1 only for a foreign session ID; `keep` keeps the last
   * complete transaction until it expires, in every version and for every error (NON-SPEC).
   */
  readonly afterFatal?: 'flush' | 'keep';
  /** Intervals that replace those of the cache; the result is still moved into the allowed ranges. */
  readonly timing?: Partial<Timing>;
  /** Bounds on what a cache can make the client hold. */
  readonly limits?: Partial<RtrClientLimits>;
}

/** Bounds on what a cache can make a client hold or wait for. */
export interface RtrClientLimits {
  /**
   * Payloads of an answer, together with those held when it tells changes; in units of a VRP, of which a router key or
   * an ASPA counts for as many as its memory holds (16 and one for every 12 octets of the key; 3 and one for every 4
   * providers). Default 4,000,000, some 200 MB. Beyond it the session ends with Internal Error.
   */
  readonly maxPayloads: number;
  /** Octets of a PDU; default 65,535. */
  readonly maxPduLength: number;
  /** Providers of one customer; default 10,000. A customer with more has no payload. */
  readonly maxProviders: number;
  /** Seconds from a query to the end of its answer; default 600. */
  readonly responseSeconds: number;
}

/** {@link RtrClientOptions} with every default filled in. */
export interface ResolvedClientOptions extends SeedOptions {
  readonly highestVersion: RtrVersion;
  readonly lowestVersion: RtrVersion;
  readonly aspaLayout: AspaLayout;
  readonly zeroProvider: 'error' | 'drop';
  readonly order: 'count' | 'error';
  readonly afterFatal: 'flush' | 'keep';
  readonly timing: Partial<Timing>;
  readonly limits: RtrClientLimits;
}

const VERSIONS: readonly number[] = [0, 1, 2];

/** Infinity is a bound or an interval too; NaN would be none, because every comparison with it fails. */
function requireAmounts(amounts: object | undefined): void {
  for (const [name, amount] of Object.entries(amounts ?? {})) {
    if (amount === undefined || (typeof amount === 'number' && amount >= 0)) continue;
    throw new RangeError(`${name} ${sayValue(amount)} is not a number, 0 or more`);
  }
}

/** Fills in defaults. Throws `RangeError` for what is no version, interval or limit, and for versions the wrong way round. */
export function resolveClientOptions(options: RtrClientOptions): ResolvedClientOptions {
  const highestVersion = options.highestVersion ?? 2;
  const lowestVersion = options.lowestVersion ?? 0;
  for (const [name, version] of Object.entries({ highestVersion, lowestVersion })) {
    if (!VERSIONS.includes(version)) throw new RangeError(`${name} ${sayValue(version)} is none of 0, 1, 2`);
  }
  requireAmounts(options.timing);
  requireAmounts(options.limits);
  if (lowestVersion > highestVersion) {
    throw new RangeError(`lowest version ${lowestVersion} is above highest version ${highestVersion}`);
  }
  return {
    seed: options.seed,
    highestVersion,
    lowestVersion,
    aspaLayout: options.aspaLayout ?? 'current',
    zeroProvider: options.zeroProvider ?? 'error',
    order: options.order ?? 'count',
    afterFatal: options.afterFatal ?? 'flush',
    timing: options.timing ?? {},
    limits: {
      maxPayloads: options.limits?.maxPayloads ?? 4_000_000,
      maxPduLength: options.limits?.maxPduLength ?? MAX_PDU_LENGTH,
      maxProviders: options.limits?.maxProviders ?? 10_000,
      responseSeconds: options.limits?.responseSeconds ?? 600,
    },
  };
}
