import type { AsPath } from '../bgp/index.js';
import { type Asn, sayValue } from '../inet/index.js';
import type { AspaTable } from './aspa-table.js';
import { checkNeighbor, stepsOneToThree } from './draft-28.js';
import { findSlot, slotHolds } from './packed-search.js';
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
const BOTH_VALID = VALID | (VALID << 2);
const BOTH_INVALID = INVALID | (INVALID << 2);

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
 * Equal to the literal `verifyAsPath` by test. `fastVerifyAll` is for many paths at once.
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
  if (!(asns instanceof Uint32Array && isRange(asns, start, length))) {
    requireRange(asns, start, length);
  }
  const packed = table?.packed;
  if (packed === undefined) requireTable(table);
  const { slots, marks, arena, shift, multiplier } = packed;
  return bothOutcomes(slots, marks, arena, shift, multiplier, asns, start, start + length);
}

/**
 * `fastVerify` for many paths, each in less time: path `i` is `asns[starts[i], starts[i + 1])`, so that there is
 * one start more than there are paths, and its outcomes are put into `out[i]`. A path of no ASN is invalid (step 1 of
 * draft-28 §5.5 and §5.6). Steps 2 and 3 are the caller's, before. Allocates nothing.
 *
 * @example
 * const outcomes = new Uint8Array(starts.length - 1);
 * fastVerifyAll(table, asns, starts, outcomes);
 * const first = upstreamOutcome(outcomes[0]);
 *
 * @throws {TypeError} for what is no table or no such array; {@link RangeError} for starts that descend or lead beyond the
 *   list, and for an `out` with too few places.
 */
export function fastVerifyAll(
  table: AspaTable,
  asns: Uint32Array,
  starts: Uint32Array,
  out: Uint8Array,
): void {
  requireTable(table);
  requireBatch(asns, starts, out);
  const { slots, marks, arena, shift, multiplier } = table.packed;
  const paths = starts.length - 1;
  let end = starts[0] as number;
  for (let path = 0; path < paths; path++) {
    const start = end;
    end = starts[path + 1] as number;
    out[path] = bothOutcomes(slots, marks, arena, shift, multiplier, asns, start, end);
  }
}

/**
 * Both outcomes of the path `asns[start, end)`, read off the two feet of the mountain (the picture in `draft-28.ts`). The
 * first walk climbs from the origin, at the right, as far as the longest up-ramp; it decides the upstream procedure. The
 * second comes from the neighbour, at the left, and only has to reach the up-ramps for the downstream procedure: whether a
 * down-ramp goes on below them changes nothing.
 */
function bothOutcomes(
  slots: Uint32Array,
  marks: Uint8Array,
  arena: Uint32Array,
  shift: number,
  multiplier: number,
  asns: ArrayLike<Asn>,
  start: number,
  end: number,
): PackedOutcomes {
  // Names of this function, for those of another module are looked up at every call: a twentieth of the time.
  const find = findSlot;
  const holds = slotHolds;
  if (start === end) return BOTH_INVALID;
  // The places of the upper ASes of the hops that end the shortest and the longest up-ramp; before the path without one.
  let minEnd = start - 1;
  let maxEnd = minEnd;
  let lower = asns[end - 1] as Asn;
  for (let at = end - 2; at >= start; at--) {
    const upper = asns[at] as Asn;
    const slot = find(slots, marks, shift, multiplier, lower);
    if (slot < 0) {
      // Whether the AS is one repeated is asked last, for nobody can foresee it: it seldom matters.
      if (minEnd < start && upper !== lower) minEnd = at;
    } else if (upper !== lower && !holds(slots, arena, slot, upper)) {
      if (minEnd < start) minEnd = at;
      maxEnd = at;
      break;
    }
    lower = upper;
  }
  if (minEnd < start) return BOTH_VALID;
  const upstream = maxEnd < start ? UNKNOWN : INVALID;
  // The down-ramps are long enough when no hop as far as those places ends them.
  let downstream = VALID;
  let upper = asns[start] as Asn;
  for (let at = start + 1; at <= minEnd; at++) {
    const below = asns[at] as Asn;
    if (below === upper) continue;
    const slot = find(slots, marks, shift, multiplier, upper);
    if (slot < 0 || !holds(slots, arena, slot, below)) {
      downstream = slot < 0 || at > maxEnd ? UNKNOWN : INVALID;
      // Nobody's attestation before the longest up-ramp leaves Invalid possible; everything else is decided.
      if (slot >= 0 || at > maxEnd) break;
    }
    upper = below;
  }
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
  const { slots, marks, arena, shift, multiplier } = table.packed;
  const outcomes = bothOutcomes(slots, marks, arena, shift, multiplier, asns, 0, asns.length);
  return outcomeOf(outcomes, procedure);
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

function isRange({ length: places }: ArrayLike<Asn>, start: number, length: number): boolean {
  return (
    Number.isInteger(start) &&
    Number.isInteger(length) &&
    start >= 0 &&
    length >= 0 &&
    start + length <= places
  );
}

/** Refuses what is no list of ASNs that has these places; the throws are those of {@link fastVerify}. */
export function requirePlaces(asns: ArrayLike<Asn>, start: number, length: number): void {
  if (!(asns instanceof Uint32Array && isRange(asns, start, length))) requireRange(asns, start, length);
}

function requireRange(asns: ArrayLike<Asn>, start: number, length: number): void {
  if (typeof asns !== 'object' || asns === null || !Number.isInteger(asns.length)) {
    throw new TypeError(`the ASNs are ${sayValue(asns)}, not a list of numbers`);
  }
  if (!isRange(asns, start, length)) {
    throw new RangeError(
      `no ${sayValue(length)} ASNs from place ${sayValue(start)} on in a list of ${asns.length}`,
    );
  }
  requireAsns(asns, start, start + length);
}

function requireBatch(asns: Uint32Array, starts: Uint32Array, out: Uint8Array): void {
  if (!(asns instanceof Uint32Array))
    throw new TypeError(`the ASNs are ${sayValue(asns)}, not a Uint32Array`);
  if (!(starts instanceof Uint32Array)) {
    throw new TypeError(`the starts are ${sayValue(starts)}, not a Uint32Array`);
  }
  if (!(out instanceof Uint8Array)) throw new TypeError(`out is ${sayValue(out)}, not a Uint8Array`);
  const paths = starts.length - 1;
  if (paths < 0) throw new RangeError('no starts: one more is needed than there are paths');
  if (out.length < paths) throw new RangeError(`out has ${out.length} places for ${paths} paths`);
  const last = starts[paths] as number;
  if (last > asns.length) throw new RangeError(`the paths end at place ${last} of a list of ${asns.length}`);
  // Before any path is read: one that begins within the list can have its end billions of places beyond it.
  for (let path = 0; path < paths; path++) {
    const start = starts[path] as number;
    const end = starts[path + 1] as number;
    if (end < start) throw new RangeError(`path ${path} ends at place ${end}, before it starts at ${start}`);
  }
}
