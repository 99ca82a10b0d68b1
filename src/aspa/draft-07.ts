import type { AsPath } from '../bgp/index.js';
import { elementsOf, type OldNeighbor, type Outcome06, verify06, walk } from './draft-06.js';
import type { ProviderAuthorization } from './terms.js';

/**
 * Draft -07: as -06, but for a route server, which is told apart by the presence of its ASN in the path. With it a
 * client walks the path as one from a provider, without it as one from a peer.
 */
export function verify07(table: ProviderAuthorization, asPath: AsPath, neighbor: OldNeighbor): Outcome06 {
  if (neighbor.neighborRole !== 'rs') return verify06(table, asPath, neighbor);
  const elements = elementsOf(asPath);
  if (elements.length === 0) return 'invalid';
  const leftmost = elements[elements.length - 1];
  const present = leftmost !== undefined && leftmost === neighbor.neighborAs;
  return walk(table, elements, present);
}
