import { concatOctets } from '../bytes/index.js';
import type { AggregateRoute } from './aggregate-route.js';
import type { PairingEngine, PairingTerm } from './engine.js';
import type { KeyedRoute } from './hops.js';
import type { SigningKey } from './keys.js';
import { statements } from './statement.js';
import { DST_CHAIN } from './suite.js';

/** Points, keys and E of one route, hop by hop; index 0 is the origin. */
export interface ChainWalk<P, K, T> {
  /** The pairing term (c_L, pk_L) of the newest hop. */
  readonly last: PairingTerm<P, K>;
  /** E_(L-1), the value before the newest hop. */
  readonly before: T;
}

/**
 * c_N = H(E_(N-1) || pk_N || M_N || ... || pk_1 || M_1). `publicKeys` and `messages` are those of hops 1..N, origin
 * first. Quadratic in N and redundant, and kept so, as the published prototype has it.
 */
export function hashInputChain(
  before: Uint8Array,
  publicKeys: readonly Uint8Array[],
  messages: readonly Uint8Array[],
): Uint8Array {
  const parts = [before];
  for (let i = publicKeys.length - 1; i >= 0; i--)
    parts.push(publicKeys[i] as Uint8Array, messages[i] as Uint8Array);
  return concatOctets(parts);
}

/** What SeqAggSign starts from: the signature so far and, when the signer has just verified, the E that it found. */
export interface ChainState<P, T> {
  readonly sigma: P;
  /** E_(N-1); without it, signing costs one pairing more. */
  readonly gt?: T;
}

/**
 * SeqAggSign (Algorithm 3): signs the newest hop of `route`, whose earlier hops have the public keys `earlier`, origin
 * first. Does not verify, and accepts any point as the signature so far.
 */
export function signChain<P, K, T>(
  engine: PairingEngine<P, K, T>,
  route: AggregateRoute,
  key: SigningKey,
  earlier: readonly Uint8Array[],
  previous?: ChainState<P, T>,
): P {
  if (earlier.length !== route.segments.length - 1) throw new RangeError('one public key per earlier hop');
  // E_0 = 1; E_(N-1) = e(sigma_(N-1), g2), which for a valid path is what the verifier multiplies up.
  const sigma = previous?.sigma ?? engine.identity;
  const before =
    previous === undefined
      ? engine.one
      : (previous.gt ?? pairing(engine, { point: sigma, key: engine.generator }));
  const input = hashInputChain(
    engine.encodeGt(before),
    [...earlier, key.publicKey],
    statements(route, 'chain'),
  );
  return engine.add(sigma, engine.multiply(engine.hashToG1(input, DST_CHAIN), key.scalar));
}

/**
 * The walk of Verify (Algorithm 5) over one route up to, and without, its last pairing. It needs no signature: E
 * depends on statements and keys alone.
 */
export function walkChain<P, K, T>(
  engine: PairingEngine<P, K, T>,
  { route, keys }: KeyedRoute<K>,
): ChainWalk<P, K, T> {
  const messages = statements(route, 'chain');
  const publicKeys = keys.map((key) => key.publicKey);
  let before = engine.one;
  for (let hop = 1; ; hop++) {
    const input = hashInputChain(engine.encodeGt(before), publicKeys.slice(0, hop), messages.slice(0, hop));
    const term = {
      point: engine.hashToG1(input, DST_CHAIN),
      key: (keys[hop - 1] as { prepared: K }).prepared,
    };
    if (hop === keys.length) return { last: term, before };
    before = engine.multiplyGt(before, pairing(engine, term));
  }
}

/** E_L of a route: what e(sigma_L, g2) must equal. One GT element. */
export function chainValue<P, K, T>(engine: PairingEngine<P, K, T>, route: KeyedRoute<K>): T {
  const { before, last } = walkChain(engine, route);
  return engine.multiplyGt(before, pairing(engine, last));
}

/** Verify (Algorithm 5), literally: the product of the routes' E_L equals e(A, g2). */
export function verifyChainLiteral<P, K, T>(
  engine: PairingEngine<P, K, T>,
  routes: readonly KeyedRoute<K>[],
  aggregate: P,
): boolean {
  return pointVerify(engine, aggregate, engine.one, routes);
}

/**
 * Verify (Algorithm 5), merged: the last pairing of every route and that of A share one final exponentiation. Equal
 * to {@link verifyChainLiteral}; n(L-1) + 1 final exponentiations instead of nL + 1.
 */
export function verifyChain<P, K, T>(
  engine: PairingEngine<P, K, T>,
  routes: readonly KeyedRoute<K>[],
  aggregate: P,
): boolean {
  if (routes.length === 0 || engine.isIdentity(aggregate)) {
    return routes.length === 0 && engine.isIdentity(aggregate);
  }
  let product = engine.one;
  const terms: PairingTerm<P, K>[] = [{ point: engine.negate(aggregate), key: engine.generator }];
  for (const route of routes) {
    const { before, last } = walkChain(engine, route);
    product = engine.multiplyGt(product, before);
    terms.push(last);
  }
  const merged = engine.finalExponentiation(engine.miller(terms));
  return engine.equalGt(engine.multiplyGt(product, merged), engine.one);
}

/** PointGen (Algorithm 6): E_rest, the product of E_L over the routes that are not of interest. 576 octets encoded. */
export function pointGenerate<P, K, T>(engine: PairingEngine<P, K, T>, rest: readonly KeyedRoute<K>[]): T {
  return rest.reduce((product, route) => engine.multiplyGt(product, chainValue(engine, route)), engine.one);
}

/**
 * PointVer (Algorithm 7): whether the routes of interest belong to the aggregate, given E_rest of the others. E_rest
 * must be this side's own: a supplied one makes anything pass.
 */
export function pointVerify<P, K, T>(
  engine: PairingEngine<P, K, T>,
  aggregate: P,
  rest: T,
  interest: readonly KeyedRoute<K>[],
): boolean {
  if (interest.length > 0 && engine.isIdentity(aggregate)) return false;
  const product = engine.multiplyGt(rest, pointGenerate(engine, interest));
  return engine.equalGt(product, pairing(engine, { point: aggregate, key: engine.generator }));
}

function pairing<P, K, T>(engine: PairingEngine<P, K, T>, term: PairingTerm<P, K>): T {
  return engine.finalExponentiation(engine.miller([term]));
}
