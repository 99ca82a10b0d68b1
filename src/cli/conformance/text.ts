import { printable } from '../../bytes/index.js';
import {
  type CaseResult,
  type CaseVerdict,
  type ConformanceReport,
  type Diagnosis,
  isWrong,
  type Question,
  type RequirementResult,
  type Suite,
} from '../../conformance/index.js';
import type { Style } from '../shared/style.js';
import { formatTable, plural, shorten } from '../shared/text-table.js';
import { pictureLines } from './picture-text.js';

/** How a person gets to read each verdict. */
export const VERDICT_TEXT: Readonly<Record<CaseVerdict, string>> = {
  passed: 'passed',
  acceptable: 'acceptable',
  unsupported: 'not supported',
  failed: 'failed',
  error: 'error answered',
  crashed: 'crashed',
  timeout: 'timed out',
  garbage: 'garbage',
  'no-answer': 'no answer',
  'not-asked': 'not asked',
  refused: 'refused',
  reset: 'session reset',
  'not-playable': 'not playable',
};

export interface TextOptions {
  /** Failures shown in full. */
  readonly shown: number;
  /** Cases whose failure does not count: they are not shown. */
  readonly known?: ReadonlySet<string>;
  readonly style: Style;
  /** Our evidence for a case, as lines; empty where there is none to show. */
  readonly evidence: (question: Question) => Promise<readonly string[]>;
}

/** A run's report for a person. Lines end in `\n`. */
export async function conformanceText(
  { advice, diagnoses, pictures, remarks, requirements, results }: ConformanceReport,
  questions: readonly Question[],
  notes: readonly string[],
  { shown, known = new Set(), style, evidence }: TextOptions,
): Promise<string> {
  const lines: string[] = [...countLines(results, questions)];
  lines.push(...unaskedLines(results));
  for (const note of notes) lines.push('', `note: ${printableBlock(note, 6)}`);
  if (remarks.length > 0) lines.push('', ...remarks.map(({ text }) => `remark: ${printable(text)}`));
  const failures = mostTellingFirst(results, diagnoses, new Set(advice));
  if (failures.length > 0) {
    // A program that gave no wrong answer, but none at all, shows no mistake.
    if (failures.some(({ verdict }) => verdict === 'failed')) {
      lines.push('', ...diagnosisLines(diagnoses, failures.length, style));
      lines.push(...pictures.flatMap((picture) => pictureLines(picture, style)));
    }
    const share = ({ failed, open, passed }: RequirementResult) =>
      failed.length / (failed.length + open + passed);
    const rows = requirements.filter(({ failed }) => failed.length > 0).sort((a, b) => share(b) - share(a));
    if (rows.length > 0) {
      lines.push('', style.bold('requirements with failures'));
      const cells = rows.map(({ failed, id, level, open, passed, role, text }) => [
        `  ${id}`,
        level,
        role,
        `${failed.length} of ${failed.length + passed + open}`,
        text,
      ]);
      lines.push(
        ...formatTable(
          [{ head: '  id' }, { head: 'level' }, { head: 'binds' }, { head: 'failed' }, { head: 'demand' }],
          cells,
        ),
      );
    }
    const byId = new Map(questions.map((question) => [question.vector.id, question]));
    const counting = failures.filter(({ vector }) => !known.has(vector.id));
    for (const failure of counting.slice(0, shown)) {
      const question = byId.get(failure.vector.id);
      if (question !== undefined)
        lines.push(
          '',
          ...(await failureLines(failure, question, {
            isAdvice: advice.includes(failure.vector.id),
            style,
            evidence,
          })),
        );
    }
    const rest = counting.length - shown;
    if (rest > 0) lines.push('', `and ${plural(rest, 'failure')} more; --failures shows more, --json all`);
  }
  return `${lines.join('\n')}\n`;
}

/**
 * The failures: those made for a mistake that was named before the others, small questions before large ones, and last what goes
 * against advice alone.
 */
function mostTellingFirst(
  results: readonly CaseResult[],
  diagnoses: readonly Diagnosis[],
  advice: ReadonlySet<string>,
): CaseResult[] {
  const named = new Set(diagnoses.map(({ mistake }) => mistake));
  const rank = ({ vector: { flags, id, input } }: CaseResult): number =>
    JSON.stringify(input).length +
    (flags.some((flag) => named.has(flag)) ? 0 : 1e9) +
    (advice.has(id) ? 2e9 : 0);
  return results
    .filter(({ verdict }) => isWrong(verdict))
    .map((result) => ({ result, rank: rank(result) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ result }) => result);
}

