import { type Asn, requireIterable, requireObject, sayValue } from '../inet/index.js';
import type { AspaStore } from './aspa-store.js';

/**
 * Most providers of a customer by default (aspa-profile §5.5 suggests 4,000 to 10,000): docs/decisions/payload.md
 * D-aspa-provider-limit.
 */
export const DEFAULT_MAX_PROVIDERS = 10_000;

/** A customer above the limit. */
export interface OverLimit {
  readonly customer: Asn;
  /** How many providers the union of its ASPAs has. */
  readonly providers: number;
}

/** The customers, ascending, whose union has more than `maxProviders` providers (aspa-profile §5.5). */
export function customersOverLimit(aspas: AspaStore, maxProviders = DEFAULT_MAX_PROVIDERS): OverLimit[] {
  requireObject(aspas, 'the first argument', 'a store of ASPAs');
  requireIterable(aspas, 'the first argument', 'a store of ASPAs');
  if (!Number.isSafeInteger(maxProviders) || maxProviders < 1) {
    throw new RangeError(`maxProviders ${sayValue(maxProviders)} is not a whole number from 1`);
  }
  const found: OverLimit[] = [];
  for (const { customer, providers } of aspas) {
    if (providers.length > maxProviders) found.push({ customer, providers: providers.length });
  }
  return found.sort((a, b) => (a.customer < b.customer ? -1 : 1));
}

/**
 * Takes the customers above the limit out of the store, never a part of their lists, and gives them back to be told:
 * aspa-profile §5.5 has an error logged for each. A store that feeds `AspaTable` can be left as it is: the table does the
 * same.
 */
export function dropOverLimit(aspas: AspaStore, maxProviders = DEFAULT_MAX_PROVIDERS): OverLimit[] {
  const dropped = customersOverLimit(aspas, maxProviders);
  for (const { customer } of dropped) aspas.withdraw(customer);
  return dropped;
}
