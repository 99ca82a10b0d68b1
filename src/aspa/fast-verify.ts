import type { Asn } from '../inet/index.js';
import type { AspaTable } from './aspa-table.js';
import { findSlot, slotHolds } from './packed-table.js';
import type { AspaOutcome, Procedure } from './terms.js';

/** Both outcomes in one small integer: read it with `upstreamOutcome` and `downstreamOutcome`. */
export type PackedOutcomes = number;

const OUTCOMES: readonly AspaOutcome[] = ['valid', 'unknown', 'invalid'];
const VALID = 0;
const UNKNOWN = 1;
const INVALID = 2;

/** The outcome of the upstream procedure (draft-28 §5.5) in a result of `fastVerify`. */
export function upstreamOutcome(outcomes: PackedOutcomes): AspaOutcome {
  return OUTCOMES[outcomes & 3] as AspaOutcome;
}

/** The outcome of the downstream procedure (draft-28 §5.6) in a result of `fastVerify`. */
export function downstreamOutcome(outcomes: PackedOutcomes): AspaOutcome {
  return OUTCOMES[outcomes >> 2] as AspaOutcome;
}

/**
 * Steps 1 and 4 to 6 of both procedures (draft-28 §5.5, §5.6) over `length` ASNs of `asns` from `start`: the ASes of all
 * AS_SEQUENCE segments in wire order, repeats included. Allocates nothing. Steps 2 and 3 are the caller's, before.
 *
 * One pass from the neighbour to the origin: an up-ramp ends at the last matching hop of the pass, a down-ramp at the first.
 * Equal to the literal `verifyAsPath` by test.
 */
export function fastVerify(
  table: AspaTable,
  asns: ArrayLike<Asn>,
  start: number,
  length: number,
): PackedOutcomes {
  if (length === 0) return INVALID | (INVALID << 2);
  const { slots, arena, shift } = table.packed;
  const end = start + length;
  let upper = asns[start] as Asn;
  let upperSlot = findSlot(slots, shift, upper);
  // Zero-based hops of the compressed path from the neighbour; -1 where no hop matched yet.
  let hop = 0;
  let lastNotUp = -1;
  let lastUnprovenUp = -1;
  let firstNotDown = -1;
  let firstUnprovenDown = -1;
  for (let i = start + 1; i < end; i++) {
    const lower = asns[i] as Asn;
    if (lower === upper) continue;
    const lowerSlot = findSlot(slots, shift, lower);
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
  const outcomes = fastVerify(table, asns, start, length);
  return procedure === 'upstream' ? upstreamOutcome(outcomes) : downstreamOutcome(outcomes);
}
