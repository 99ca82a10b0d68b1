import type { AspaTable } from './aspa-table.js';
import { buildEvidence } from './build-evidence.js';
import { requireInput } from './check-input.js';
import type { Evidence } from './evidence.js';
import { chooseProcedure } from './procedure-choice.js';
import { verifyDownstream, verifyUpstream } from './procedures.js';
import type { VerificationInput } from './verification-input.js';

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
  const { asPath, neighborAs, neighborRole, routeServerAs } = input;
  const choice = chooseProcedure(neighborRole, input.procedure);
  const neighbor = { neighborAs, receiverIsRsClient: neighborRole === 'rs', routeServerAs };
  const verify = choice.procedure === 'upstream' ? verifyUpstream : verifyDownstream;
  return buildEvidence(table, input, choice, verify(table, asPath, neighbor));
}
