import type { AsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import { type AsraAlgorithm, type AsraTables, requireAsraArguments } from './asra.js';
import { fastVerifyAsPath } from './fast-verify.js';
import { chooseProcedure } from './procedure-choice.js';
import type { AspaOutcome } from './terms.js';
import type { VerificationInput } from './verification-input.js';

/**
 * The outcome of `verifyAsra` without the evidence (asra-verification §4). The same inputs are refused.
 * Ramps are not counted: a fake link begins at an AS that does not list the next one, so never below the top of the attested
 * up-ramp, and for A it does not lie on the attested down-ramp, where each AS lists the one before it. So it is enough to look
 * whether there is one anywhere.
 *
 * @throws as `verifyAsra`.
 */
export function fastVerifyAsra(
  tables: AsraTables,
  algorithm: AsraAlgorithm,
  input: VerificationInput,
): AspaOutcome {
  requireAsraArguments(tables, algorithm);
  const outcome = fastVerifyAsPath(tables.aspa, input);
  if (outcome === 'invalid') return outcome;
  const { procedure } = chooseProcedure(input.neighborRole, input.procedure);
  if (procedure === 'upstream' || !hasFakeLink(tables, algorithm, input.asPath)) return outcome;
  return 'invalid';
}

/** Whether a hop of a path of AS_SEQUENCEs is a fake link. */
function hasFakeLink({ aspa, asra }: AsraTables, algorithm: AsraAlgorithm, asPath: AsPath): boolean {
  let upper: Asn | undefined;
  for (const { asns } of asPath) {
    for (const lower of asns) {
      if (upper !== undefined && lower !== upper) {
        const slot = aspa.packed.find(lower);
        if (slot >= 0 && !aspa.packed.holds(slot, upper)) {
          const own = asra.packed.find(lower);
          const disowned = own >= 0 && !asra.packed.holds(own, upper);
          if (disowned && (algorithm === 'B' || aspa.authorized(upper, lower) !== 'provider+')) return true;
        }
      }
      upper = lower;
    }
  }
  return false;
}
