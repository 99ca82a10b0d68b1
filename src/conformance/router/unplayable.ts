import { AS_CONFED_SEQUENCE, AS_CONFED_SET, type AsPath } from '../../bgp/index.js';
import type { AspaPayload } from '../../payload/index.js';

/** The most providers that one ASPA PDU holds: 65,535 octets, 12 of them before the list (8210bis §5.12). */
const MOST_PROVIDERS = 16_380;

/** Why a path cannot be announced from outside; undefined for one that can. */
export function pathFault(asPath: AsPath): string | undefined {
  if (asPath.every(({ asns }) => asns.length === 0)) return 'no neighbour outside sends a path without AS';
  if (asPath.some(({ type }) => type === AS_CONFED_SEQUENCE || type === AS_CONFED_SET)) {
    return 'no neighbour outside sends confederation segments (RFC 5065 §5)';
  }
  if (asPath.some(({ asns }) => asns.includes(0))) return 'AS 0 is in the path (RFC 7607)';
  return undefined;
}

/** Why RTR cannot carry these ASPAs as they are (8210bis §5.12); undefined where it can. */
export function tableFault(aspas: readonly AspaPayload[]): string | undefined {
  const customers = new Set(aspas.map(({ customer }) => customer));
  if (customers.size < aspas.length) return 'several ASPAs of one customer: RTR carries their union';
  for (const { afiLimits, customer, providers } of aspas) {
    if (afiLimits !== undefined) return 'RTR carries no limits to one address family';
    if (customer === 0) return 'AS 0 is a customer, which RTR does not carry';
    if (providers.length === 0) return 'RTR carries no ASPA without providers';
    if (providers.length > 1 && providers.includes(0)) {
      return 'AS 0 among other providers, which RTR does not carry';
    }
    if (providers.length > MOST_PROVIDERS) return 'more providers than an RTR PDU holds';
    if (new Set(providers).size < providers.length) return 'a provider twice, which RTR does not carry';
  }
  return undefined;
}
