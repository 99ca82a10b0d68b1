import type { Afi, Asn } from '../inet/index.js';
import { type AspaPayload, unionAspas } from '../payload/index.js';

/**
 * The providers that one cache holds for a customer. `limit` names the family of a record in the layout of
 * 8210bis-10; undefined providers mean a list above the limit, which is remembered but says nothing.
 */
export interface AspaRecord {
  readonly customer: Asn;
  readonly limit?: Afi;
  readonly providers: readonly Asn[] | undefined;
}

/**
 * The one payload that all records of a customer make together, or undefined when there is none: the union with 0
 * dropped among others (8210bis-26 §10). Above `maxProviders`, or where a record already was, the customer has no
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

/** Whether both say the same about their customer. */
export function equalAspas(a: AspaPayload | undefined, b: AspaPayload | undefined): boolean {
  if (!a || !b) return a === b;
  return (
    a.providers.length === b.providers.length &&
    a.providers.every((provider, i) => {
      return provider === b.providers[i] && a.afiLimits?.get(provider) === b.afiLimits?.get(provider);
    })
  );
}
