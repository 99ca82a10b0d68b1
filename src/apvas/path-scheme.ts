import { concatOctets } from '../bytes/index.js';
import type { AggregateRoute } from './aggregate-route.js';
import { routeAtHop } from './aggregate-route.js';
import { attempt } from './attempt.js';
import { signChain, verifyChain } from './chain.js';
import { decodePublicKey, decodeSignature } from './encoding.js';
import type { PairingEngine } from './engine.js';
import type { SignerKey } from './hops.js';
import { createSigningKey, type SigningKey } from './keys.js';
import type { OctetEngine } from './octet-engine.js';
import { signPlain, verifyPlain } from './plain.js';
import { statements } from './statement.js';
import { type SchemeId, SIGNATURE_OCTETS } from './suite.js';

/**
 * A way to sign a whole path, whatever the algorithm, for comparisons of size and time. `S` is a secret key, `V` a
 * decoded public key. NON-STANDARD, all of them.
 */
export interface PathScheme<S, V> {
  readonly name: string;
  /** Octets of all signatures of a path of `hops` hops (the maximum where they vary). */
  signatureOctets(hops: number): number;
  /** A key pair from 32 octets of seed; equal seeds give equal keys. */
  keyPair(seed: Uint8Array): { readonly secret: S; readonly verifier: V };
  /** Signs every hop of `route` in turn, as its ASes would; keys and signatures are origin first. */
  sign(route: AggregateRoute, secrets: readonly S[]): Uint8Array[];
  /** From signature octets to the verdict; keys origin first. */
  verify(route: AggregateRoute, keys: readonly V[], signatures: readonly Uint8Array[]): boolean;
}

/** PLAIN or CHAIN as a {@link PathScheme}: one signature of 48 octets per path. */
export function aggregatePathScheme<P, K, T>(
  engine: PairingEngine<P, K, T>,
  scheme: SchemeId,
): PathScheme<SigningKey, SignerKey<K>> {
  return {
    name: scheme === 'plain' ? 'PLAIN' : 'CHAIN',
    signatureOctets: () => SIGNATURE_OCTETS,
    keyPair: (seed) => {
      const secret = createSigningKey(engine, 1, scalarOf(seed));
      const { publicKey } = secret;
      return { secret, verifier: { publicKey, prepared: decodePublicKey(engine, publicKey) } };
    },
    sign: (route, secrets) => {
      let sigma = engine.identity;
      for (const [i, secret] of secrets.entries()) {
        const hop = routeAtHop(route, i + 1);
        const earlier = secrets.slice(0, i).map(({ publicKey }) => publicKey);
        sigma =
          scheme === 'plain'
            ? signPlain(engine, hop, secret, sigma)
            : signChain(engine, hop, secret, earlier, i === 0 ? undefined : { sigma });
      }
      return [engine.encodeG1(sigma)];
    },
    verify: (route, keys, [octets]) => {
      const sigma = attempt(() => decodeSignature(engine, octets ?? new Uint8Array()));
      if (sigma === undefined) return false;
      const keyed = { route, keys, sigma };
      return scheme === 'plain' ? verifyPlain(engine, keyed) : verifyChain(engine, [keyed], sigma);
    },
  };
}

/** PLAIN with 96-octet signatures and 48-octet keys: the other variant of the BLS draft (§2.1). */
export function longAggregatePathScheme<K>(
  engine: OctetEngine<K>,
): PathScheme<Uint8Array, { readonly publicKey: Uint8Array; readonly key: K }> {
  const messages = (route: AggregateRoute, publicKeys: readonly Uint8Array[]): Uint8Array[] =>
    statements(route, 'plain').map((message, i) => concatOctets([publicKeys[i] as Uint8Array, message]));
  return {
    name: engine.name,
    signatureOctets: () => engine.signatureOctets,
    keyPair: (seed) => {
      const secret = secretOctets(scalarOf(seed));
      const publicKey = engine.publicKey(secret);
      const key = engine.decodeKey(publicKey);
      if (key === undefined) throw new RangeError('secret key');
      return { secret, verifier: { publicKey, key } };
    },
    sign: (route, secrets) => {
      const publicKeys = secrets.map((secret) => engine.publicKey(secret));
      const signed = messages(route, publicKeys).map((m, i) => engine.sign(m, secrets[i] as Uint8Array));
      return [engine.aggregate(signed)];
    },
    verify: (route, keys, [signature]) =>
      engine.aggregateVerify(
        messages(
          route,
          keys.map(({ publicKey }) => publicKey),
        ),
        keys.map(({ key }) => key),
        signature ?? new Uint8Array(),
      ),
  };
}

/** 32 octets as a scalar in 1..r-1; the top bits are cleared, so equal for all engines. */
function scalarOf(seed: Uint8Array): bigint {
  let value = 0n;
  for (const octet of seed.subarray(0, 31)) value = (value << 8n) | BigInt(octet);
  return value + 1n;
}

/** A secret scalar as 32 octets, big-endian. */
export function secretOctets(scalar: bigint): Uint8Array {
  const octets = new Uint8Array(32);
  for (let i = 31, rest = scalar; i >= 0; i--, rest >>= 8n) octets[i] = Number(rest & 0xffn);
  return octets;
}
