import type { AsPath } from '../bgp/index.js';
import { type Asn, requireIterable, sayValue } from '../inet/index.js';
import { createNumberMap, SeededHash, type SeedOptions } from '../tables/index.js';
import type { AspaEntry, AspaTable } from './aspa-table.js';
import { requireAsPath, requireTable } from './verification-input.js';

/** A customer in both tables whose U-SPAS differs. */
export interface ChangedEntry {
  readonly customer: Asn;
  readonly gained: readonly Asn[];
  readonly lost: readonly Asn[];
}

/** The difference of two tables, customer by customer; every list ascends. All empty: the tables answer alike. */
export interface AspaTableDiff {
  readonly announced: readonly AspaEntry[];
  readonly withdrawn: readonly AspaEntry[];
  readonly changed: readonly ChangedEntry[];
}

/**
 * Compares two tables per customer. NON-SPEC. Comparing the list of customers and the list of all providers instead would
 * miss a provider that moves from one customer to the next.
 */
export function diffAspaTables(before: AspaTable, after: AspaTable): AspaTableDiff {
  for (const table of [before, after]) requireTable(table);
  const announced: AspaEntry[] = [];
  const withdrawn: AspaEntry[] = [];
  const changed: ChangedEntry[] = [];
  for (const entry of before) {
    const providers = after.providers(entry.customer);
    if (providers === undefined) {
      withdrawn.push(entry);
      continue;
    }
    const gained = without(providers, entry.providers);
    const lost = without(entry.providers, providers);
    if (gained.length + lost.length > 0) changed.push({ customer: entry.customer, gained, lost });
  }
  for (const entry of after) if (!before.has(entry.customer)) announced.push(entry);
  for (const list of [announced, withdrawn, changed]) list.sort((a, b) => (a.customer < b.customer ? -1 : 1));
  return { announced, withdrawn, changed };
}

/** The numbers of `list` that `other` lacks; both ascend. */
function without(list: readonly Asn[], other: readonly Asn[]): Asn[] {
  let at = 0;
  return list.filter((asn) => {
    while (at < other.length && (other[at] as Asn) < asn) at++;
    return other[at] !== asn;
  });
}

/** Customers, each once. */
export interface CustomerSet extends Iterable<Asn> {
  readonly size: number;
  has(asn: Asn): boolean;
}

/**
 * The customers whose entry a diff touches, ascending within each kind of change.
 * draft-28 §5.7: routes are re-evaluated when the table changes.
 */
export function changedCustomers(diff: AspaTableDiff, { seed }: SeedOptions = {}): CustomerSet {
  const changed = createNumberMap<true>(new SeededHash(seed));
  for (const list of [diff?.announced, diff?.withdrawn, diff?.changed]) {
    if (!Array.isArray(list)) {
      throw new TypeError(`the difference is ${sayValue(diff)}, not what diffAspaTables gave`);
    }
    for (const { customer } of list) changed.set(customer, true);
  }
  return {
    size: changed.size,
    has: (asn) => changed.has(asn),
    [Symbol.iterator]: () => changed.keys(),
  };
}

/**
 * The indexes of the paths whose verdict may change: a verdict depends on the entries of the path's own ASes only, so
 * these are the paths that contain a changed customer (draft-28 §5.3; RFC 9324 is why nothing else needs to be looked at).
 */
export function* pathsToReverify(
  customers: Pick<CustomerSet, 'has'>,
  paths: Iterable<AsPath>,
): Generator<number> {
  if (typeof (customers as Partial<CustomerSet> | null | undefined)?.has !== 'function') {
    throw new TypeError(`customers is ${sayValue(customers)}, not a set of ASNs`);
  }
  requireIterable(paths, 'paths', 'a list of AS_PATHs');
  let index = 0;
  for (const path of paths) {
    requireAsPath(path);
    if (path.some((segment) => segment.asns.some((asn) => customers.has(asn)))) yield index;
    index++;
  }
}
