import { formatPrefix } from 'pathsec/inet';
import type { Vrp } from 'pathsec/payload';

/** One line for a VRP, as the readers below make them of what routers print. */
export const lineOf = ({ prefix, maxLength, asn }: Vrp): string =>
  `${formatPrefix(prefix)}-${maxLength} ${asn}`;

/** Undefined where both hold the same lines, else what is held. */
export function compare(held: readonly string[], expected: readonly string[]): string | undefined {
  const [a, b] = [held.toSorted().join('\n'), expected.toSorted().join('\n')];
  return a === b ? undefined : a;
}

/** The lines that `pattern` (address, length, max length, ASN) finds. */
export function scan(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, address, length, max, asn]) => {
    // rtrclient 0.8.0 prints ASNs above 2147483647 as negative numbers when it exports.
    return `${address}/${length}-${max} ${Number(asn) >>> 0}`;
  });
}
