import { printable } from '../../bytes/index.js';
import { type ConformanceReport, explainRequest, isWrong, type Question } from '../../conformance/index.js';
import type { Io } from '../shared/io.js';
import { createStyle } from '../shared/style.js';
import { writeJson, writePieces } from '../shared/write-pieces.js';
import { conformanceJson, type Tested } from './json.js';
import { conformanceText } from './text.js';

/** In which form a report is wanted. */
interface PrintOptions {
  /** Failures shown in full. */
  readonly failures: number;
  readonly json?: boolean;
  readonly junit?: boolean;
  /** Cases whose failure does not count. */
  readonly known: ReadonlySet<string>;
}

/** Prints a report as text, as JSON or as JUnit XML, which has no place for notes: they are on stderr then. */
export async function printReport(
  report: ConformanceReport,
  questions: readonly Question[],
  tested: Tested,
  { failures, json, junit, known }: PrintOptions,
  io: Io,
): Promise<void> {
  const { notes } = 'program' in tested ? tested.program : tested;
  if (json) {
    const evidence = await evidenceOfFailures(report, questions);
    await writeJson(io.stdout, conformanceJson(report, questions, tested, { evidence, known }), 1);
    return;
  }
  if (junit) {
    const evidence = await evidenceOfFailures(report, questions);
    const { conformanceJunit } = await import('./junit.js');
    const additions = { evidence, known, advice: new Set(report.advice) };
    await writePieces(io.stdout, conformanceJunit(questions, report.results, additions));
    await io.stdout.write('\n');
    for (const note of notes) await io.stderr.write(`pathsec: ${printable(note)}\n`);
    return;
  }
  const text = await conformanceText(report, questions, notes, {
    shown: failures,
    known,
    style: createStyle(io),
    evidence: ({ request }) => explainRequest(request),
  });
  await io.stdout.write(text);
}

async function evidenceOfFailures(
  { results }: ConformanceReport,
  questions: readonly Question[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const failed = new Set(results.filter(({ verdict }) => isWrong(verdict)).map(({ vector }) => vector.id));
  const evidence = new Map<string, readonly string[]>();
  for (const { request, vector } of questions) {
    if (failed.has(vector.id)) evidence.set(vector.id, await explainRequest(request));
  }
  return evidence;
}
