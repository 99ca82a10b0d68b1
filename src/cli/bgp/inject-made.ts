import { ATTR_ORIGIN, encodeOrigin, pathAttribute } from '../../bgp/index.js';
import { type RouteOfHops, unicast } from '../../bgpsec/index.js';
import { AFI_IPV4, type Asn, makePrefix } from '../../inet/index.js';
import { createCountedSigning } from '../../node/counted-nonces.js';
import { createOpensslEngine } from '../../node/openssl-engine.js';
import { seededRandom } from '../../tables/index.js';
import { CliError } from '../shared/io.js';
import type { KeyRing } from './inject-keys.js';
import {
  BATCH,
  type BatchSigner,
  createSigning,
  derivedSigner,
  ownSigner,
  type PathToSign,
} from './inject-signed.js';
import { type Feed, requireSigned, type Target } from './inject-target.js';

/** How routes are made. */
export interface MadeRoutes {
  readonly count: number;
  /** ASes on each path, the own one included. */
  readonly hops: number;
  readonly seed: number;
}

/** The ASes of made paths: of the range for private use (RFC 6996). */
const FIRST_AS = 4_200_000_000;
const POOL = 64;
/** Routes that are made before they are signed: batches enough for all threads. */
const PORTION = 64 * BATCH;
/** Prefixes of 24 bits from 1.0.0.0 to 126.255.255.0. */
export const MOST_MADE = 126 << 16;

/** Made routes, signed by every AS on their way: equal seeds, equal octets (docs/decisions/speaker.md D-inject-made). */
export function madeRoutesFeed(made: MadeRoutes, keys: KeyRing, jobs: number): Feed {
  const { count, hops, seed } = made;
  return async (target, outlet) => {
    requireSigned({ ...target, families: target.families.filter((afi) => afi === AFI_IPV4) });
    const skipped = new Map<string, number>();
    const skip = (why: string): void => void skipped.set(why, (skipped.get(why) ?? 0) + 1);
    const pool = poolOf(target, made, keys);
    const random = seededRandom(seed ^ Math.floor(seed / 2 ** 32));
    const signer = signerFor(keys, seed, jobs);
    const signing = createSigning(target, keys, signer, outlet, skip);
    const attributes = [pathAttribute(ATTR_ORIGIN, encodeOrigin('igp'))];
    const make = (number: number): PathToSign => {
      const prefix = makePrefix(AFI_IPV4, Uint8Array.of(number >> 16, number >> 8, number, 0), 24);
      return { announced: unicast(prefix), hops: pathOf(target.localAs, pool, hops, random), attributes };
    };
    try {
      for (let at = 0; at < count; at += PORTION) {
        const length = Math.min(PORTION, count - at);
        await signing(Array.from({ length }, (_, i) => make(at + i + (1 << 16))));
      }
    } finally {
      await signer.close();
    }
    return { skipped, code: 0 };
  };
}

/** Keys that were read may be somebody's secret; those that the seed gives are nobody's. */
function signerFor(keys: KeyRing, seed: number, jobs: number): BatchSigner {
  if (keys.asns.length > 0) return derivedSigner(keys, jobs);
  // docs/decisions/bgpsec.md D-bgpsec-counted-nonces
  return ownSigner({ ...createOpensslEngine(), signMany: createCountedSigning(seed) }, keys);
}

/** Whom the other hops are chosen from, the peer aside. */
function othersOf(localAs: Asn, { hops }: MadeRoutes, { asns }: KeyRing): readonly Asn[] {
  const all =
    asns.length > 0
      ? asns.toSorted((a, b) => a - b)
      : Array.from({ length: Math.max(POOL, hops + 2) }, (_, i) => FIRST_AS + i);
  return all.filter((asn) => asn !== localAs);
}

/** Everybody who may sign a made route. */
export function signersOfMade(localAs: Asn, made: MadeRoutes, keys: KeyRing): readonly Asn[] {
  return [localAs, ...othersOf(localAs, made, keys)];
}

/** @throws {CliError} where there are too few. */
function poolOf({ localAs, peerAs }: Target, made: MadeRoutes, keys: KeyRing): readonly Asn[] {
  const pool = othersOf(localAs, made, keys).filter((asn) => asn !== peerAs);
  if (pool.length >= made.hops - 1) return pool;
  throw new CliError(
    `--hops ${made.hops} needs keys of ${made.hops - 1} other ASes, there are ${pool.length}`,
  );
}

/** The own AS, and others in front of the origin, each once. */
function pathOf(own: Asn, pool: readonly Asn[], hops: number, random: () => number): RouteOfHops['hops'] {
  const chosen = new Set<Asn>();
  while (chosen.size < hops - 1) chosen.add(pool[Math.floor(random() * pool.length)] as Asn);
  return [own, ...chosen].map((asn) => ({ asn, pCount: 1 }));
}
