import { createImpact, type ImpactOptions, type ImpactReport } from 'pathsec/audit';
import { parsePrefix } from 'pathsec/inet';
import { createPayloadSet, type PayloadSet } from 'pathsec/payload';
import type { RouteElement } from 'pathsec/routes';
import type { Aspas } from './build.js';

/** Payloads from ASPAs and VRPs as `[prefix, maxLength, asn]`. */
export function payloads(
  aspas: Aspas,
  vrps: readonly (readonly [string, number, number])[] = [],
): PayloadSet {
  return createPayloadSet({
    aspas: Object.entries(aspas).map(([customer, providers]) => ({ customer: Number(customer), providers })),
    vrps: vrps.map(([prefix, maxLength, asn]) => ({ prefix: parsePrefix(prefix), maxLength, asn })),
  });
}

export function impactOf(
  elements: Iterable<RouteElement>,
  before: PayloadSet,
  after: PayloadSet,
  options: Partial<ImpactOptions> = {},
): ImpactReport {
  const impact = createImpact({ before, after, ...options });
  for (const element of elements) impact.add(element);
  return impact.report();
}
