import { type Asn, sayValue } from '../inet/index.js';
import type { AspaTable } from './aspa-table.js';
import { requirePlaces } from './fast-verify.js';
import type { Procedure } from './terms.js';
import { requireTable } from './verification-input.js';

/** Words that {@link fastDecidingHops} puts, at most. */
export const DECIDING_WORDS = 4;

/**
 * The hops that ended the longest ramps of a path that step 4 found invalid (draft-28 §5.4 to §5.6), over the ASNs of all AS_SEQUENCE segments
 * in wire order, `length` of `asns` from `start`: customer and provider of the one that ended the up-ramp, then, downstream, of the one that ended the
 * down-ramp. They are the hops of `verifyAsPath` that have `bounds`, which a property holds; this is for who has many paths. A path
 * that is not invalid may lack any of them.
 *
 * @param out room for {@link DECIDING_WORDS} words.
 * @returns how many words were put: 2 a hop.
 * @throws {TypeError} and {@link RangeError} as `fastVerifyProcedure`; {@link TypeError} for an `out` that is no Uint32Array,
 *   {@link RangeError} for one without room.
 */
export function fastDecidingHops(
  table: AspaTable,
  procedure: Procedure,
  asns: ArrayLike<Asn>,
  start: number,
  length: number,
  out: Uint32Array,
): number {
  requireTable(table);
  if (procedure !== 'upstream' && procedure !== 'downstream')
    throw new TypeError(`${sayValue(procedure)} is not a procedure`);
  requirePlaces(asns, start, length);
  if (!(out instanceof Uint32Array)) throw new TypeError(`out is ${sayValue(out)}, not a Uint32Array`);
  if (out.length < DECIDING_WORDS)
    throw new RangeError(`out has ${out.length} places, where ${DECIDING_WORDS} may be needed`);
  const end = start + length;
  let words = 0;
  const put = (customer: Asn, provider: Asn): boolean => {
    // A repeated AS is one AS in the compressed path (§5.2).
    if (customer === provider || table.authorized(customer, provider) !== 'not-provider+') return false;
    out[words++] = customer;
    out[words++] = provider;
    return true;
  };
  // Up from the origin, as far as the first hop whose upper AS is no provider.
  for (let at = end - 1; at > start; at--) if (put(asns[at] as Asn, asns[at - 1] as Asn)) break;
  if (procedure === 'upstream') return words;
  // Down from the neighbour the other way: in wire order.
  for (let at = start; at < end - 1; at++) if (put(asns[at] as Asn, asns[at + 1] as Asn)) break;
  return words;
}
