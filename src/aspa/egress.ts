import type { AsPath } from '../bgp/index.js';
import { type Asn, requireAsn, requireObject, sayValue } from '../inet/index.js';
import type { AspaTable } from './aspa-table.js';
import { compareNeighbor, mostRecentlyAddedAs, type NeighborCheck, stepsOneToThree } from './draft-28.js';
import { EGRESS_DRAFT, type EgressFacts, type EgressMode, type Evidence } from './evidence.js';
import { fastVerifyAsPath } from './fast-verify.js';
import type { OtcEgress } from './otc.js';
import { chooseEgressProcedure, type ProcedureChoice } from './procedure-choice.js';
import { type AspaOutcome, type NeighborRole, type Procedure, SEQUENCE } from './terms.js';
import { requireInput, requireSpelling, type VerificationInput } from './verification-input.js';
import { gatherEvidence } from './verify-as-path.js';

// draft-zhang-sidrops-aspa-egress: the procedures of draft-28, run by the AS that sends a route on what the receiver, and
// others behind it, would verify. What the draft calls §5.4 of the verification draft is §5.5 of revision 28.

/** A route that is about to be sent, and to whom. */
export interface EgressInput {
  /** As it would be sent (§4.1): already updated by RFC 4271 §5.1.2, the own AS first. */
  readonly asPath: AsPath;
  /** What the RECEIVER is to the own AS; without it `procedure` is needed. */
  readonly neighborRole?: NeighborRole | undefined;
  /** The receiver. `augmented` needs it where the receiver is a provider or a customer. */
  readonly neighborAs?: Asn | undefined;
  /** The own AS, which then has to lead the path, as the receiver will ask in its step 2; without it that is not looked at. */
  readonly localAs?: Asn | undefined;
  /** For the sessions or prefixes of a complex neighbour, or in place of a role. */
  readonly procedure?: Procedure | undefined;
  /** Default `basic`. */
  readonly mode?: EgressMode | undefined;
}

/**
 * Evidence of an egress verification: `neighborAs` and `neighborRole` are those of the receiver, `neighborCheck` says whether
 * the own AS leads the path.
 */
export type EgressEvidence = Evidence & { readonly egress: EgressFacts };

/**
 * Verifies a path that is about to be sent (draft-zhang-sidrops-aspa-egress §4), with the evidence. The input is not
 * kept. `fastVerifyEgress` gives the outcome alone.
 *
 * @throws {TypeError} and {@link RangeError} as `verifyAsPath`; {@link TypeError} also for a mode that is none, and where the
 *   augmented mode lacks the receiver's AS or role.
 */
export function verifyEgress(table: AspaTable, input: EgressInput): EgressEvidence {
  const { mode, choice, prepended, verified, neighborCheck } = prepare(table, input);
  const { neighborAs, neighborRole, localAs } = input;
  const evidence = gatherEvidence(table, verified, choice, neighborCheck);
  const warnings = evidence.warnings.map((warning) =>
    warning.code === 'neighbor-check-skipped' && localAs === undefined
      ? { ...warning, message: 'the own AS is not known: whether it leads the path was not looked at' }
      : warning,
  );
  return {
    ...evidence,
    warnings,
    neighborAs: neighborAs ?? null,
    neighborRole: neighborRole ?? null,
    egress: {
      draft: EGRESS_DRAFT,
      section: mode === 'basic' ? '4.1' : '4.2',
      mode,
      localAs: localAs ?? null,
      prepended,
    },
  };
}

/** The outcome of {@link verifyEgress} without the evidence (§4); the same inputs are refused. */
export function fastVerifyEgress(table: AspaTable, input: EgressInput): AspaOutcome {
  return fastVerifyAsPath(table, prepare(table, input).verified);
}

/**
 * What the procedures of draft-28 are given for a route that is about to be sent (§4): for `repairs` and `verifyAsPath`.
 *
 * @throws as {@link verifyEgress}.
 */
export function egressVerification(table: AspaTable, input: EgressInput): VerificationInput {
  return prepare(table, input).verified;
}

/** What the draft asks to do with a route that was verified before it is sent. */
export interface EgressAdvice {
  /** Whether the route goes to that neighbour. */
  readonly advertise: boolean;
  /** Whether the operators are told. */
  readonly notify: boolean;
}

/**
 * What becomes of a route towards one neighbour: an Invalid one SHOULD NOT be sent, and operators SHOULD be told (§4.1). A
 * marking that forbids to send it takes precedence over any outcome (§6, RFC 9234 §5).
 *
 * @param otc what `otcEgress` says of the route, where it is marked by OTC or otherwise.
 * @throws {TypeError} for what is no outcome.
 */
export function recommendedEgress(outcome: AspaOutcome, otc?: OtcEgress): EgressAdvice {
  if (outcome !== 'valid' && outcome !== 'invalid' && outcome !== 'unknown') {
    throw new TypeError(`${sayValue(outcome)} is not an outcome (valid, invalid, unknown)`);
  }
  const invalid = outcome === 'invalid';
  return { advertise: !invalid && otc?.action !== 'do-not-advertise', notify: invalid };
}

const KNOWN: ReadonlySet<string> = new Set([
  'asPath',
  'neighborAs',
  'neighborRole',
  'localAs',
  'procedure',
  'mode',
]);

interface Prepared {
  readonly mode: EgressMode;
  readonly choice: ProcedureChoice;
  readonly prepended: boolean;
  readonly verified: VerificationInput;
  /** Whether the own AS leads the path. */
  readonly neighborCheck: NeighborCheck;
}

function prepare(table: AspaTable, input: EgressInput): Prepared {
  requireObject(input, 'the input', '{asPath, neighborRole}');
  requireSpelling(input, KNOWN);
  const { asPath, neighborAs, neighborRole, localAs, mode = 'basic' } = input;
  if (mode !== 'basic' && mode !== 'augmented') {
    throw new TypeError(`${sayValue(mode)} is not a mode (basic, augmented)`);
  }
  if (neighborAs !== undefined) requireAsn(neighborAs, 'neighborAs');
  const choice = chooseEgressProcedure(neighborRole, input.procedure);
  const { procedure } = choice;
  // Step 2 as the receiver will run it: to it the neighbour is the own AS. Nobody is exempt, for the receiver is no RS-client
  // of ours that runs the upstream procedure.
  const plain = { asPath, neighborAs: localAs, procedure };
  requireInput(table, plain);
  const neighborCheck = compareNeighbor(mostRecentlyAddedAs(asPath), localAs);
  const known = { mode, choice, neighborCheck };
  // §4.2: only towards a provider or a customer.
  const receiver = mode === 'augmented' ? receiverInFront(neighborRole, neighborAs) : undefined;
  // What halts at steps 1 to 3 halts there as it is sent.
  if (receiver === undefined || stepsOneToThree(asPath, neighborCheck)) {
    return { ...known, prepended: false, verified: plain };
  }
  const augmented: AsPath = [{ type: SEQUENCE, asns: [receiver] }, ...asPath];
  return { ...known, prepended: true, verified: { asPath: augmented, neighborAs: receiver, procedure } };
}

/** The receiver where §4.2 puts it in front of the path. */
function receiverInFront(role: NeighborRole | undefined, asn: Asn | undefined): Asn | undefined {
  if (role === undefined) throw new TypeError('augmented verification needs the role of the receiver');
  if (role !== 'provider' && role !== 'customer') return undefined;
  if (asn === undefined) throw new TypeError('augmented verification needs the AS of the receiver');
  return asn;
}
