import { isAsn } from '../inet/index.js';
import type { AspaTable } from './aspa-table.js';
import { buildEvidence } from './build-evidence.js';
import type { Evidence } from './evidence.js';
import { chooseProcedure } from './procedure-choice.js';
import { verifyDownstream, verifyUpstream } from './procedures.js';
import type { VerificationInput } from './verification-input.js';

/**
 * Verifies an AS_PATH by the literal procedures of draft-28 §5.2 to §5.6 and gives the verdict with its evidence.
 * The input is not kept. `fastVerifyAsPath` gives the outcome alone, faster.
 *
 * @throws {TypeError} when neither role nor procedure is given, or they contradict each other.
 * @throws {RangeError} for a number in the path or as neighbour that is no ASN.
 */
export function verifyAsPath(table: AspaTable, input: VerificationInput): Evidence {
  const { asPath, neighborAs, neighborRole, routeServerAs } = input;
  requireAsns(input);
  const choice = chooseProcedure(neighborRole, input.procedure);
  const neighbor = { neighborAs, receiverIsRsClient: neighborRole === 'rs', routeServerAs };
  const verify = choice.procedure === 'upstream' ? verifyUpstream : verifyDownstream;
  return buildEvidence(table, input, choice, verify(table, asPath, neighbor));
}

function requireAsns({ asPath, neighborAs, routeServerAs }: VerificationInput): void {
  for (const asn of [neighborAs, routeServerAs]) {
    if (asn !== undefined && !isAsn(asn)) throw new RangeError(`${asn} is not an ASN`);
  }
  for (const segment of asPath) {
    const wrong = segment.asns.find((asn) => !isAsn(asn));
    if (wrong !== undefined) throw new RangeError(`${wrong} in the AS_PATH is not an ASN`);
  }
}
