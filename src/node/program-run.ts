import type { Capabilities, Question, Reply } from '../conformance/index.js';

/** What to run, and how. */
export interface RunProgramOptions {
  /** Command line for the shell. */
  readonly command: string;
  /** Milliseconds that one answer may take, from first to last octet. */
  readonly timeout: number;
  /** Sends all requests at once and closes the input, for a program that answers when it has read everything. */
  readonly batch?: boolean;
  /**
   * Asks `hello` first: what the program answers of itself decides which questions it is asked. One that gives no answer, or
   * an error, is asked all.
   */
  readonly hello?: boolean;
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
  /** What the program said of itself. */
  readonly capabilities?: Capabilities;
  /** The shell could not start the program; with what it said. */
  readonly unstartable?: string;
}
