import { type Afi, type Asn, requireIterable, requireObject, sayValue } from '../inet/index.js';
import type { AspaPayload } from './payload.js';

/**
 * The union of several ASPA payloads of one customer (draft-ietf-sidrops-aspa-verification-28 §5.3; profile -29 §5.2):
 * providers ascending and once each; 0 only where it stands alone; the customer itself dropped. A list that is empty
 * after that means "no provider" and becomes 0 alone (docs/decisions.md D-aspa-no-provider). A provider stays limited to
 * a family only if every mention of it is limited to that one. The union expires with its first part, since nobody
 * attests all of it after that (docs/decisions.md D-aspa-union-expiry).
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
  const limits = new Map<Asn, Afi | undefined>();
  for (const part of parts) {
    for (const provider of part.providers) {
      const limit = part.afiLimits?.get(provider);
      limits.set(provider, limits.has(provider) && limits.get(provider) !== limit ? undefined : limit);
    }
  }
  limits.delete(0);
  limits.delete(first.customer);
  const providers = [...limits.keys()].sort((a, b) => a - b);
  const afiLimits = new Map<Asn, Afi>();
  for (const [provider, limit] of limits) if (limit !== undefined) afiLimits.set(provider, limit);
  const expires = parts
    .map((part) => part.expires ?? Number.POSITIVE_INFINITY)
    .reduce((a, b) => Math.min(a, b));
  const ta = parts.reduce<string | undefined>((least, { ta: name }) => {
    return name !== undefined && (least === undefined || name < least) ? name : least;
  }, undefined);
  return {
    customer: first.customer,
    providers: providers.length > 0 ? providers : [0],
    ...(afiLimits.size > 0 ? { afiLimits } : {}),
    ...(Number.isFinite(expires) ? { expires } : {}),
    ...(ta === undefined ? {} : { ta }),
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
