import { concatOctets, toHex } from '../bytes/index.js';
import type { AggregateRoute } from './aggregate-route.js';
import { attempt } from './attempt.js';
import { verifyPlainBatch } from './batch.js';
import { type RandomOctets, randomCoefficients } from './coefficients.js';
import { decodePublicKey, decodeSignature, strictForm } from './encoding.js';
import type { PairingEngine } from './engine.js';
import type { SignedRoute, SignerKey } from './hops.js';
import type { OctetEngine } from './octet-engine.js';
import { verifyPlain } from './plain.js';
import { statements } from './statement.js';
import { PUBLIC_KEY_OCTETS, SIGNATURE_OCTETS } from './suite.js';

/** A route of PLAIN with everything as octets. */
export interface PlainItem {
  readonly route: AggregateRoute;
  /** A key for each hop, origin first. Whoever takes them in checks their proofs of possession (`createKeyTable`). */
  readonly publicKeys: readonly Uint8Array[];
  readonly signature: Uint8Array;
}

/** PLAIN verified by some engine, whatever the engine holds points and keys as. NON-STANDARD. */
export interface PlainVerifier {
  readonly name: string;
  /** 48, or 96 for the other variant of the BLS draft (§2.1). */
  readonly signatureOctets: number;
  readonly publicKeyOctets: number;
  /**
   * Whether the signature is that of the route. False for octets that are no key or signature.
   *
   * @throws {RangeError} unless there is a key for each hop.
   */
  verify(item: PlainItem): boolean;
  /**
   * As {@link verify} for each route, together where the engine can do that: with coefficients of 128 bits from `random`, so
   * that a bad route passes with a probability of about 2^-128.
   */
  verifyBatch(items: readonly PlainItem[], random: RandomOctets): boolean[];
}

/** Decoded keys that are kept. */
const KEPT_KEYS = 4096;

/** {@link PlainVerifier} with signatures of 48 octets. */
export function plainVerifier<P, K, T>(engine: PairingEngine<P, K, T>): PlainVerifier {
  const keyOf = keeping((publicKey): SignerKey<K> | undefined =>
    attempt(() => ({ publicKey, prepared: decodePublicKey(engine, publicKey) })),
  );
  const open = ({ route, publicKeys, signature }: PlainItem): SignedRoute<P, K> | undefined => {
    const keys = keysOf(route, publicKeys, keyOf);
    const sigma = keys && attempt(() => decodeSignature(engine, signature));
    return keys === undefined || sigma === undefined ? undefined : { route, keys, sigma };
  };
  return {
    name: engine.name,
    signatureOctets: SIGNATURE_OCTETS,
    publicKeyOctets: PUBLIC_KEY_OCTETS,
    verify: (item) => {
      const opened = open(item);
      return opened !== undefined && verifyPlain(engine, opened);
    },
    verifyBatch: (items, random) => {
      const opened = items.map(open);
      const sound = opened.filter((one) => one !== undefined);
      const { bad } = verifyPlainBatch(engine, sound, randomCoefficients(sound.length, random));
      const failed = new Set(bad.map((index) => sound[index]));
      return opened.map((one) => one !== undefined && !failed.has(one));
    },
  };
}

/** {@link PlainVerifier} with signatures of 96 octets: one by one, since such an engine has no coefficients. */
export function longPlainVerifier<K>(engine: OctetEngine<K>): PlainVerifier {
  const publicKeyOctets = 48;
  const keyOf = keeping((octets) =>
    strictForm(octets, publicKeyOctets) ? engine.decodeKey(octets) : undefined,
  );
  const verify = ({ route, publicKeys, signature }: PlainItem): boolean => {
    const keys = keysOf(route, publicKeys, keyOf);
    if (keys === undefined || !strictForm(signature, engine.signatureOctets)) return false;
    const messages = statements(route, 'plain').map((message, i) =>
      concatOctets([publicKeys[i] as Uint8Array, message]),
    );
    return engine.aggregateVerify(messages, keys, signature);
  };
  return {
    name: engine.name,
    signatureOctets: engine.signatureOctets,
    publicKeyOctets,
    verify,
    verifyBatch: (items) => items.map(verify),
  };
}

function keysOf<K>(
  route: AggregateRoute,
  publicKeys: readonly Uint8Array[],
  keyOf: (octets: Uint8Array) => K | undefined,
): K[] | undefined {
  const { length } = route.segments;
  if (publicKeys.length !== length || length === 0) {
    throw new RangeError(`${publicKeys.length} keys for a path of ${length} hops`);
  }
  const keys = publicKeys.map(keyOf).filter((key) => key !== undefined);
  return keys.length === length ? keys : undefined;
}

/** Remembers what was decoded, and forgets the oldest. */
function keeping<K>(decode: (octets: Uint8Array) => K | undefined): (octets: Uint8Array) => K | undefined {
  const kept = new Map<string, K | undefined>();
  return (octets) => {
    const name = toHex(octets);
    if (kept.has(name)) return kept.get(name);
    const key = decode(octets.slice());
    const oldest = kept.size >= KEPT_KEYS ? kept.keys().next() : undefined;
    if (oldest?.done === false) kept.delete(oldest.value);
    kept.set(name, key);
    return key;
  };
}
