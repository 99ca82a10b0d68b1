import type { Question, Reply } from '../conformance/index.js';
import { askAtOnce } from './ask-at-once.js';
import { askOneByOne } from './ask-one-by-one.js';

export interface RunProgramOptions {
  /** Command line for the shell. */
  readonly command: string;
  /** Milliseconds that one answer may take, from first to last octet. */
  readonly timeout: number;
  /** Sends all requests at once and closes the input, for a program that answers when it has read everything. */
  readonly batch?: boolean;
  /** Ends the program, with all it has started, and the run. */
  readonly signal?: AbortSignal;
  /** Called for every case, in order. */
  readonly onReply: (question: Question, reply: Reply) => Promise<void> | void;
}

/** What happened beside the answers. */
export interface ProgramRun {
  /** How often the program was started. */
  readonly starts: number;
  /** Things a reader should know: late answers, an end that had to be forced. */
  readonly notes: readonly string[];
  /** The shell could not start the program; with what it said. */
  readonly unstartable?: string;
}

/**
 * Asks a program questions, one JSON object a line on its stdin, and takes its answers from its stdout. Unless `batch` is
 * set, the next question is sent when the one before has its reply. A program that ends, by a crash or because it
 * answers one question only, is started again; one that is too late or talks without end is killed first. Time, memory and
 * attempts are bounded (docs/decisions.md D-conformance-process). Never throws because of what the program does.
 */
export async function runProgram(
  questions: readonly Question[],
  options: RunProgramOptions,
): Promise<ProgramRun> {
  return options.batch ? askAtOnce(questions, options) : askOneByOne(questions, options);
}
