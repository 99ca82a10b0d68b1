import { compressAsPath, procedureOfRole } from '../aspa/index.js';
import { AS_SEQUENCE, type AsPath, formatAsPath } from '../bgp/index.js';
import { type PathQuestion, readPathQuestion } from '../questions/index.js';
import { TABLE_MEMBERS } from './aspa-fields.js';
import { type Answered, type AnsweredOperation, answersByOperation, isAllowed } from './choices.js';
import type { CaseResult } from './judge.js';
import type { Remark } from './remarks.js';
import type { Question } from './requests.js';
import type { Request, Suite } from './vector.js';

/** How wrong answers to an operation are spread, for a person to see a rule in them that no known mistake has. */
export interface Picture {
  readonly suite: Suite;
  readonly op: string;
  /** The member that decides. */
  readonly field: string;
  /** Answers by what was expected and what came; `got` is `other` for what the member cannot be. */
  readonly counts: readonly {
    /** `upstream` or `downstream`; absent for other questions than those about paths. */
    readonly direction?: string;
    readonly expected: string;
    readonly got: string;
    readonly cases: number;
  }[];
  /** Members that are wrong although the one that decides is right, with the number of such answers. */
  readonly besides: readonly { readonly member: string; readonly failed: number }[];
  /** Failures among the questions of a kind, for questions about paths: by direction, length, sets, size of AS numbers. */
  readonly shares: readonly { readonly part: string; readonly failed: number; readonly cases: number }[];
  /** The failing question with the shortest path, or the shortest one. */
  readonly smallest: {
    readonly id: string;
    readonly question: string;
    readonly expected: string;
    readonly got: string;
    /** The members that are wrong. */
    readonly members: readonly string[];
  };
}

/** One picture for each operation with failures, but for those whose answers are amiss as such. */
export function picturesOf(
  questions: readonly Question[],
  results: readonly CaseResult[],
  remarks: readonly Remark[],
): readonly Picture[] {
  const amiss = new Set(remarks.map(({ op, suite }) => `${suite} ${op}`));
  return answersByOperation(questions, results).flatMap((operation) =>
    amiss.has(`${operation.suite} ${operation.op}`) ? [] : pictureOf(operation),
  );
}

interface Row extends Answered {
  readonly failed: boolean;
  readonly expected: string;
  readonly got: string;
  readonly path?: PathQuestion;
}

function pictureOf({ answers, choice, op, suite }: AnsweredOperation): Picture[] {
  if (choice === undefined) return [];
  const rows = answers.map(({ request, result }): Row => {
    const got = result.answer[choice.field];
    const path = pathOf(request);
    return {
      request,
      result,
      failed: result.verdict === 'failed',
      expected: String(result.vector.expected[choice.field]),
      got: isAllowed(choice, got) ? got : 'other',
      ...(path && { path }),
    };
  });
  const smallest = rows
    .filter(({ failed }) => failed)
    .sort((a, b) => sizeOf(a) - sizeOf(b))
    .at(0);
  if (smallest === undefined) return [];
  const { expected, got, result } = smallest;
  const members = wrongMembers(result);
  const found = { id: result.vector.id, question: questionText(smallest), expected, got, members };
  const spread = { counts: countsOf(rows), besides: besidesOf(rows), shares: sharesOf(rows) };
  return [{ suite, op, field: choice.field, ...spread, smallest: found }];
}

