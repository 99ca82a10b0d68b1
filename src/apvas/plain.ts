import type { AggregateRoute } from './aggregate-route.js';
import type { PairingEngine, PairingTerm } from './engine.js';
import type { KeyedRoute, SignedRoute, SignerKey } from './hops.js';
import type { SigningKey } from './keys.js';
import { latin1, statement, statements } from './statement.js';
import { DST_PLAIN } from './suite.js';

/** c_N = H(pk_N || M_N): the point that hop N multiplies by its secret (BLS draft §3.2.1 steps 1 and 2). */
export function hashPointPlain<P, K, T>(
  engine: PairingEngine<P, K, T>,
  publicKey: Uint8Array,
  message: Uint8Array,
): P {
  return engine.hashToG1(hashInput(publicKey, message), DST_PLAIN);
}

function hashInput(publicKey: Uint8Array, message: Uint8Array): Uint8Array {
  const input = new Uint8Array(publicKey.length + message.length);
  input.set(publicKey);
  input.set(message, publicKey.length);
  return input;
}

/**
 * Signs the newest hop of `route` on top of `previous`, the signature of the path before it (the identity for an
 * origin): sigma_N = sigma_(N-1) + x_N c_N. Does not verify `previous`; see `verifyPlain`.
 */
export function signPlain<P, K, T>(
  engine: PairingEngine<P, K, T>,
  route: AggregateRoute,
  key: SigningKey,
  previous: P = engine.identity,
): P {
  const message = statement(route, route.segments.length, 'plain');
  const point = hashPointPlain(engine, key.publicKey, message);
  return engine.add(previous, engine.multiply(point, key.scalar));
}

/**
 * Whether `sigma` is the signature of one route: product of e(c_N, pk_N) = e(sigma, g2), as one product with one
 * final exponentiation (BLS draft §3.2.3 AggregateVerify). No cofactor is cleared (docs/decisions/apvas.md D-apvas-cofactor).
 */
export function verifyPlain<P, K, T>(
  engine: PairingEngine<P, K, T>,
  { route, keys, sigma }: SignedRoute<P, K>,
): boolean {
  if (engine.isIdentity(sigma)) return false;
  const messages = statements(route, 'plain');
  const terms: PairingTerm<P, K>[] = keys.map((key, i) => ({
    point: engine.mapToG1(hashInput(key.publicKey, messages[i] as Uint8Array), DST_PLAIN),
    key: key.prepared,
  }));
  terms.push({ point: engine.negate(sigma), key: engine.mappedGenerator });
  return engine.equalGt(engine.finalExponentiation(engine.miller(terms)), engine.one);
}

/**
 * Literal reading of {@link verifyPlain} and of the set form (section 6 of the construction): CoreAggregateVerify
 * (BLS draft §2.9) one pairing at a time, statement by statement, over the multiset `routes`.
 */
export function verifyPlainLiteral<P, K, T>(
  engine: PairingEngine<P, K, T>,
  routes: readonly KeyedRoute<K>[],
  aggregate: P,
): boolean {
  // The empty set is valid exactly for the identity, and no other set is.
  if (routes.length === 0 || engine.isIdentity(aggregate)) {
    return routes.length === 0 && engine.isIdentity(aggregate);
  }
  const pairing = (point: P, key: K): T => engine.finalExponentiation(engine.miller([{ point, key }]));
  let product = engine.one;
  for (const { route, keys } of routes) {
    for (const [i, key] of keys.entries()) {
      const point = hashPointPlain(engine, key.publicKey, statement(route, i + 1, 'plain'));
      product = engine.multiplyGt(product, pairing(point, key.prepared));
    }
  }
  return engine.equalGt(product, pairing(aggregate, engine.generator));
}

/** One distinct statement of a set: its hash point, its signer, and which routes (by index) assert it. */
export interface StatementPoint<P, K> {
  readonly point: P;
  readonly key: SignerKey<K>;
  /** Indices into the set, one for each time a route asserts the statement. */
  readonly routes: number[];
}

/**
 * The distinct statements of `routes`; each is hashed once, however many routes share it. `hash` is `mapToG1` for who pairs
 * with `mappedGenerator`.
 */
export function statementPoints<P, K, T>(
  engine: PairingEngine<P, K, T>,
  routes: readonly KeyedRoute<K>[],
  hash: PairingEngine<P, K, T>['hashToG1'] = engine.hashToG1,
): StatementPoint<P, K>[] {
  const known = new Map<string, StatementPoint<P, K>>();
  for (const [index, { route, keys }] of routes.entries()) {
    const messages = statements(route, 'plain');
    for (const [i, key] of keys.entries()) {
      const message = messages[i] as Uint8Array;
      const name = latin1(key.publicKey) + latin1(message);
      const entry = known.get(name);
      if (entry === undefined) {
        const point = hash(hashInput(key.publicKey, message), DST_PLAIN);
        known.set(name, { point, key, routes: [index] });
      } else {
        entry.routes.push(index);
      }
    }
  }
  return [...known.values()];
}

/**
 * Whether every statement of the multiset `routes` was made by the owner of its key, by their aggregate. Grouped by
 * signer: one Miller loop per distinct key. It does *not* say that any single route's signature is right.
 */
export function verifyPlainSet<P, K, T>(
  engine: PairingEngine<P, K, T>,
  routes: readonly KeyedRoute<K>[],
  aggregate: P,
): boolean {
  if (routes.length === 0 || engine.isIdentity(aggregate)) {
    return routes.length === 0 && engine.isIdentity(aggregate);
  }
  const sums = new Map<K, P>();
  for (const { point, key, routes: uses } of statementPoints(engine, routes, engine.mapToG1)) {
    // A statement that occurs m times counts m times.
    const counted = uses.length === 1 ? point : engine.combine([point], [BigInt(uses.length)]);
    const sum = sums.get(key.prepared);
    sums.set(key.prepared, sum === undefined ? counted : engine.add(sum, counted));
  }
  const terms: PairingTerm<P, K>[] = Array.from(sums, ([key, point]) => ({ point, key }));
  terms.push({ point: engine.negate(aggregate), key: engine.mappedGenerator });
  return engine.equalGt(engine.finalExponentiation(engine.miller(terms)), engine.one);
}
