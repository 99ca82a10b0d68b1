import { toHex } from '../../bytes/index.js';
import type { Asn } from '../../inet/index.js';
import {
  type AspaPayload,
  createPayloadSet,
  type PayloadSet,
  type Payloads,
  type RouterKey,
} from '../../payload/index.js';
import { createPrefixTest } from './prefix-filters.js';
import type { AspaFilter, BgpsecFilter, Slurm } from './slurm.js';

/**
 * A new set: the payloads without those that a filter matches, and then with all assertions, which no filter touches
 * (RFC 8416 §3.2). An asserted ASPA joins what is left of its customer. `seed` is that of the tables of the set.
 */
export function applySlurm(payloads: Payloads, slurm: Slurm, seed?: number): PayloadSet {
  const result = createPayloadSet({}, { seed });
  // Step 1: filters.
  const isFiltered = createPrefixTest(slurm.prefixFilters);
  for (const vrp of payloads.vrps) if (!isFiltered(vrp)) result.vrps.announce(vrp);
  const isFilteredKey = createKeyTest(slurm.bgpsecFilters);
  for (const key of payloads.routerKeys) if (!isFilteredKey(key)) result.routerKeys.announce(key);
  const filterAspa = createAspaFilter(slurm.aspaFilters);
  const left = [...payloads.aspas].map(filterAspa).filter((aspa) => aspa !== undefined);
  // Step 2: additions.
  for (const { prefix, asn, maxLength = prefix.length } of slurm.prefixAssertions) {
    result.vrps.announce({ prefix, maxLength, asn });
  }
  for (const { asn, ski, spki } of slurm.bgpsecAssertions) result.routerKeys.announce({ asn, ski, spki });
  result.aspas.unite([...left, ...slurm.aspaAssertions.map(({ comment: _, ...aspa }) => aspa)]);
  return result;
}

/** The BGPsec filters as one test of a router key: every member of a filter must match (RFC 8416 §3.3.2). */
function createKeyTest(filters: readonly BgpsecFilter[]): (key: RouterKey) => boolean {
  const nameOf = (asn: Asn | undefined, ski: Uint8Array | undefined): string => {
    return `${asn ?? ''}/${ski ? toHex(ski) : ''}`;
  };
  const names = new Set(filters.map(({ asn, ski }) => nameOf(asn, ski)));
  return ({ asn, ski }) => {
    return (
      names.size > 0 &&
      [nameOf(asn, ski), nameOf(asn, undefined), nameOf(undefined, ski)].some((name) => names.has(name))
    );
  };
}

/**
 * What the ASPA filters leave of a payload; undefined when nothing (docs/decisions/rpki-files.md D-slurm-aspa-filter).
 */
function createAspaFilter(filters: readonly AspaFilter[]): (aspa: AspaPayload) => AspaPayload | undefined {
  const customers = new Set<Asn>();
  const fromAll = new Set<Asn>();
  const fromOne = new Map<Asn, Set<Asn>>();
  for (const { customer, providers } of filters) {
    if (customer === undefined) {
      for (const provider of providers ?? []) fromAll.add(provider);
    } else if (providers === undefined) {
      customers.add(customer);
    } else {
      const known = fromOne.get(customer);
      if (known) for (const provider of providers) known.add(provider);
      else fromOne.set(customer, new Set(providers));
    }
  }
  return (aspa) => {
    if (customers.has(aspa.customer)) return undefined;
    const own = fromOne.get(aspa.customer);
    const providers = aspa.providers.filter((provider) => !fromAll.has(provider) && !own?.has(provider));
    return providers.length > 0 ? { ...aspa, providers } : undefined;
  };
}
