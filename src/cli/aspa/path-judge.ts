import {
  type AspaRevision,
  type AsraAlgorithm,
  type AsraTable,
  type EgressMode,
  type Evidence,
  egressVerification,
  fastVerifyAsra,
  fastVerifyEgress,
  type RevisionOutcome,
  type RevisionTables,
  type VerificationInput,
  verifyAsPath,
  verifyAsra,
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
  /** ASRAs are looked at too, by this algorithm. */
  readonly asra?: AsraAlgorithm | undefined;
}

/** The tables that questions are put to. */
export interface PathTables {
  readonly aspas: RevisionTables;
  readonly asras: AsraTable;
}

/**
 * Reads questions and judges their paths, of a command line and of a batch alike.
 *
 * The reader throws `DecodeError` for a question that cannot be read.
 */
export function pathJudge(
  { aspas, asras }: PathTables,
  { revision, egress, asra }: Judging,
): (question: object) => AskedPath {
  const { union } = aspas;
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
  if (asra !== undefined) {
    const tables = { aspa: union, asra: asras };
    return (question) => {
      const input = readPathQuestion(question);
      return {
        asPath: input.asPath,
        outcome: () => fastVerifyAsra(tables, asra, input),
        evidence: () => verifyAsra(tables, asra, input),
        verified: () => input,
      };
    };
  }
  return (question) => {
    const input = readPathQuestion(question);
    return {
      asPath: input.asPath,
      outcome: () => verifyByRevision(aspas, revision, input).outcome,
      evidence: () => verifyAsPath(union, input),
      verified: () => input,
    };
  };
}
