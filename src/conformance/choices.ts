import type { CaseResult } from './judge.js';
import type { Question } from './requests.js';
import type { Json, Request, Suite } from './vector.js';

/** A member of answers that has one of few values. */
export interface Choice {
  readonly field: string;
  readonly allowed: readonly string[];
}

const OUTCOME = (...allowed: readonly string[]): Choice => ({ field: 'outcome', allowed });

/** Of signatures alone too: what answers so mistakes the treatment, and is named. */
const VERDICT: Choice = {
  field: 'verdict',
  allowed: ['valid', 'not-valid', 'unsigned', 'treat-as-withdraw', 'session-reset'],
};

/** By suite and operation, the member that decides (docs/conformance-interface.md). */
const CHOICES: ReadonlyMap<string, Choice> = new Map([
  ['aspa verify-path', OUTCOME('valid', 'invalid', 'unknown')],
  ['aspa authorized', { field: 'authorization', allowed: ['provider+', 'not-provider+', 'no-attestation'] }],
  ['rov validate-origin', { field: 'validity', allowed: ['valid', 'invalid', 'not-found'] }],
  ['bgpsec verify-update', VERDICT],
  ['bgpsec verify-signatures', VERDICT],
  ['bgpsec sign', OUTCOME('signed', 'refused')],
  ['bgpsec originate', OUTCOME('signed', 'unsigned', 'no-path-attribute', 'refused')],
  ['bgpsec forward', OUTCOME('signed', 'unsigned', 'no-path-attribute', 'refused')],
  ['rtr decode-pdu', OUTCOME('ok', 'error')],
  ['rtr encode-pdu', OUTCOME('ok', 'refused')],
  ['rtr receive', { field: 'state', allowed: ['closed', 'pending', 'synchronized'] }],
  ['objects decode-aspa-content', OUTCOME('ok', 'error')],
  ['objects verify-aspa-object', OUTCOME('valid', 'not-valid')],
]);

/** A request with what was answered and how that was judged. */
export interface Answered {
  readonly request: Request;
  readonly result: CaseResult & { readonly answer: NonNullable<CaseResult['answer']> };
}

/** The answers to one operation: those that say something, right or wrong, not `unsupported` and errors. */
export interface AnsweredOperation {
  readonly suite: Suite;
  readonly op: string;
  readonly choice?: Choice;
  readonly answers: readonly Answered[];
}

/** The answers of a run, by operation, in the order of the questions. */
export function answersByOperation(
  questions: readonly Question[],
  results: readonly CaseResult[],
): readonly AnsweredOperation[] {
  const byId = new Map(results.map((result) => [result.vector.id, result]));
  const operations = new Map<string, AnsweredOperation & { readonly answers: Answered[] }>();
  for (const { request, suite, vector } of questions) {
    const result = byId.get(vector.id);
    if (result?.answer === undefined || result.verdict === 'unsupported' || result.verdict === 'error')
      continue;
    const { op } = request;
    const name = `${suite} ${op}`;
    const choice = CHOICES.get(name);
    const operation = operations.get(name) ?? { suite, op, ...(choice && { choice }), answers: [] };
    operations.set(name, operation);
    operation.answers.push({ request, result: { ...result, answer: result.answer } });
  }
  return [...operations.values()];
}

/** Ids of the cases whose answer has, where one of few values decides, another one. */
export function casesOutside(
  questions: readonly Question[],
  results: readonly CaseResult[],
): ReadonlySet<string> {
  const outside = answersByOperation(questions, results).flatMap(({ answers, choice }) =>
    answers.filter(
      ({ result: { answer } }) => choice !== undefined && !isAllowed(choice, answer[choice.field]),
    ),
  );
  return new Set(outside.map(({ result }) => result.vector.id));
}

/** Whether a value is one of those that the member can have. */
export function isAllowed({ allowed }: Choice, value: Json | undefined): value is string {
  return typeof value === 'string' && allowed.includes(value);
}