function countLines(results: readonly CaseResult[], questions: readonly Question[]): string[] {
  const suiteOf = new Map(questions.map(({ suite, vector }) => [vector.id, suite]));
  const suites = [...new Set(suiteOf.values())];
  const occurring = (Object.keys(VERDICT_TEXT) as CaseVerdict[]).filter(
    (verdict) => verdict === 'passed' || results.some((result) => result.verdict === verdict),
  );
  const row = (suite: Suite): string[] => {
    const own = results.filter(({ vector }) => suiteOf.get(vector.id) === suite);
    const counts = occurring.map((verdict) => own.filter((result) => result.verdict === verdict).length);
    return [suite, ...[own.length, ...counts].map(String)];
  };
  const columns = ['cases', ...occurring.map((verdict) => VERDICT_TEXT[verdict])];
  return formatTable(
    [{ head: 'suite' }, ...columns.map((head) => ({ head, align: 'right' as const }))],
    suites.map(row),
  );
}

/** Ids of cases that were not asked, shown for one reason. */
const MAX_UNASKED_IDS = 5;
const UNASKED = ['not-asked', 'not-playable', 'refused'] as const;

/** What was not asked, could not be, or was refused, by reason. */
function unaskedLines(results: readonly CaseResult[]): string[] {
  return UNASKED.flatMap((verdict) => {
    const byReason = new Map<string, string[]>();
    for (const { note = '', vector, verdict: of } of results) {
      if (of !== verdict) continue;
      const ids = byReason.get(note) ?? [];
      byReason.set(note, ids);
      ids.push(vector.id);
    }
    return [...byReason].flatMap(([reason, ids]) => {
      const rest = ids.length - MAX_UNASKED_IDS;
      const shown = `${ids.slice(0, MAX_UNASKED_IDS).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
      return ['', `${VERDICT_TEXT[verdict]}: ${plural(ids.length, 'case')}, ${printable(reason)}: ${shown}`];
    });
  });
}

function diagnosisLines(diagnoses: readonly Diagnosis[], failures: number, style: Style): string[] {
  if (diagnoses.length === 0) return ['No known mistake fits.'];
  const lines = diagnoses.map(({ confirmed, exact, explained, mistake, predictions, seenIn, text }, i) => {
    const lead = i === 0 ? 'Behaves' : exact ? 'or' : 'and';
    const open = i === 0 ? plural(failures, 'failure') : `the ${diagnoses[i - 1]?.unexplained} left`;
    const scope = exact
      ? 'accounts for every answer'
      : `${confirmed} of ${plural(predictions, 'prediction')}, explains ${explained.length} of ${open}`;
    const seen = seenIn === undefined ? '' : `; known from: ${seenIn}`;
    return `${style.bold(`${lead} like an implementation that ${text}`)} (${mistake}): ${scope}${seen}`;
  });
  const last = diagnoses[diagnoses.length - 1];
  if (last !== undefined && last.unexplained > 0) {
    lines.push(`${plural(last.unexplained, 'failure')} without a known mistake`);
  }
  return lines;
}

async function failureLines(
  { mismatches, note, vector, verdict }: CaseResult,
  question: Question,
  { isAdvice, style, evidence }: Pick<TextOptions, 'style' | 'evidence'> & { readonly isAdvice: boolean },
): Promise<string[]> {
  const row = (name: string, text: string): string =>
    `  ${printable(name).padEnd(14)}${printableBlock(text, 16)}`;
  const json = (value: unknown): string => shorten(JSON.stringify(value) ?? 'nothing', 400);
  const lines = [`${style.bad(VERDICT_TEXT[verdict])} ${style.bold(vector.id)}  ${vector.title}`];
  lines.push(row('sections', vector.sections.join('; ')));
  if (vector.requirements?.length) lines.push(row('requirements', vector.requirements.join(', ')));
  if (isAdvice) lines.push(row('counts', 'with --strict alone: it goes against advice'));
  if (vector.flags.length > 0) lines.push(row('flags', vector.flags.join(', ')));
  lines.push(row('request', json(question.request)));
  // Of a wrong answer the note is ours: how a router was shown the case.
  if (note !== undefined) lines.push(row(verdict === 'failed' ? 'played' : 'program', note));
  for (const { actual, expected, path, why } of mismatches.slice(0, 8)) {
    lines.push(row(path, `expected ${json(expected)}, got ${json(actual)}${why ? `: ${why}` : ''}`));
  }
  if (mismatches.length > 8) lines.push(row('', `and ${mismatches.length - 8} fields more`));
  const own = await evidence(question);
  if (own.length > 0) lines.push(row('evidence', ''), ...own.map((line) => `    ${printable(line)}`));
  return lines.map((line) => line.trimEnd());
}

/** What programs say on several lines, the later ones marked so that none looks like a line of the report. */
function printableBlock(text: string, indent: number): string {
  return text
    .split('\n')
    .map(printable)
    .join(`\n${'| '.padStart(indent)}`);
}
