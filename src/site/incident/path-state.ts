import { type Asn, coversPrefix, formatPrefix, type Prefix } from '../../inet/index.js';
import type { PathState } from '../../links/index.js';
import { formatAspaNotation, formatVrpNotation } from '../../rpki/payloads.js';
import { type Offer, publishedAspas, type Simulation } from '../../simulate/index.js';

/** What the screen Path asks about an offer: its path, from whom it is, and the payloads that there are for it. */
export function pathStateOf(simulation: Simulation, prefix: Prefix, offer: Offer): PathState {
  const onPath = new Set<Asn>([...offer.path, offer.neighbor]);
  const aspas = publishedAspas(simulation)
    .filter(({ customer }) => onPath.has(customer))
    .map(({ customer, providers }) => {
      // An ASPA without providers says what one for AS 0 says.
      const list = providers.length === 0 ? [0] : [...new Set(providers)];
      return formatAspaNotation({ customer, providers: list });
    });
  const vrps = simulation.scenario.roas.filter((roa) => coversPrefix(roa.prefix, prefix));
  return {
    s: 'path',
    path: offer.path.join(' '),
    role: offer.relation,
    ...(offer.path[0] !== offer.neighbor && { neighborAs: offer.neighbor }),
    prefix: formatPrefix(prefix),
    ...(aspas.length > 0 && { aspas }),
    ...(vrps.length > 0 && { vrps: vrps.map(formatVrpNotation) }),
  };
}
