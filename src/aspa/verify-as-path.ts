import type { AspaTable } from './aspa-table.js';
import {
  CURRENT_REVISION,
  type Halt,
  type Hop,
  type NeighborCheck,
  type Ramps,
  SECTIONS,
  verifyDownstream,
  verifyUpstream,
} from './draft-28.js';
import type { Comparison, Evidence, NotProviderHop, UnattestedAs } from './evidence.js';
import { warningsOf } from './evidence-warnings.js';
import { chooseProcedure, type ProcedureChoice } from './procedure-choice.js';
import type { Procedure } from './terms.js';
import { requireInput, type VerificationInput } from './verification-input.js';

/**
 * Verifies an AS_PATH by the literal procedures of draft-28 §5.2 to §5.6 and gives the verdict with its evidence.
 * The input is not kept. `fastVerifyAsPath` gives the outcome alone, faster.
 *
 * @throws {TypeError} when neither role nor procedure is given, or they contradict each other, and for an argument, segment,
 *   segment type or ASN of another kind than declared.
 * @throws {RangeError} for a number in the path or as neighbour that is no ASN, or a segment type that does not exist.
 */
export function verifyAsPath(table: AspaTable, input: VerificationInput): Evidence {
  requireInput(table, input);
  return gatherEvidence(table, input, chooseProcedure(input.neighborRole, input.procedure));
}

/**
 * The evidence of an input that was looked at, by the procedure chosen. `neighborCheck` is what is told of step 2 where its
 * comparison was made before: with another path (egress.ts).
 */
export function gatherEvidence(
  table: AspaTable,
  input: VerificationInput,
  choice: ProcedureChoice,
  neighborCheck?: NeighborCheck,
): Evidence {
  const { asPath, neighborAs, neighborRole, routeServerAs } = input;
  const neighbor = { neighborAs, neighborRole, routeServerAs };
  const verify = choice.procedure === 'upstream' ? verifyUpstream : verifyDownstream;
  const halt = verify(table, asPath, neighbor);
  return buildEvidence(table, input, choice, neighborCheck === undefined ? halt : { ...halt, neighborCheck });
}

/** Gathers the evidence of one verdict; draft-28 §6.6 asks for the "Not Provider+" hops. */
function buildEvidence(
  table: AspaTable,
  input: VerificationInput,
  choice: ProcedureChoice,
  halt: Halt,
): Evidence {
  const { outcome, step, reason, neighborCheck, computed } = halt;
  const n = computed ? computed.compressedAsPath.length : null;
  return {
    outcome,
    step,
    reason,
    procedure: choice.procedure,
    procedureReason: choice.reason,
    section: SECTIONS[choice.procedure],
    revision: CURRENT_REVISION,
    neighborAs: input.neighborAs ?? null,
    neighborRole: input.neighborRole ?? null,
    neighborCheck,
    asPath: input.asPath.map(({ type, asns }) => ({ type, asns: [...asns] })),
    compressedAsPath: computed?.compressedAsPath ?? [],
    n,
    hops: computed?.hops ?? [],
    ramps: computed?.ramps ?? null,
    notProviderHops: computed ? notProviderHops(computed.hops, computed.ramps, choice.procedure) : [],
    unattested: computed ? unattested(computed.hops, computed.ramps) : [],
    sums: computed ? sums(computed.ramps, computed.compressedAsPath.length) : null,
    warnings: warningsOf(table, input, choice, halt),
  };
}

function notProviderHops(hops: readonly Hop[], ramps: Ramps, procedure: Procedure): NotProviderHop[] {
  const found: NotProviderHop[] = [];
  for (const { index, lower, upper, up, down } of hops) {
    if (up === 'not-provider+') {
      const bounds = index === ramps.maxUpRamp ? 'maxUpRamp' : null;
      found.push({ index, direction: 'up', customer: lower, provider: upper, bounds });
    }
    if (procedure === 'downstream' && down === 'not-provider+') {
      const bounds = downLength(hops, index) === ramps.maxDownRamp ? 'maxDownRamp' : null;
      found.push({ index, direction: 'down', customer: upper, provider: lower, bounds });
    }
  }
  return found;
}

function unattested(hops: readonly Hop[], ramps: Ramps): UnattestedAs[] {
  const found: UnattestedAs[] = [];
  for (const { index, lower, upper, up, down } of hops) {
    if (up === 'no-attestation' && index === ramps.minUpRamp) {
      found.push({ index, direction: 'up', asn: lower, bounds: 'minUpRamp' });
    }
    // Upstream the ramp is 0, and no hop ends it.
    if (down === 'no-attestation' && downLength(hops, index) === ramps.minDownRamp) {
      found.push({ index, direction: 'down', asn: upper, bounds: 'minDownRamp' });
    }
  }
  return found;
}

/** N - J + 1 for hop I seen from above, J = I + 1: the length of a down-ramp that ends at this hop. */
function downLength(hops: readonly Hop[], index: number): number {
  const N = hops.length + 1;
  return N - (index + 1) + 1;
}

function sums(ramps: Ramps, n: number): { step4: Comparison; step5: Comparison } {
  return {
    step4: comparison(ramps.maxUpRamp, ramps.maxDownRamp, n),
    step5: comparison(ramps.minUpRamp, ramps.minDownRamp, n),
  };
}

function comparison(up: number, down: number, n: number): Comparison {
  return { up, down, sum: up + down, n, below: up + down < n };
}
