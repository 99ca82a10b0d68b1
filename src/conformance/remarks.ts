import {
  type Answered,
  type AnsweredOperation,
  answersByOperation,
  type Choice,
  isAllowed,
} from './choices.js';
import { agrees, askedOf, type CaseResult } from './judge.js';
import type { Question } from './requests.js';
import type { Fields, Json, Suite } from './vector.js';

/** What is amiss with the answers to an operation as a whole, before any of them is looked at as a verdict. */
export interface Remark {
  /** `echo`: the request came back; `missing`: a member is in no answer; `not-allowed`: a value that the member cannot have; `constant`: one answer to everything. */
  readonly kind: 'echo' | 'missing' | 'not-allowed' | 'constant';
  readonly suite: Suite;
  readonly op: string;
  readonly text: string;
}

/** Values and members shown. */
const MAX_SHOWN = 4;
/** Characters of a value shown. */
const MAX_VALUE = 60;
/** Answers that have to be the same before that is a remark. */
const LEAST_CONSTANT = 3;

/**
 * Faults of the adapter, most likely, and not of the code behind it: told before a known mistake is named
 * (docs/decisions/conformance.md D-conformance-remarks). An operation in which nothing failed has none.
 */
export function remarksOn(questions: readonly Question[], results: readonly CaseResult[]): readonly Remark[] {
  return answersByOperation(questions, results)
    .filter(({ answers }) => answers.some(({ result }) => result.verdict === 'failed'))
    .flatMap((operation) => {
      const { op, suite } = operation;
      const remark = ([kind, text]: readonly [Remark['kind'], string]): Remark => ({
        kind,
        suite,
        op,
        text: `${op}: ${text}`,
      });
      const echo = echoOf(operation);
      if (echo.length > 0) return echo.map(remark);
      return [...missing(operation), ...notAllowed(operation), ...constant(operation)].map(remark);
    });
}

type Found = readonly (readonly [kind: Remark['kind'], text: string])[];

/** Every answer is its request, without what was asked for. */
function echoOf({ answers }: AnsweredOperation): Found {
  const isEcho = ({ request: { id: _, ...asked }, result: { answer, vector } }: Answered): boolean =>
    agrees(answer, asked) && !Object.keys(vector.expected).every((name) => Object.hasOwn(answer, name));
  return answers.every(isEcho) ? [['echo', `every answer (${answers.length}) is the request`]] : [];
}

/** Members that are expected and in no answer; where another member decides, in none that has that one right. */
function missing({ answers, choice }: AnsweredOperation): Found {
  const wanted = new Map<string, boolean>();
  for (const { result } of answers) {
    const { answer, vector } = result;
    for (const name of Object.keys(askedOf(vector, vector.expected, answer))) {
      if (name !== choice?.field && !rightChoice(vector.expected, answer, choice)) continue;
      wanted.set(name, (wanted.get(name) ?? false) || Object.hasOwn(answer, name));
    }
  }
  const absent = [...wanted].filter(([, isThere]) => !isThere).map(([name]) => `\`${name}\``);
  if (absent.length === 0) return [];
  const members = new Set(answers.flatMap(({ result }) => Object.keys(result.answer)));
  const seen = members.size === 0 ? 'none but id' : shown([...members]);
  return [['missing', `no answer has ${absent.join(', ')}; members of the answers: ${seen}`]];
}

function rightChoice(expected: Fields, answer: Fields, choice: Choice | undefined): boolean {
  return choice === undefined || expected[choice.field] === answer[choice.field];
}

/** Values of the deciding member that it cannot have. */
function notAllowed({ answers, choice }: AnsweredOperation): Found {
  if (choice === undefined) return [];
  const { allowed, field } = choice;
  const others = answers
    .map(({ result }) => result.answer[field])
    .filter((value) => value !== undefined && !isAllowed(choice, value));
  if (others.length === 0) return [];
  const values = [...new Set(others.map(valueText))];
  const share = `${others.length} of ${answers.length} answers, member \`${field}\``;
  return [['not-allowed', `answers ${shown(values)}; allowed: ${allowed.join(', ')} (${share})`]];
}

/** The same answer to questions that have several. */
function constant({ answers }: AnsweredOperation): Found {
  const names = [...new Set(answers.flatMap(({ result }) => Object.keys(result.vector.expected)))];
  const pick = (fields: Fields): string => JSON.stringify(names.map((name) => fields[name] ?? null));
  const [first, ...others] = new Set(answers.map(({ result }) => pick(result.answer)));
  const expected = new Set(answers.map(({ result }) => pick(result.vector.expected)));
  if (first === undefined || others.length > 0 || expected.size < 2 || answers.length < LEAST_CONSTANT)
    return [];
  const answer = answers[0]?.result.answer ?? {};
  const given = names.filter((name) => answer[name] !== undefined);
  if (given.length === 0) return [];
  const texts = given.map((name) => `${name} ${valueText(answer[name] as Json)}`);
  return [['constant', `the same answer to all ${answers.length} questions: ${shown(texts)}`]];
}

function valueText(value: Json | undefined): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `\`${text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text}\``;
}

function shown(values: readonly string[]): string {
  const rest = values.length - MAX_SHOWN;
  return `${values.slice(0, MAX_SHOWN).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
