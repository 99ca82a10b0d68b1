import {
  type AspaRevision,
  type EgressMode,
  type Evidence,
  egressVerification,
  fastVerifyEgress,
  type RevisionOutcome,
  type RevisionTables,
  type VerificationInput,
  verifyAsPath,
  verifyByRevision,
  verifyEgress,
} from '../../aspa/index.js';
import type { AsPath } from '../../bgp/index.js';
import { readEgressQuestion, readPathQuestion } from '../../questions/index.js';

/** A question that was read, and what can be said of it. */
export interface AskedPath {
  /** As it was given. */
  readonly asPath: AsPath;
  outcome(): RevisionOutcome;
  /** By the current revision. */
  evidence(): Evidence;
  /** What the procedures of that revision are given: what `repairs` takes. */
  verified(): VerificationInput;
}

/** What of all that can be asked of paths a run asks. */
export interface Judging {
  readonly revision: AspaRevision;
  /** The paths are about to be sent, not received. */
  readonly egress?: EgressMode | undefined;
}

/**
 * Reads questions and judges their paths, of a command line and of a batch alike.
 *
 * The reader throws `DecodeError` for a question that cannot be read.
 */
export function pathJudge(
  tables: RevisionTables,
  { revision, egress }: Judging,
): (question: object) => AskedPath {
  const { union } = tables;
  if (egress !== undefined) {
    return (question) => {
      const input = readEgressQuestion(question, egress);
      return {
        asPath: input.asPath,
        outcome: () => fastVerifyEgress(union, input),
        evidence: () => verifyEgress(union, input),
        verified: () => egressVerification(union, input),
      };
    };
  }
  return (question) => {
    const input = readPathQuestion(question);
    return {
      asPath: input.asPath,
      outcome: () => verifyByRevision(tables, revision, input).outcome,
      evidence: () => verifyAsPath(union, input),
      verified: () => input,
    };
  };
}
