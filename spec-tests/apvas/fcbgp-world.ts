import { readFileSync } from 'node:fs';
import {
  createFcKeys,
  type FcKeys,
  type FcPath,
  type FcRoute,
  type FcSession,
  type FcSpeaker,
  type FcVerifier,
  propagateFc,
} from 'pathsec/apvas';
import { suite1 } from 'pathsec/bgpsec';
import { fromHex } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { keyOf, native } from '../bgpsec/world.js';

interface RouteVector {
  readonly title: string;
  readonly prefix: string;
  readonly signedPrefix?: string;
  readonly asPath: readonly number[];
  readonly session: Omit<FcSession, 'routeServers'> & { readonly routeServers?: readonly number[] };
  readonly attribute: string;
  readonly octets: readonly string[];
  readonly verdict: string;
  readonly reason: string;
  readonly gaps?: readonly number[];
  readonly leak?: string;
}

/** What fcbgp_vectors.py made. */
export const fcVectors = JSON.parse(readFileSync(new URL('./fcbgp.json', import.meta.url), 'utf8')) as {
  readonly keys: readonly { asn: number; secret: string; spki: string; ski: string }[];
  readonly routes: readonly RouteVector[];
  readonly refused: readonly { title: string; attribute: string; code: string; offset: number }[];
};

/** The keys of the vectors. */
export function vectorFcKeys(): FcKeys {
  return createFcKeys(
    fcVectors.keys.map(({ asn, ski, spki }) => ({ asn, ski: fromHex(ski), spki: fromHex(spki) })),
  );
}

/** The session of a vector. */
export function fcSessionOf({ session }: RouteVector): FcSession {
  const { routeServers, ...rest } = session;
  return routeServers === undefined ? rest : { ...rest, routeServers: new Set(routeServers) };
}

export const prefix = parsePrefix('192.0.2.0/24');

export function fcSpeaker(asn: number): FcSpeaker {
  return { asn, key: keyOf(asn), engine: native };
}

/** A verifier that knows the keys of the ASes named. */
export function fcVerifier(asns: Iterable<number>): FcVerifier {
  const keys = [...new Set(asns)].map((asn) => ({ asn, ski: keyOf(asn).ski, spki: keyOf(asn).spki }));
  return { keys: createFcKeys(keys), suites: suite1(native) };
}

/** The route that goes from the first AS over the others to `target`; ASes of `silent` make no segment. */
export function fcRoute(
  asns: readonly number[],
  target: number,
  silent: ReadonlySet<number> = new Set(),
  announced = prefix,
): FcRoute {
  let path: FcPath | undefined;
  for (const [i, asn] of asns.entries()) {
    if (silent.has(asn)) continue;
    const route = { prefix: announced, previousAs: asns[i - 1] ?? 0, ...(path && { path }) };
    const sent = propagateFc(route, fcSpeaker(asn), { asn: asns[i + 1] ?? target, kind: 'external' });
    if (sent.send && sent.path !== undefined) path = sent.path;
  }
  if (path === undefined) throw new Error('nobody signed');
  return { asPath: [{ type: 2, asns: [...asns].reverse() }], prefix: announced, path };
}
