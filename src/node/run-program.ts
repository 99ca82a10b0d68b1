import type { Question } from '../conformance/index.js';
import { askAtOnce } from './ask-at-once.js';
import { askOneByOne } from './ask-one-by-one.js';
import type { ProgramRun, RunProgramOptions } from './program-run.js';

/**
 * Asks a program questions, one JSON object a line on its stdin, and takes its answers from its stdout. Unless `batch` is
 * set, the next question is sent when the one before has its reply. A program that ends, by a crash or because it
 * answers one question only, is started again, unless five starts in a row have answered nothing; one that is too late or
 * talks without end is killed first. Time, memory and
 * attempts are bounded (docs/decisions/conformance.md D-conformance-process). Never throws because of what the program
 * does.
 */
export async function runProgram(
  questions: readonly Question[],
  options: RunProgramOptions,
): Promise<ProgramRun> {
  return options.batch ? askAtOnce(questions, options) : askOneByOne(questions, options);
}
