import type { AsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import type { AspaTable } from './aspa-table.js';
import { requireAsPath, requireInput } from './check-input.js';
import { fastVerifyChecked, outcomeOf } from './fast-verify.js';
import { checkNeighbor } from './neighbor-check.js';
import { chooseProcedure } from './procedure-choice.js';
import { type AspaOutcome, SEQUENCE } from './terms.js';
import type { VerificationInput } from './verification-input.js';

/**
 * The outcome of `verifyAsPath` without the evidence: steps 1 to 3 of draft-28 §5.5 and §5.6, then `fastVerify`. The
 * same inputs are refused. A path of one segment is read in place; several segments are joined first.
 *
 * @throws {TypeError} and {@link RangeError} as `verifyAsPath`.
 */
export function fastVerifyAsPath(table: AspaTable, input: VerificationInput): AspaOutcome {
  requireInput(table, input);
  const { asPath, neighborAs, neighborRole, routeServerAs } = input;
  const { procedure } = chooseProcedure(neighborRole, input.procedure);
  const exempt = procedure === 'upstream' && neighborRole === 'rs';
  if (checkNeighbor(asPath, neighborAs, exempt, routeServerAs) === 'mismatch') return 'invalid';
  if (asPath.some((segment) => segment.type !== SEQUENCE)) return 'invalid';
  const asns = joined(asPath);
  return outcomeOf(fastVerifyChecked(table.packed, asns, 0, asns.length), procedure);
}

/**
 * The ASNs of all segments in wire order, for `fastVerify`; the segment's own array where there is only one.
 * draft-28 §5.5 step 3.
 *
 * @throws {TypeError} and {@link RangeError} for what is no AS_PATH.
 */
export function sequenceAsns(asPath: AsPath): readonly Asn[] {
  requireAsPath(asPath);
  return joined(asPath);
}

function joined(asPath: AsPath): readonly Asn[] {
  const [first, second] = asPath;
  if (first !== undefined && second === undefined) return first.asns;
  return asPath.flatMap((segment) => segment.asns);
}
