import type { Asn } from '../../inet/index.js';
import type { Phase } from './staged.js';

/** What a phase needs of the table of ASPAs: by customer, its providers as a text; `NONE` for an AS without an ASPA. */
export type Needs = ReadonlyMap<Asn, string>;

const NONE = '';

/** The customers of the phase's own table, and the ASes of its paths that must have no ASPA. */
export function needsOf({ entries, routes }: Phase): Needs {
  const needs = new Map<Asn, string>();
  for (const { asPath } of routes) {
    for (const { asns } of asPath) for (const asn of asns) needs.set(asn, NONE);
  }
  for (const [customer, providers] of entries) needs.set(customer, providers.join(' '));
  return needs;
}

/** Whether two cases can share a table: it gives the same providers to every AS that both look at. */
export function agree(one: Needs, other: Needs): boolean {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  for (const [asn, key] of few) {
    const own = many.get(asn);
    if (own !== undefined && own !== key) return false;
  }
  return true;
}
