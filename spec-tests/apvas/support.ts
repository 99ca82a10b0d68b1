import { readFileSync } from 'node:fs';
import {
  type AdmittedKey,
  type AggregateRoute,
  createKeyTable,
  createNobleEngine,
  createSigningKey,
  forward,
  type KeyTable,
  type NobleKey,
  type NoblePoint,
  type OutgoingRoute,
  originate,
  type SchemeId,
  type SignedRoute,
  type SigningKey,
} from 'pathsec/apvas';
import type { SecurePathSegment } from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import type { Afi } from 'pathsec/inet';

/** One engine for a test file: tests reuse keys, so cached lines save most of the time. */
export const engine = createNobleEngine();

export interface Vectors {
  readonly gtOfGenerators: string;
  readonly keys: readonly {
    asn: number;
    secret: string;
    publicKey: string;
    ski: string;
    popPoint: string;
    pop: string;
  }[];
  readonly routes: readonly RouteVector[];
  readonly aggregates: readonly { id: string; routes: string[]; sigma: string }[];
  readonly batch: { routes: string[]; coefficients: string[]; sigma: string };
  readonly cancellation: { delta: string; sigmaR1: string; sigmaR2: string; sum: string };
  readonly chain: {
    routes: {
      route: string;
      attribute: string;
      gtAfter: string;
      hops: {
        gtBefore: string;
        hashInputLength: number;
        hashInputSha256: string;
        hashPoint: string;
        sigma: string;
      }[];
    }[];
    aggregate: string;
    withoutR2: string;
  };
  readonly refused: readonly {
    fault: string;
    localAs: number;
    nlri: string;
    attribute: string;
    verdict: string;
    reason: string;
  }[];
  readonly encodings: readonly { fault: string; group: string; octets: string; accept: boolean }[];
}

export interface RouteVector {
  readonly id: string;
  readonly afi: Afi;
  readonly safi: number;
  readonly nlri: string;
  readonly localAs: number;
  readonly originFirst: readonly [pCount: number, flags: number, asn: number][];
  readonly hops: readonly {
    ski: string;
    target: number;
    statement: string;
    hashPoint: string;
    contribution: string;
    sigma: string;
  }[];
  readonly attribute: string;
  readonly message: string;
}

export const vectors = JSON.parse(
  readFileSync(new URL('./schemes.json', import.meta.url), 'utf8'),
) as Vectors;

export function routeOf(vector: RouteVector): AggregateRoute {
  const segments: SecurePathSegment[] = vector.originFirst.map(([pCount, flags, asn]) => ({
    pCount,
    flags,
    asn,
  }));
  return {
    afi: vector.afi,
    safi: vector.safi,
    nlri: fromHex(vector.nlri),
    targetAs: vector.localAs,
    segments: segments.reverse(),
    skis: vector.hops.map(({ ski }) => fromHex(ski)).reverse(),
  };
}

export function routeVector(id: string): RouteVector {
  const vector = vectors.routes.find((route) => route.id === id);
  if (vector === undefined) throw new Error(`no route ${id}`);
  return vector;
}

/** A table with the five keys of the vectors. */
export function vectorKeys(): KeyTable<NobleKey> {
  const table = createKeyTable(engine);
  for (const { asn, ski, publicKey, pop } of vectors.keys) {
    table.admit({ asn, ski: fromHex(ski), publicKey: fromHex(publicKey), pop: fromHex(pop) });
  }
  return table;
}

/** Signing keys of AS 64500 + i, made once. */
export const signers: readonly SigningKey[] = Array.from({ length: 8 }, (_, i) =>
  createSigningKey(engine, 64500 + i, 0x1234_5678_9abc_def0n ** 3n + BigInt(i)),
);

const admitted = createKeyTable(engine);
export const signerKeys: readonly AdmittedKey<NobleKey>[] = signers.map((key) => admitted.admit(key));
export const signerTable: KeyTable<NobleKey> = admitted;

/** An honest path over `signers[path[0]]` (origin), `path[1]`, ... to AS `targetAs`. */
export function honestRoute(
  scheme: SchemeId,
  path: readonly number[],
  nlri: Uint8Array,
  pCounts: readonly number[] = [],
  targetAs = 65000,
): SignedRoute<NoblePoint, NobleKey> &
  OutgoingRoute<NoblePoint> & { keys: readonly AdmittedKey<NobleKey>[] } {
  let out: OutgoingRoute<NoblePoint> | undefined;
  for (const [i, index] of path.entries()) {
    const key = signers[index] as SigningKey;
    const next = path[i + 1];
    const advertisement = {
      targetAs: next === undefined ? targetAs : (signers[next] as SigningKey).asn,
      pCount: pCounts[i] ?? 1,
    };
    out =
      out === undefined
        ? originate(engine, scheme, key, { afi: 1, safi: 1, nlri }, advertisement)
        : forward(
            engine,
            { ...out, publicKeys: path.slice(0, i).map((p) => (signers[p] as SigningKey).publicKey) },
            key,
            advertisement,
          );
  }
  return {
    ...(out as OutgoingRoute<NoblePoint>),
    keys: path.map((index) => signerKeys[index] as AdmittedKey<NobleKey>),
  };
}

/** NLRI of 10.0.i.0/24. */
export function nlri24(i: number): Uint8Array {
  return Uint8Array.of(24, 10, i >> 8, i & 0xff);
}

/** A reproducible stream of octets for coefficients: tests only, never in use. */
export function seededOctets(seed: number): (length: number) => Uint8Array {
  let state = seed >>> 0;
  return (length) =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    });
}
