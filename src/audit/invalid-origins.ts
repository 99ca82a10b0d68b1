import { type Asn, comparePrefix, equalPrefix, formatPrefix, type Prefix } from '../inet/index.js';
import { explainOrigin, type RovTable } from '../rov/index.js';
import { HashedMap, type SeededHash } from '../tables/index.js';
import type { InvalidOrigin } from './report.js';

interface Pair {
  readonly prefix: Prefix;
  readonly origin: Asn | undefined;
}

interface Counted extends Pair {
  routes: number;
}

/**
 * Distinct pairs that are told apart, for each one that may be listed; the rest is only counted
 * (docs/decisions/audit.md D-audit-invalid-origins).
 */
const KEPT_PER_LISTED = 10;

/** Pairs of prefix and origin that ROV found invalid. Memory is bounded by the number that may be listed. */
export interface InvalidOrigins {
  add(prefix: Prefix, origin: Asn | undefined): void;
  /** The pairs with most routes, then by prefix, with what covers them; at most as many as may be listed. */
  report(table: RovTable): { listed: InvalidOrigin[]; routesNotListed: number };
}

/** An empty collection of which `limit` pairs may be listed. */
export function createInvalidOrigins(limit: number, hash: SeededHash): InvalidOrigins {
  const pairs = new HashedMap<Pair, Counted>({
    hash: ({ prefix, origin = -1 }) =>
      hash.five(prefix.length, hash.octets(prefix.octets, 0, prefix.octets.length), origin, 0, 0, 2),
    equal: (a, b) => a.origin === b.origin && equalPrefix(a.prefix, b.prefix),
  });
  let routesNotListed = 0;
  return {
    add: (prefix, origin) => {
      const known = pairs.get({ prefix, origin });
      if (known) known.routes++;
      else if (pairs.size < limit * KEPT_PER_LISTED) {
        // Readers may reuse the octets of a prefix for the next one.
        const pair = { prefix: { ...prefix, octets: prefix.octets.slice() }, origin, routes: 1 };
        pairs.set(pair, pair);
      } else routesNotListed++;
    },
    report: (table) => {
      const sorted = [...pairs.values()].sort(
        (a, b) =>
          b.routes - a.routes || comparePrefix(a.prefix, b.prefix) || (a.origin ?? -1) - (b.origin ?? -1),
      );
      const beyond = sorted.slice(limit).reduce((sum, { routes }) => sum + routes, 0);
      return {
        listed: sorted.slice(0, limit).map((counted) => explain(table, counted)),
        routesNotListed: routesNotListed + beyond,
      };
    },
  };
}

function explain(table: RovTable, { prefix, origin, routes }: Counted): InvalidOrigin {
  const evidence = explainOrigin(table, prefix, origin);
  const vrps = [...evidence.unmatchedLength, ...evidence.unmatchedAs].map((vrp) => ({
    asn: vrp.asn,
    prefix: formatPrefix(vrp.prefix),
    maxLength: vrp.maxLength,
  }));
  return {
    prefix: formatPrefix(prefix),
    origin: origin ?? null,
    reason: evidence.reason ?? 'as',
    routes,
    vrps,
  };
}
