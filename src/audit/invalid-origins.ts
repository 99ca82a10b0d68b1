import { type Asn, comparePrefix, formatPrefix, type Prefix } from '../inet/index.js';
import { explainOrigin, type RovTable } from '../rov/index.js';
import type { InvalidOrigin } from './report.js';

interface Counted {
  readonly prefix: Prefix;
  readonly origin: Asn | undefined;
  routes: number;
}

/** Distinct pairs that are told apart, for each one that may be listed; the rest is only counted (docs/decisions.md
 * D-audit-invalid-origins). */
const KEPT_PER_LISTED = 10;

/** Pairs of prefix and origin that ROV found invalid. Memory is bounded by the number that may be listed. */
export interface InvalidOrigins {
  add(prefix: Prefix, origin: Asn | undefined): void;
  /** The pairs with most routes, then by prefix, with what covers them; at most as many as may be listed. */
  report(table: RovTable): { listed: InvalidOrigin[]; routesNotListed: number };
}

/** An empty collection of which `limit` pairs may be listed. */
export function createInvalidOrigins(limit: number): InvalidOrigins {
  const pairs: Counted[] = [];
  const byPrefix = new Map<string | number, Map<Asn | undefined, Counted>>();
  let routesNotListed = 0;
  return {
    add: (prefix, origin) => {
      const key = prefixKey(prefix);
      let byOrigin = byPrefix.get(key);
      const known = byOrigin?.get(origin);
      if (known) known.routes++;
      else if (pairs.length < limit * KEPT_PER_LISTED) {
        if (!byOrigin) {
          byOrigin = new Map();
          byPrefix.set(key, byOrigin);
        }
        // Readers may reuse the octets of a prefix for the next one.
        const pair = { prefix: { ...prefix, octets: prefix.octets.slice() }, origin, routes: 1 };
        byOrigin.set(origin, pair);
        pairs.push(pair);
      } else routesNotListed++;
    },
    report: (table) => {
      const sorted = [...pairs].sort(
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

/** A number for IPv4, which is cheaper than a text. */
function prefixKey({ octets, length }: Prefix): string | number {
  if (octets.length !== 4) return `${octets.join('.')}/${length}`;
  let number = 0;
  for (let i = 0; i < 4; i++) number = number * 256 + (octets[i] as number);
  return number * 64 + length;
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
