import type { AsPath } from '../bgp/index.js';
import { type Asn, sayValue } from '../inet/index.js';
import type { AspaTable } from './aspa-table.js';
import { checkNeighbor, stepsOneToThree } from './draft-28.js';
import { findSlot, type PackedTable, slotHolds } from './packed-table.js';
import { chooseProcedure } from './procedure-choice.js';
import type { AspaOutcome, Procedure } from './terms.js';
import {
  requireAsns,
  requireAsPath,
  requireInput,
  requireTable,
  type VerificationInput,
} from './verification-input.js';

/** Both outcomes in one small integer: read it with `upstreamOutcome` and `downstreamOutcome`. */
export type PackedOutcomes = number;

const OUTCOMES: readonly AspaOutcome[] = ['valid', 'unknown', 'invalid'];
const VALID = 0;
const UNKNOWN = 1;
const INVALID = 2;

/** The outcome of the upstream procedure (draft-28 §5.5) in a result of `fastVerify`. */
export function upstreamOutcome(outcomes: PackedOutcomes): AspaOutcome {
  return unpacked(outcomes & 3, outcomes);
}

/** The outcome of the downstream procedure (draft-28 §5.6) in a result of `fastVerify`. */
export function downstreamOutcome(outcomes: PackedOutcomes): AspaOutcome {
  return unpacked(outcomes >> 2, outcomes);
}

function unpacked(index: number, outcomes: PackedOutcomes): AspaOutcome {
  const outcome = OUTCOMES[index];
  if (outcome === undefined) throw new RangeError(`${sayValue(outcomes)} is no result of fastVerify`);
  return outcome;
}

/**
 * Steps 1 and 4 to 6 of both procedures (draft-28 §5.5, §5.6) over `length` ASNs of `asns` from `start`: the ASes of all
 * AS_SEQUENCE segments in wire order, repeats included. Allocates nothing. Steps 2 and 3 are the caller's, before.
 *
 * One pass from the neighbour to the origin: an up-ramp ends at the last matching hop of the pass, a down-ramp at the first.
 * Equal to the literal `verifyAsPath` by test.
 *
 * @throws {TypeError} for what is no table, no list, or no number in it; {@link RangeError} for a range beyond the list
 *   or a number that is no ASN.
 */
export function fastVerify(
  table: AspaTable,
  asns: ArrayLike<Asn>,
  start: number,
  length: number,
): PackedOutcomes {
  // A Uint32Array holds nothing but ASNs.
  if (!(asns instanceof Uint32Array && start >= 0 && length >= 0 && start + length <= asns.length)) {
    requireRange(asns, start, length);
  }
  const packed = table?.packed;
  if (packed === undefined) requireTable(table);
  return fastVerifyChecked(packed, asns, start, length);
}

/** `fastVerify` on arguments that were looked at. */
function fastVerifyChecked(
  packed: PackedTable,
  asns: ArrayLike<Asn>,
  start: number,
  length: number,
): PackedOutcomes {
  if (length === 0) return INVALID | (INVALID << 2);
  const { slots, arena, shift, multiplier } = packed;
  const end = start + length;
  let upper = asns[start] as Asn;
  let upperSlot = findSlot(slots, shift, multiplier, upper);
  // Zero-based hops of the compressed path from the neighbour; -1 where no hop matched yet.
  let hop = 0;
  let lastNotUp = -1;
  let lastUnprovenUp = -1;
  let firstNotDown = -1;
  let firstUnprovenDown = -1;
  for (let i = start + 1; i < end; i++) {
    const lower = asns[i] as Asn;
    if (lower === upper) continue;
    const lowerSlot = findSlot(slots, shift, multiplier, lower);
    if (lowerSlot < 0) {
      lastUnprovenUp = hop;
    } else if (!slotHolds(slots, arena, lowerSlot, upper)) {
      lastUnprovenUp = hop;
      lastNotUp = hop;
    }
    // Beyond the first "Not Provider+" no hop can shorten either down-ramp.
    if (firstNotDown < 0) {
      if (upperSlot < 0) {
        if (firstUnprovenDown < 0) firstUnprovenDown = hop;
      } else if (!slotHolds(slots, arena, upperSlot, lower)) {
        firstNotDown = hop;
        if (firstUnprovenDown < 0) firstUnprovenDown = hop;
      }
    }
    upper = lower;
    upperSlot = lowerSlot;
    hop++;
  }
  const N = hop + 1;
  const maxUp = N - 1 - lastNotUp;
  const minUp = N - 1 - lastUnprovenUp;
  const maxDown = firstNotDown < 0 ? N : firstNotDown + 1;
  const minDown = firstUnprovenDown < 0 ? N : firstUnprovenDown + 1;
  const upstream = maxUp < N ? INVALID : minUp < N ? UNKNOWN : VALID;
  const downstream = maxUp + maxDown < N ? INVALID : minUp + minDown < N ? UNKNOWN : VALID;
  return upstream | (downstream << 2);
}

/** `fastVerify` for one procedure. draft-28 §5.5, §5.6. */
export function fastVerifyProcedure(
  table: AspaTable,
  procedure: Procedure,
  asns: ArrayLike<Asn>,
  start: number,
  length: number,
): AspaOutcome {
  return outcomeOf(fastVerify(table, asns, start, length), procedure);
}

/** The outcome of the procedure named. */
function outcomeOf(outcomes: PackedOutcomes, procedure: Procedure): AspaOutcome {
  if (procedure === 'upstream') return upstreamOutcome(outcomes);
  if (procedure === 'downstream') return downstreamOutcome(outcomes);
  throw new TypeError(`${sayValue(procedure)} is not a procedure`);
}

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
  const neighborCheck = checkNeighbor(asPath, { neighborAs, neighborRole, routeServerAs });
  if (stepsOneToThree(asPath, neighborCheck)) return 'invalid';
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

function requireRange(asns: ArrayLike<Asn>, start: number, length: number): void {
  if (typeof asns !== 'object' || asns === null || !Number.isInteger(asns.length)) {
    throw new TypeError(`the ASNs are ${sayValue(asns)}, not a list of numbers`);
  }
  if (!(start >= 0 && length >= 0 && start + length <= asns.length)) {
    throw new RangeError(
      `no ${sayValue(length)} ASNs from place ${sayValue(start)} on in a list of ${asns.length}`,
    );
  }
  requireAsns(asns, start, start + length);
}
