import type { AsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import type { OldNeighbor } from './draft-06.js';
import { compareNeighbor, compressAsPath, mostRecentlyAddedAs } from './draft-28.js';
import { type AspaOutcome, type Authorization, type ProviderAuthorization, SEQUENCE } from './terms.js';

/**
 * Draft -11: the ASN of a non-transparent route server is removed, then indexes of the first invalid and the first unknown
 * pair are compared with the length. The neighbour check is ours here; the text leaves it to RFC 4271 §6.3.
 */
export function verify11(table: ProviderAuthorization, asPath: AsPath, neighbor: OldNeighbor): AspaOutcome {
  const { neighborAs, neighborRole, procedure } = neighbor;
  if (asPath.every((segment) => segment.asns.length === 0)) return 'invalid';
  const compared = compareNeighbor(mostRecentlyAddedAs(asPath), neighborAs);
  if (neighborRole !== 'rs' && compared === 'mismatch') return 'invalid';
  if (asPath.some((segment) => segment.type !== SEQUENCE)) return 'invalid';
  const compressed = compressAsPath(asPath);
  if (neighborRole === 'rs' && compressed[0] === neighborAs) compressed.shift();
  const N = compressed.length;
  const forward = firstBadPairs(table, compressed.toReversed());
  const reverse = procedure === 'downstream' ? firstBadPairs(table, compressed) : { invalid: 0, unknown: 0 };
  if (forward.invalid + reverse.invalid < N) return 'invalid';
  if (forward.unknown + reverse.unknown < N) return 'unknown';
  return 'valid';
}

/** 1-based index of the first pair (customer first) that is invalid, and unknown, of a sequence; N without one. */
function firstBadPairs(
  table: ProviderAuthorization,
  sequence: readonly Asn[],
): { readonly invalid: number; readonly unknown: number } {
  const N = sequence.length;
  const pairs: Authorization[] = [];
  for (let I = 1; I < N; I++) pairs.push(table.authorized(sequence[I - 1] as Asn, sequence[I] as Asn));
  const invalid = indexOrN(pairs, 'not-provider+');
  return { invalid, unknown: Math.min(indexOrN(pairs, 'no-attestation'), invalid) };
}

function indexOrN(pairs: readonly Authorization[], sought: Authorization): number {
  const index = pairs.indexOf(sought);
  return index < 0 ? pairs.length + 1 : index + 1;
}
