import type { AsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import { compareNeighbor } from './draft-28.js';
import { type NeighborRole, type Procedure, type ProviderAuthorization, SEQUENCE } from './terms.js';

/** Outcome of draft -06 to -08, which know a fourth one for paths with an AS_SET. */
export type Outcome06 = 'valid' | 'invalid' | 'unknown' | 'unverifiable';

/** Where the old texts want the neighbour and its role. */
export interface OldNeighbor {
  readonly neighborAs: Asn | undefined;
  readonly neighborRole: NeighborRole | undefined;
  /** Follows the role; for a caller without one, and for complex neighbours, as chosen. */
  readonly procedure: Procedure;
}

/** One AS, or `undefined` for a segment that is no AS_SEQUENCE; origin first, as the code of -06 walks. */
type Element = Asn | undefined;

/** "Upstream Paths" and "Downstream Paths", draft-06 §5.1 and §5.2. */
export function verify06(table: ProviderAuthorization, asPath: AsPath, neighbor: OldNeighbor): Outcome06 {
  const { neighborAs, neighborRole, procedure } = neighbor;
  const elements = elementsOf(asPath);
  const leftmost = elements[elements.length - 1];
  // Step 1 of both lists.
  if (elements.length === 0) return 'invalid';
  // Step 2; a route server is believed, and a leading AS_SET escapes.
  if (neighborRole !== 'rs' && compareNeighbor(leftmost, neighborAs) === 'mismatch') return 'invalid';
  const mayDescend = procedure === 'downstream' || neighborRole === 'rs';
  return walk(table, elements, mayDescend);
}

/**
 * The walk of check_upflow_path and check_downflow_path (draft-06 §5.1, §5.2): precedence invalid, unverifiable, unknown,
 * valid.
 */
export function walk(
  table: ProviderAuthorization,
  elements: readonly Element[],
  mayDescend: boolean,
): Outcome06 {
  let state: Outcome06 = 'valid';
  let last: Element;
  let climbing = true;
  for (const element of elements) {
    if (element === undefined) {
      state = 'unverifiable';
    } else if (last !== undefined && element !== last) {
      const pair = climbing ? table.authorized(last, element) : table.authorized(element, last);
      if (pair === 'not-provider+') {
        if (!(mayDescend && climbing)) return 'invalid';
        climbing = false; // this hop is free; from the next one on the pairs are reversed
      } else if (pair === 'no-attestation' && state === 'valid') {
        state = 'unknown';
      }
    }
    last = element;
  }
  return state;
}

/** The path origin first. draft-06 §5.1. */
export function elementsOf(asPath: AsPath): Element[] {
  return asPath
    .flatMap((segment): Element[] => (segment.type === SEQUENCE ? [...segment.asns] : [undefined]))
    .reverse();
}
