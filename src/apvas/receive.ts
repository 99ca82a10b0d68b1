import { BgpError } from '../bgp/index.js';
import { DecodeError } from '../bytes/index.js';
import type { Afi } from '../inet/index.js';
import type { AggregateRoute } from './aggregate-route.js';
import { type AggregateBlock, type ApvasPath, decodeApvasPath } from './attr-255-apvas-path.js';
import { verifyChain } from './chain.js';
import { type ApvasSession, checkEnvelope, checkPath, type ReceivedUpdate } from './check-update.js';
import { decodeSignature } from './encoding.js';
import type { PairingEngine } from './engine.js';
import { keysOfRoute, type SignedRoute } from './hops.js';
import type { KeyTable } from './keys.js';
import { verifyPlain } from './plain.js';
import { type SchemeId, SIGNATURE_OCTETS } from './suite.js';
import type { ApvasResult } from './verdict.js';

/** A received route that has passed every check but the equation: what a batch is made of. */
export interface PendingRoute<P, K> extends SignedRoute<P, K> {
  readonly scheme: SchemeId;
}

/**
 * Takes an UPDATE up to the point where only cryptography is left: either a verdict already, or a pending route. All
 * that is cheap comes before all that is expensive.
 */
export function receiveUpdate<P, K, T>(
  engine: PairingEngine<P, K, T>,
  keys: KeyTable<K>,
  update: ReceivedUpdate,
  session: ApvasSession,
): ApvasResult | PendingRoute<P, K> {
  const opened = openUpdate(update, session, SIGNATURE_OCTETS);
  return 'verdict' in opened ? opened : resolvePath(engine, keys, opened.path, opened.destination);
}

/** A path that has passed the checks of its session: keys and signature are left. */
export interface OpenedUpdate {
  readonly path: ApvasPath;
  readonly destination: Pick<AggregateRoute, 'afi' | 'safi' | 'nlri' | 'targetAs'>;
}

/** The first half of {@link receiveUpdate}: what is checked whatever the engine. */
export function openUpdate(
  update: ReceivedUpdate,
  session: ApvasSession,
  signatureOctets: number,
): ApvasResult | OpenedUpdate {
  const envelope = checkEnvelope(update);
  if (envelope !== undefined) return withdraw(envelope);
  const { value } = update;
  let path: ApvasPath;
  try {
    path = decodeApvasPath(value, 0, value.length, signatureOctets);
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    return withdraw(error.code);
  }
  const fault = checkPath(path.segments, update, session);
  if (fault !== undefined) return { ...withdraw(fault), pathLength: path.segments.length };
  const reach = update.reach as NonNullable<ReceivedUpdate['reach']>;
  return {
    path,
    destination: {
      afi: reach.afi as Afi,
      safi: reach.safi,
      nlri: reach.nlri[0] as Uint8Array,
      targetAs: session.localAs,
    },
  };
}

/** The second half of {@link receiveUpdate}, for a path that needs no session: keys and signature are looked up. */
export function resolvePath<P, K, T>(
  engine: PairingEngine<P, K, T>,
  keys: KeyTable<K>,
  { segments, block }: ApvasPath,
  destination: Pick<AggregateRoute, 'afi' | 'safi' | 'nlri' | 'targetAs'>,
): ApvasResult | PendingRoute<P, K> {
  const pathLength = segments.length;
  if (block.scheme === undefined) return unsupported(pathLength);
  const route: AggregateRoute = { ...destination, segments, skis: block.skis };
  const found = keysOfRoute(keys, route);
  if (found === undefined) return notValid('router-key-missing', block, pathLength);
  try {
    const sigma = decodeSignature(engine, block.signature);
    return { scheme: block.scheme, route, keys: found, sigma };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return notValid('signature-encoding', block, pathLength);
  }
}

/** The verdict on one pending route by its own equation. */
export function verifyRoute<P, K, T>(
  engine: PairingEngine<P, K, T>,
  pending: PendingRoute<P, K>,
): ApvasResult {
  const holds =
    pending.scheme === 'plain' ? verifyPlain(engine, pending) : verifyChain(engine, [pending], pending.sigma);
  return resultOf(pending, holds);
}

/** {@link receiveUpdate}, then {@link verifyRoute}: from an UPDATE to its verdict. */
export function verifyUpdate<P, K, T>(
  engine: PairingEngine<P, K, T>,
  keys: KeyTable<K>,
  update: ReceivedUpdate,
  session: ApvasSession,
): ApvasResult {
  const received = receiveUpdate(engine, keys, update, session);
  return 'verdict' in received ? received : verifyRoute(engine, received);
}

/** The result for a route whose equation was decided elsewhere, in a batch. */
export function resultOf(
  { scheme, route }: Pick<PendingRoute<unknown, unknown>, 'scheme' | 'route'>,
  holds: boolean,
): ApvasResult {
  return {
    standard: false,
    verdict: holds ? 'valid' : 'not-valid',
    reason: holds ? 'signature-verified' : 'signature-mismatch',
    scheme,
    pathLength: route.segments.length,
    skis: route.skis,
  };
}

/** The result for a suite that is not looked at. */
export function unsupported(pathLength: number): ApvasResult {
  return { standard: false, verdict: 'unsigned', reason: 'no-supported-suite', pathLength };
}

/** The result for a path whose keys or signature octets cannot be used. */
export function notValid(reason: string, block: AggregateBlock, pathLength: number): ApvasResult {
  return {
    standard: false,
    verdict: 'not-valid',
    reason,
    scheme: block.scheme,
    pathLength,
    skis: block.skis,
  };
}

/** The result for what is malformed. */
export function withdraw(reason: string): ApvasResult {
  return { standard: false, verdict: 'treat-as-withdraw', reason };
}
