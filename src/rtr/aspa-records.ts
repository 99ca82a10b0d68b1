import type { Afi, Asn } from '../inet/index.js';
import { type AspaPayload, sameProviders, unionAspas } from '../payload/index.js';
import { createNumberMap, type NumberMap, type SeededHash } from '../tables/index.js';

/**
 * The providers that one cache holds for a customer. `limit` names the family of a record in the layout of
 * 8210bis-10; undefined providers mean a list above the limit, which is remembered but says nothing.
 */
export interface AspaRecord {
  readonly customer: Asn;
  readonly limit?: Afi;
  readonly providers: readonly Asn[] | undefined;
}

/** ASPA records by customer and family. */
export type AspaRecords = NumberMap<AspaRecord>;

/** How the ASPA payload of one customer changes; `after` is absent when the customer has none any more. */
export interface AspaChange {
  readonly customer: Asn;
  readonly before?: AspaPayload | undefined;
  readonly after?: AspaPayload | undefined;
}

const FAMILIES = 2 ** 32;

/** Key of {@link AspaRecords}: one record per customer, in the layout of 8210bis-10 one per family. */
export function aspaRecordKey(record: Pick<AspaRecord, 'customer' | 'limit'>): number {
  return record.customer + (record.limit ?? 0) * FAMILIES;
}

/** All records of the customer, at most three. */
export function aspaRecordsOf(records: AspaRecords, customer: Asn): AspaRecord[] {
  const found: AspaRecord[] = [];
  for (let family = 0; family <= 2; family++) {
    const record = records.get(customer + family * FAMILIES);
    if (record) found.push(record);
  }
  return found;
}

/** The customers of all of them, each once. */
export function customersOf(all: readonly AspaRecords[], hash: SeededHash): Iterable<Asn> {
  const customers = createNumberMap<true>(hash);
  for (const records of all) for (const { customer } of records.values()) customers.set(customer, true);
  return customers.keys();
}

/**
 * The one payload that all records of a customer make together, or undefined when there is none: the union with 0
 * dropped among others (8210bis §10). Above `maxProviders`, or where a record already was, the customer has no
 * payload at all: never part of a list.
 */
export function uniteAspas(records: readonly AspaRecord[], maxProviders: number): AspaPayload | undefined {
  if (records.length === 0) return undefined;
  const parts: AspaPayload[] = [];
  for (const { customer, providers, limit } of records) {
    if (!providers) return undefined;
    const afiLimits = limit && new Map(providers.map((provider) => [provider, limit]));
    parts.push(afiLimits ? { customer, providers, afiLimits } : { customer, providers });
  }
  const union = unionAspas(parts);
  return union.providers.length > maxProviders ? undefined : union;
}

/** How the payload of the customer changes between two lists of records; undefined when it stays the same. */
export function aspaChange(
  customer: Asn,
  before: readonly AspaRecord[],
  after: readonly AspaRecord[],
  maxProviders: number,
): AspaChange | undefined {
  const old = uniteAspas(before, maxProviders);
  const now = uniteAspas(after, maxProviders);
  return sameProviders(old, now) ? undefined : { customer, before: old, after: now };
}

/** Order of {@link AspaChange}s. */
export function byCustomer(a: { readonly customer: Asn }, b: { readonly customer: Asn }): number {
  return a.customer < b.customer ? -1 : 1;
}

/** A payload of a cache as records again, one per family where providers are limited. */
export function recordsOfPayload(payload: AspaPayload | undefined): AspaRecord[] {
  if (!payload) return [];
  const { customer, providers, afiLimits } = payload;
  if (!afiLimits) return [{ customer, providers }];
  return providers.map((provider) => {
    const limit = afiLimits.get(provider);
    return limit === undefined
      ? { customer, providers: [provider] }
      : { customer, limit, providers: [provider] };
  });
}
