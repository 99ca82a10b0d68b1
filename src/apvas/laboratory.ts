import type { Asn } from '../inet/index.js';
import type { AggregateRoute } from './aggregate-route.js';
import type { ApvasSession, ReceivedUpdate } from './check-update.js';
import type { RandomOctets } from './coefficients.js';
import type { KeyEntry, SigningKey } from './keys.js';
import type { SchemeId } from './suite.js';
import type { ApvasResult } from './verdict.js';

/** An UPDATE, and the session on which it came. */
export interface ReceivedItem {
  readonly update: ReceivedUpdate;
  readonly session: ApvasSession;
}

/**
 * PLAIN and CHAIN by some engine, in octets alone: whoever holds one need not know what the engine holds points and keys as.
 * NON-STANDARD.
 */
export interface Laboratory {
  readonly name: string;
  /** What the engine can do: PLAIN, and CHAIN where it computes pairings. */
  readonly schemes: readonly SchemeId[];
  /** 48, or 96 in the other variant of the BLS draft (§2.1). */
  readonly signatureOctets: number;
  /** 96, or 48 in the other variant. */
  readonly publicKeyOctets: number;
  /** Keys that have been admitted. */
  readonly size: number;
  /**
   * A key of an AS with its proof of possession. `scalar`: drawn uniformly from 1..r-1 by the caller.
   *
   * @throws {RangeError} for a scalar outside that range.
   */
  signingKey(asn: Asn, scalar: bigint): SigningKey;
  /**
   * The signature of `route` after every hop has signed in turn, as its ASes would; a key for each hop, origin first.
   *
   * @throws {RangeError} for a scheme that is not among {@link schemes}, or another number of keys.
   */
  sign(scheme: SchemeId, route: AggregateRoute, keys: readonly SigningKey[]): Uint8Array;
  /** As `admit` of {@link KeyTable}, for the keys by which {@link verify} judges. */
  admit(entry: KeyEntry): void;
  /**
   * The verdicts in order. Routes of PLAIN are verified together where the engine can do that, with coefficients of 128 bits
   * from `random`, so that a bad route passes with a probability of about 2^-128.
   */
  verify(items: readonly ReceivedItem[], random: RandomOctets): ApvasResult[];
}

/** Refuses what a laboratory cannot sign. */
export function requireSignable(
  { name, schemes }: Pick<Laboratory, 'name' | 'schemes'>,
  scheme: SchemeId,
  { segments }: AggregateRoute,
  keys: readonly SigningKey[],
): void {
  if (!schemes.includes(scheme)) throw new RangeError(`${name} does not have ${scheme}`);
  if (keys.length !== segments.length) {
    throw new RangeError(`${keys.length} keys for a path of ${segments.length} hops`);
  }
}
