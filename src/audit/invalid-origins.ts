import { type Asn, comparePrefix, equalPrefix, formatPrefix, type Prefix } from '../inet/index.js';
import { explainOrigin, type RovTable } from '../rov/index.js';
import { HashedMap, SeededHash } from '../tables/index.js';
import { namedVrp } from './named-vrp.js';
import type { InvalidOrigin } from './report.js';

/** A prefix and origin that ROV found invalid, with the routes that had both; the origin of a path with none is undefined. */
export interface InvalidPair {
  readonly prefix: Prefix;
  readonly origin: Asn | undefined;
  readonly routes: number;
  /** The time of the earliest payloads by which it is, where there are payloads of many times. */
  readonly set?: number;
}

interface Counted {
  readonly prefix: Prefix;
  readonly origin: Asn | undefined;
  routes: number;
  set: number | undefined;
  /** Where the pair stands among all that there may be; of equal ones the prefix and the origin decide. */
  readonly rank: number;
}

/**
 * Distinct pairs that are told apart, for each one that may be listed: those of the lowest rank, whatever came first, so
 * that parts of an input make what the whole makes (docs/decisions/audit.md D-audit-invalid-origins).
 */
const KEPT_PER_LISTED = 10;

/** The ranks are the same on every machine: no seed. */
const RANKS = new SeededHash(0);

/** Pairs of prefix and origin that ROV found invalid. Memory is bounded by the number that may be listed. */
export interface InvalidOrigins {
  /** Counts routes of a pair, which the payloads of the time `set` find invalid where there are payloads of many times. */
  add(prefix: Prefix, origin: Asn | undefined, routes?: number, set?: number): void;
  /** The pairs that are told apart, by prefix and origin. */
  pairs(): InvalidPair[];
  /** The pairs with most routes, then by prefix, with what covers them; at most as many as may be listed. */
  report(tableOf: (set: number | undefined) => RovTable): InvalidOrigin[];
}

/** An empty collection of which `limit` pairs may be listed. */
export function createInvalidOrigins(limit: number, hash: SeededHash): InvalidOrigins {
  const kept = limit * KEPT_PER_LISTED;
  const emptyMap = () =>
    new HashedMap<Pick<Counted, 'prefix' | 'origin'>, Counted>({
      hash: ({ prefix, origin }) => hashOf(hash, prefix, origin),
      equal: (a, b) => a.origin === b.origin && equalPrefix(a.prefix, b.prefix),
    });
  let pairs = emptyMap();
  let last: Counted | undefined; // what ranks behind it is none of the kept

  /** Drops all but the pairs of the lowest rank: what is dropped once can never be among them again. */
  const prune = (): void => {
    const sorted = [...pairs.values()].sort(byRank);
    pairs = emptyMap();
    for (const pair of sorted.slice(0, kept)) pairs.set(pair, pair);
    last = sorted[kept - 1];
  };
  const settled = (): Counted[] => {
    if (pairs.size > kept) prune();
    return [...pairs.values()];
  };
  return {
    add: (prefix, origin, routes = 1, set = undefined) => {
      const known = pairs.get({ prefix, origin });
      if (known !== undefined) {
        known.routes += routes;
        if (set !== undefined && set < (known.set as number)) known.set = set;
        return;
      }
      const pair = { prefix, origin, routes, set, rank: hashOf(RANKS, prefix, origin) };
      if (kept === 0 || (last !== undefined && byRank(pair, last) > 0)) return;
      // Readers may reuse the octets of a prefix for the next one.
      const own = { ...pair, prefix: { ...prefix, octets: prefix.octets.slice() } };
      pairs.set(own, own);
      if (pairs.size >= 2 * kept) prune();
    },
    pairs: () =>
      settled()
        .sort(byPrefix)
        .map(({ prefix, origin, routes, set }) => ({
          prefix,
          origin,
          routes,
          ...(set === undefined ? {} : { set }),
        })),
    report: (tableOf) => {
      const listed = settled()
        .sort((a, b) => b.routes - a.routes || byPrefix(a, b))
        .slice(0, limit);
      const explained = new Map<Counted, InvalidOrigin>();
      // By time, so that each table is there once.
      for (const one of [...listed].sort((a, b) => (a.set ?? 0) - (b.set ?? 0))) {
        explained.set(one, explain(tableOf(one.set), one));
      }
      return listed.flatMap((one) => explained.get(one) ?? []);
    },
  };
}

function hashOf(hash: SeededHash, { length, octets }: Prefix, origin: Asn | undefined): number {
  return hash.five(length, hash.octets(octets, 0, octets.length), origin ?? -1, 0, 0, 2);
}

type NamedPair = Pick<InvalidPair, 'prefix' | 'origin'>;

function byPrefix(a: NamedPair, b: NamedPair): number {
  return comparePrefix(a.prefix, b.prefix) || (a.origin ?? -1) - (b.origin ?? -1);
}

function byRank(a: Counted, b: Counted): number {
  return a.rank - b.rank || byPrefix(a, b);
}

function explain(table: RovTable, { prefix, origin, routes, set }: Counted): InvalidOrigin {
  const evidence = explainOrigin(table, prefix, origin);
  const vrps = [...evidence.unmatchedLength, ...evidence.unmatchedAs].map(namedVrp);
  return {
    prefix: formatPrefix(prefix),
    origin: origin ?? null,
    reason: evidence.reason ?? 'as',
    routes,
    vrps,
    ...(set === undefined ? {} : { payloadTime: set }),
  };
}
