import { isAgainstAdvice } from './advice.js';
import { casesOutside } from './choices.js';
import { type Diagnosis, diagnose, isOpen, isWrong } from './diagnose.js';
import type { CaseResult, CaseVerdict } from './judge.js';
import { type Picture, picturesOf } from './picture.js';
import { type Remark, remarksOn } from './remarks.js';
import { questionsOf } from './requests.js';
import type { VectorFile, VectorNote } from './vector.js';

/** How the cases of one row of the requirement catalogue went. */
export interface RequirementResult {
  readonly id: string;
  readonly section: string;
  readonly level: string;
  /** Whom it binds. */
  readonly role: string;
  /** Our paraphrase of the demand. */
  readonly text: string;
  readonly passed: number;
  /** Ids of the cases that failed. */
  readonly failed: readonly string[];
  /** Cases that were not answered for, not asked, refused or not playable. */
  readonly open: number;
}

/** The result of a run over vector files. */
export interface ConformanceReport {
  readonly cases: number;
  /** Number of cases by verdict; verdicts that did not occur are left out. */
  readonly counts: Readonly<Partial<Record<CaseVerdict, number>>>;
  /** Whether no case failed but those of `advice`, and at least one passed. */
  readonly conforms: boolean;
  /** Ids of the failed cases that go against advice alone (SHOULD, RECOMMENDED); none in a strict report. */
  readonly advice: readonly string[];
  readonly requirements: readonly RequirementResult[];
  /** What is amiss with the answers as such; it comes before what they are like. */
  readonly remarks: readonly Remark[];
  readonly diagnoses: readonly Diagnosis[];
  /** Where no known mistake fits, or those that do leave most failures open: how the wrong answers are spread. */
  readonly pictures: readonly Picture[];
  readonly results: readonly CaseResult[];
}

/** Sums up judged cases by verdict, by requirement and by known mistake. `strict`: what goes against advice counts too. */
export function reportOf(
  files: readonly VectorFile[],
  results: readonly CaseResult[],
  { strict = false }: { readonly strict?: boolean } = {},
): ConformanceReport {
  const counts: Partial<Record<CaseVerdict, number>> = {};
  for (const { verdict } of results) counts[verdict] = (counts[verdict] ?? 0) + 1;
  const rows = new Map(files.flatMap((file) => Object.entries(file.requirements ?? {})));
  const advised = results.filter((result) => !strict && isAgainstAdvice(result, rows));
  const wrong = results.filter(({ verdict }) => isWrong(verdict)).length > advised.length;
  const questions = questionsOf(files);
  const remarks = remarksOn(questions, results);
  const diagnoses = diagnose(results, notesOf(files), casesOutside(questions, results));
  return {
    cases: results.length,
    counts,
    conforms: !wrong && (counts.passed ?? 0) + (counts.acceptable ?? 0) > 0,
    advice: advised.map(({ vector }) => vector.id),
    requirements: requirementResults(rows, results),
    remarks,
    diagnoses,
    pictures: leavesMost(diagnoses) ? picturesOf(questions, results, remarks) : [],
    results,
  };
}

/** Whether more failures are without a known mistake than with one. */
function leavesMost(diagnoses: readonly Diagnosis[]): boolean {
  const explained = diagnoses.reduce((sum, one) => sum + one.explained.length, 0);
  return (diagnoses.at(-1)?.unexplained ?? 0) >= explained;
}

/** The notes of all files. */
function notesOf(files: readonly VectorFile[]): Readonly<Record<string, VectorNote>> {
  return Object.assign({}, ...files.map(({ notes }) => notes));
}

function requirementResults(
  rows: ReadonlyMap<string, NonNullable<VectorFile['requirements']>[string]>,
  results: readonly CaseResult[],
): readonly RequirementResult[] {
  const tallies = new Map<string, { passed: number; failed: string[]; open: number }>();
  for (const { vector, verdict } of results) {
    for (const id of vector.requirements ?? []) {
      const tally = tallies.get(id) ?? { passed: 0, failed: [], open: 0 };
      tallies.set(id, tally);
      if (isWrong(verdict)) tally.failed.push(vector.id);
      else if (isOpen(verdict)) tally.open++;
      else tally.passed++;
    }
  }
  return [...tallies].map(([id, tally]) => {
    const { section = '', level = '', role = '', text = '' } = rows.get(id) ?? {};
    return { id, section, level, role, text, ...tally };
  });
}
