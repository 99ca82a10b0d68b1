import type { Asn } from '../inet/index.js';
import type { ProviderAuthorization } from './authorized.js';
import type { Hop } from './evidence.js';

/**
 * The N - 1 hops of a compressed path in wire order, origin first, each with both authorizations (draft-28 §5.3).
 * Hop I is `result[I - 1]` and leads from A(I) to A(I+1).
 */
export function hopsOf(compressedAsPath: readonly Asn[], table: ProviderAuthorization): Hop[] {
  const N = compressedAsPath.length;
  // A(I) of the draft, 1-based from the origin.
  const A = (I: number): Asn => compressedAsPath[N - I] as Asn;
  const hops: Hop[] = [];
  for (let I = 1; I <= N - 1; I++) {
    const lower = A(I);
    const upper = A(I + 1);
    hops.push({
      index: I,
      lower,
      upper,
      up: table.authorized(lower, upper),
      down: table.authorized(upper, lower),
    });
  }
  return hops;
}
