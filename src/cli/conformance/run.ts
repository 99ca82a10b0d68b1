import { type Command, InvalidArgumentError } from 'commander';
import {
  type ConformanceReport,
  explainRequest,
  isWrong,
  type Question,
  reportOf,
} from '../../conformance/index.js';
import type { ProgramRun } from '../../node/program-run.js';
import type { Context } from '../shared/command.js';
import { CliError, EXIT, type Io } from '../shared/io.js';
import { createStyle } from '../shared/style.js';
import { writeJson, writePieces } from '../shared/write-pieces.js';
import { type AskOptions, askProgram, interruptedNote } from './asking.js';
import { conformanceJson } from './json.js';
import { addSelection, type Selection, selectQuestions } from './selection.js';
import { conformanceText } from './text.js';

interface RunOptions extends AskOptions, Selection {
  readonly failures: number;
  readonly json?: boolean;
  readonly junit?: boolean;
}

/** `pathsec conformance run`: asks a program under test every case of the vectors and reports how it answered. */
export function define(command: Command, { io, exit }: Context): void {
  addSelection(
    command.requiredOption('--exec <command>', 'the program under test, a command line for the shell'),
  )
    .option('--timeout <seconds>', 'time for one answer', parseTimeout, 10)
    .option('--batch', 'send all requests, close the input, then read the answers')
    .option('--failures <number>', 'failures shown in full', parseCount, 10)
    .option('-j, --json', 'the whole report as one JSON object')
    .option('--junit', 'the report as JUnit XML')
    .action(async (options: RunOptions) => {
      if (options.json && options.junit) throw new CliError('either --json or --junit');
      const { files, questions } = selectQuestions(options);
      const { interrupted, results, run } = await askProgram(questions, options, io);
      if (run.unstartable !== undefined) throw new CliError(`cannot start: ${run.unstartable}`);
      const report = reportOf(files, results);
      const notes =
        interrupted === undefined ? run.notes : [interruptedNote(interrupted, results), ...run.notes];
      await print(report, questions, { ...run, notes }, options, io);
      // docs/decisions/conformance.md D-conformance-process: an interrupted run without a failure decided nothing.
      const failed = results.some(({ verdict }) => isWrong(verdict));
      if (interrupted !== undefined && !failed) exit(EXIT.unknown);
      else exit(report.conforms ? EXIT.done : EXIT.invalid);
    });
}

async function print(
  report: ConformanceReport,
  questions: readonly Question[],
  { capabilities, notes, starts }: ProgramRun,
  options: RunOptions,
  io: Io,
): Promise<void> {
  if (options.json) {
    const program = { command: options.exec, starts, notes, ...(capabilities && { hello: capabilities }) };
    const evidence = await evidenceOfFailures(report, questions);
    await writeJson(io.stdout, conformanceJson(report, questions, program, evidence), 1);
    return;
  }
  if (options.junit) {
    const evidence = await evidenceOfFailures(report, questions);
    const { conformanceJunit } = await import('./junit.js');
    await writePieces(io.stdout, conformanceJunit(questions, report.results, evidence));
    await io.stdout.write('\n');
    return;
  }
  const text = await conformanceText(report, questions, notes, {
    shown: options.failures,
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

function parseTimeout(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0) || seconds > 86_400) throw new InvalidArgumentError('Seconds, more than 0.');
  return seconds;
}

function parseCount(text: string): number {
  if (!/^[0-9]{1,6}$/.test(text)) throw new InvalidArgumentError('A whole number.');
  return Number(text);
}
