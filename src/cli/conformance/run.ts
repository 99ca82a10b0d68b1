import type { Command } from 'commander';
import {
  type ConformanceReport,
  type Question,
  questionsOf,
  reportOf,
  strangersIn,
} from '../../conformance/index.js';
import { readVectorFiles } from '../../node/vector-files.js';
import type { Context } from '../shared/command.js';
import { CliError } from '../shared/io.js';
import { prepareOutput } from '../shared/output-file.js';
import { type AskOptions, askProgram } from './asking.js';
import { interruptedNote } from './interrupt.js';
import { knownFailureNotes, knownFailuresText, readKnownFailures } from './known-failures.js';
import { adviceNotes, exitCode, parseCount, parseExec, parseTimeout } from './outcome.js';
import { printReport } from './print-report.js';
import { addSelection, type Selection, selectQuestions } from './selection.js';

interface RunOptions extends AskOptions, Selection {
  readonly failures: number;
  readonly strict?: boolean;
  readonly knownFailures?: string;
  readonly writeKnownFailures?: string;
  readonly json?: boolean;
  readonly junit?: boolean;
}

/** `pathsec conformance run`: asks a program under test every case of the vectors and reports how it answered. */
export function define(command: Command, { io, exit }: Context): void {
  addSelection(
    command.requiredOption(
      '--exec <command>',
      'the program under test, a command line for the shell',
      parseExec,
    ),
  )
    .option('--timeout <seconds>', 'time for one answer', parseTimeout, 10)
    .option('--batch', 'send all requests, close the input, then read the answers')
    .option('--failures <number>', 'failures shown in full', parseCount, 10)
    .option('--strict', 'failures that go against advice alone (SHOULD) count too')
    .option('--known-failures <file>', 'ids of cases, one a line, whose failure does not count')
    .option('--write-known-failures <file>', 'write the ids of the cases that fail')
    .option('-j, --json', 'the whole report as one JSON object')
    .option('--junit', 'the report as JUnit XML')
    .action(async (options: RunOptions) => {
      if (options.json && options.junit) throw new CliError('either --json or --junit');
      const { files, questions } = selectQuestions(options);
      const { knownFailures: listed, writeKnownFailures: list } = options;
      const known = listed === undefined ? new Set<string>() : await readKnownFailures(listed, io);
      const output = list === undefined ? undefined : await prepareOutput(list);
      const { interrupted, results, run } = await askProgram(questions, options, io);
      if (run.unstartable !== undefined) throw new CliError(`cannot start: ${run.unstartable}`);
      const report = reportOf(files, results, { strict: options.strict ?? false });
      const notes = [
        ...(interrupted === undefined ? [] : [interruptedNote(interrupted, results)]),
        ...adviceNotes(report),
        ...(listed === undefined
          ? []
          : knownFailureNotes(
              listed,
              known,
              results,
              new Set(allQuestions().map(({ vector }) => vector.id)),
            )),
        ...run.notes,
        ...strangersIn(run.capabilities ?? {}, allQuestions),
        ...(interrupted === undefined ? emptyNotes(report) : []),
      ];
      const { capabilities: hello, starts } = run;
      const program = { command: options.exec, starts, notes, ...(hello && { hello }) };
      await printReport(report, questions, { program }, { ...options, known }, io);
      // Half a list would take the place of a whole one.
      if (interrupted === undefined) await output?.write(knownFailuresText(results));
      exit(exitCode(report, known, interrupted !== undefined));
    });
}

/** What is said where all is unsupported or not asked: the exit code is 1 without a failure. */
function emptyNotes({ cases, counts }: ConformanceReport): string[] {
  const open = (counts.unsupported ?? 0) + (counts['not-asked'] ?? 0);
  return cases > open ? [] : ['no case was answered, so nothing is shown: exit code 1'];
}

function allQuestions(): readonly Question[] {
  return questionsOf(readVectorFiles());
}