/** The members of an answer that are not as they have to be. */
function wrongMembers({ mismatches }: CaseResult): string[] {
  return [...new Set(mismatches.map(({ path }) => path.replace(/[.[].*/, '')))];
}

function besidesOf(rows: readonly Row[]): Picture['besides'] {
  const counts = new Map<string, number>();
  for (const { expected, got, result } of rows) {
    if (expected !== got) continue;
    for (const member of wrongMembers(result)) counts.set(member, (counts.get(member) ?? 0) + 1);
  }
  return [...counts].map(([member, failed]) => ({ member, failed }));
}

function countsOf(rows: readonly Row[]): Picture['counts'] {
  const counts = new Map<string, Picture['counts'][number]>();
  for (const { expected, got, path } of rows) {
    const direction = path && directionOf(path);
    const key = JSON.stringify([direction, expected, got]);
    const cases = (counts.get(key)?.cases ?? 0) + 1;
    counts.set(key, { ...(direction && { direction }), expected, got, cases });
  }
  return [...counts.values()];
}

const LARGE = 0x1_0000;
const SIGNED = 0x8000_0000;

/** Lengths of compressed paths, from and to so many ASes. */
const LENGTHS: readonly (readonly [text: string, from: number, to: number])[] = [
  ['no AS', 0, 0],
  ['1 AS', 1, 1],
  ['2 ASes', 2, 2],
  ['3 ASes', 3, 3],
  ['4 ASes', 4, 4],
  ['5 to 8 ASes', 5, 8],
  ['9 ASes and more', 9, Number.POSITIVE_INFINITY],
];

type Part = readonly [part: string, isSo: (row: Row, path: PathQuestion) => boolean];

/** What a path can be, for shares of failures among those that are. */
const PARTS: readonly Part[] = [
  ['upstream', (_, path) => directionOf(path) === 'upstream'],
  ['downstream', (_, path) => directionOf(path) === 'downstream'],
  ...LENGTHS.map(
    ([length, from, to]): Part => [
      `${length}, repeats dropped`,
      (_, { asPath }) => compressAsPath(asPath).length >= from && compressAsPath(asPath).length <= to,
    ],
  ),
  ['AS_SEQUENCE only', (_, { asPath }) => !hasOthers(asPath)],
  ['sets or confederation segments', (_, { asPath }) => hasOthers(asPath)],
  ['AS numbers below 65536 only', (row) => largest(row) < LARGE],
  ['AS numbers from 65536', (row) => largest(row) >= LARGE && largest(row) < SIGNED],
  ['AS numbers from 2147483648', (row) => largest(row) >= SIGNED],
];

function sharesOf(rows: readonly Row[]): Picture['shares'] {
  return PARTS.map(([part, isSo]) => {
    const own = rows.filter((row) => row.path !== undefined && isSo(row, row.path));
    return { part, failed: own.filter(({ failed }) => failed).length, cases: own.length };
  }).filter(({ cases }) => cases > 0);
}

function directionOf({ neighborRole, procedure }: PathQuestion): string | undefined {
  return procedure ?? (neighborRole && procedureOfRole(neighborRole));
}

/** The question of a path; undefined in one that cannot be read, which only vectors of others have. */
function pathOf(request: Request): PathQuestion | undefined {
  if (request.suite !== 'aspa' || request.op !== 'verify-path') return undefined;
  try {
    return readPathQuestion(request, { besides: TABLE_MEMBERS });
  } catch {
    return undefined;
  }
}

function hasOthers(asPath: AsPath): boolean {
  return asPath.some(({ type }) => type !== AS_SEQUENCE);
}

/** The largest AS number of a question, in its path or its ASPAs: the only numbers there. */
function largest({ request }: Row): number {
  const numbers = JSON.stringify([request.asPath, request.aspas ?? []]).match(/\d+/g) ?? [];
  return numbers.reduce((most, text) => Math.max(most, Number(text)), 0);
}

/** Short paths first, then few ASPAs. */
function sizeOf({ path, request }: Row): number {
  const ases = path?.asPath.reduce((sum, { asns }) => sum + asns.length, 0) ?? 0;
  return ases * 1e9 + JSON.stringify(request).length;
}

function questionText({ path, request }: Row): string {
  if (path === undefined) return request.op;
  const { asPath, neighborAs, neighborRole } = path;
  return `path ${formatAsPath(asPath) || 'without AS'}, from AS${neighborAs ?? ' unknown'}, ${neighborRole}`;
}
