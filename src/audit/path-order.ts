import { formatAsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import type { PathStore } from './path-store.js';

/** Order of texts by code unit: the same in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The order of the texts of two paths of the store, below 0 when the first stands before. The texts of paths of
 * AS_SEQUENCEs need not be made for it: a blank stands before every digit, so the first ASN that differs decides.
 */
export function comparePathTexts(paths: PathStore, a: number, b: number): number {
  if (paths.mixed(a) || paths.mixed(b)) {
    return compareText(formatAsPath(paths.asPath(a)), formatAsPath(paths.asPath(b)));
  }
  const { asns } = paths;
  const startA = paths.start(a);
  const startB = paths.start(b);
  const lengthA = paths.end(a) - startA;
  const lengthB = paths.end(b) - startB;
  for (let i = 0; i < lengthA && i < lengthB; i++) {
    const order = compareAsnTexts(asns[startA + i] as Asn, asns[startB + i] as Asn);
    if (order !== 0) return order;
  }
  return lengthA - lengthB;
}

/** The order of two ASNs as decimal text: 10 stands before 9. */
function compareAsnTexts(a: Asn, b: Asn): number {
  if (a === b) return 0;
  let [left, right] = [a, b];
  // Both with ten digits; of two that are equal then, the one that was shorter stands first.
  while (left < 1e9 && left > 0) left *= 10;
  while (right < 1e9 && right > 0) right *= 10;
  return left - right || a - b;
}
