import type { Asn } from '../inet/index.js';
import type { Authorization } from './terms.js';

/** What the procedures need of a table: the provider authorization function of draft-28 §5.3. */
export interface ProviderAuthorization {
  /** authorized(AS x, AS y): whether x attests that y is a provider of x. The customer comes first. */
  authorized(customer: Asn, provider: Asn): Authorization;
}
