import { type Afi, type Asn, requireIterable, requireObject, sayValue } from '../inet/index.js';
import type { AspaPayload } from './payload.js';
import { notesOfUnion } from './union-notes.js';

/**
 * The union of several ASPA payloads of one customer (draft-ietf-sidrops-aspa-verification-28 §5.3; aspa-profile §5.2):
 * providers ascending and once each; 0 only where it stands alone; the customer itself dropped. A list that is empty
 * after that means "no provider" and becomes 0 alone (docs/decisions/payload.md D-aspa-no-provider). A provider stays
 * limited to a family only if every mention of it is limited to that one. The union expires with its first part, since
 * nobody attests all of it after that (docs/decisions/payload.md D-aspa-union-expiry).
 *
 * @throws {TypeError} for what is no list of payloads; {@link RangeError} when `parts` is empty or the customers differ.
 */
export function unionAspas(parts: readonly AspaPayload[]): AspaPayload {
  if (!Array.isArray(parts)) throw new TypeError(`the parts of a union are ${sayValue(parts)}, not a list`);
  for (const part of parts as readonly AspaPayload[]) {
    requireObject(part, 'an ASPA', '{customer, providers}');
    requireIterable(part.providers, 'the providers of an ASPA', 'a list of ASNs');
  }
  const first = parts[0];
  if (!first || parts.some((part) => part.customer !== first.customer)) {
    throw new RangeError('a union needs ASPA payloads of one customer');
  }
  if (parts.length === 1 && isUnion(first)) return first;
  // Sorted, not gathered in a map: the numbers come from outside.
  const mentions = parts
    .flatMap(({ providers, afiLimits }) =>
      providers.map((provider: Asn) => ({ provider, limit: afiLimits?.get(provider) })),
    )
    .filter(({ provider }) => provider !== 0 && provider !== first.customer)
    .sort((a, b) => a.provider - b.provider);
  const providers: Asn[] = [];
  const afiLimits = new Map<Asn, Afi>();
  for (const { provider, limit } of mentions) {
    const again = provider === providers.at(-1);
    if (!again) providers.push(provider);
    if (again ? limit !== afiLimits.get(provider) : limit === undefined) afiLimits.delete(provider);
    else if (limit !== undefined) afiLimits.set(provider, limit);
  }
  return {
    customer: first.customer,
    providers: providers.length > 0 ? providers : [0],
    ...(afiLimits.size > 0 ? { afiLimits } : {}),
    ...notesOfUnion(parts),
  };
}

/** Whether the payload is in the form of a union already, as nearly all are. */
function isUnion({ customer, providers, afiLimits, expires = 0 }: AspaPayload): boolean {
  if (providers.length === 0 || afiLimits !== undefined || !Number.isFinite(expires)) return false;
  let last = providers.length === 1 ? -1 : 0; // 0 may stand alone
  for (const provider of providers) {
    if (provider <= last || provider === customer) return false;
    last = provider;
  }
  return true;
}

/** Whether two payloads in union form attest the same; that nobody attests is the same as itself alone. */
export function sameProviders(a: AspaPayload | undefined, b: AspaPayload | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  for (const { providers } of [Object(a), Object(b)] as AspaPayload[]) {
    requireIterable(providers, 'the providers of an ASPA', 'a list of ASNs');
  }
  return (
    a.providers.length === b.providers.length &&
    a.providers.every((provider, i) => {
      return provider === b.providers[i] && a.afiLimits?.get(provider) === b.afiLimits?.get(provider);
    })
  );
}
