import type { Asn } from '../inet/index.js';
import { type AggregateRoute, extendRoute } from './aggregate-route.js';
import { encodeApvasPath } from './attr-255-apvas-path.js';
import { signChain } from './chain.js';
import type { PairingEngine } from './engine.js';
import type { SigningKey } from './keys.js';
import { signPlain } from './plain.js';
import type { SchemeId } from './suite.js';

/** What a speaker decides about the hop it adds. */
export interface Advertisement {
  /** The AS the peer announced in OPEN. One signature serves all peers of one AS. */
  readonly targetAs: Asn;
  /** 1..255 to prepend; 0 only for a route server. 1 when absent. */
  readonly pCount?: number;
}

/** A route ready to send. */
export interface OutgoingRoute<P> {
  readonly scheme: SchemeId;
  readonly route: AggregateRoute;
  readonly sigma: P;
}

/** A received route to forward, with the public keys of its hops, origin first, for CHAIN. */
export interface ForwardedRoute<P, T> extends OutgoingRoute<P> {
  readonly publicKeys: readonly Uint8Array[];
  /** E of the whole received path, when the verification has kept it. */
  readonly gt?: T;
}

/** Originates a route: one segment, starting from the identity. */
export function originate<P, K, T>(
  engine: PairingEngine<P, K, T>,
  scheme: SchemeId,
  key: SigningKey,
  destination: Pick<AggregateRoute, 'afi' | 'safi' | 'nlri'>,
  { targetAs, pCount = 1 }: Advertisement,
): OutgoingRoute<P> {
  const route: AggregateRoute = {
    ...destination,
    targetAs,
    segments: [{ pCount, flags: 0, asn: key.asn }],
    skis: [key.ski],
  };
  const sigma = scheme === 'plain' ? signPlain(engine, route, key) : signChain(engine, route, key, []);
  return { scheme, route, sigma };
}

/**
 * Forwards a received route with one more hop. The signature of the received path is needed, and so it has to be kept
 * for as long as the route may be sent on. Says nothing about validity.
 *
 * @throws {RangeError} when `key` is not a key of the AS the route was sent to.
 */
export function forward<P, K, T>(
  engine: PairingEngine<P, K, T>,
  received: ForwardedRoute<P, T>,
  key: SigningKey,
  { targetAs, pCount = 1 }: Advertisement,
): OutgoingRoute<P> {
  const segment = { pCount, flags: 0, asn: key.asn };
  const route = extendRoute(received.route, { segment, ski: key.ski, targetAs });
  const { scheme, sigma, gt, publicKeys } = received;
  const state = gt === undefined ? { sigma } : { sigma, gt };
  return {
    scheme,
    route,
    sigma:
      scheme === 'plain'
        ? signPlain(engine, route, key, sigma)
        : signChain(engine, route, key, publicKeys, state),
  };
}

/** The value of the private path attribute that carries `outgoing`. */
export function attributeOf<P, K, T>(
  engine: PairingEngine<P, K, T>,
  { scheme, route, sigma }: OutgoingRoute<P>,
): Uint8Array {
  const block = { scheme, skis: route.skis, signature: engine.encodeG1(sigma) };
  return encodeApvasPath({ segments: route.segments, block });
}
