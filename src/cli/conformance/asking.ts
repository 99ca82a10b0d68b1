import { type CaseResult, judgeReply, type Question } from '../../conformance/index.js';
import type { ProgramRun } from '../../node/program-run.js';
import { runProgram } from '../../node/run-program.js';
import type { Io } from '../shared/io.js';
import { createCountProgress } from '../shared/progress.js';
import { plural } from '../shared/text-table.js';

/** How a program is asked. */
export interface AskOptions {
  readonly exec: string;
  /** Seconds for one answer. */
  readonly timeout: number;
  readonly batch?: boolean;
}

/** What became of a run. */
export interface AskedRun {
  readonly results: readonly CaseResult[];
  readonly run: ProgramRun;
  /** The signal that ended it. */
  readonly interrupted?: string;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Asks a program all questions and judges its replies, until the end or a signal. */
export async function askProgram(
  questions: readonly Question[],
  { batch = false, exec, timeout }: AskOptions,
  io: Io,
): Promise<AskedRun> {
  const results: CaseResult[] = [];
  const progress = await createCountProgress(io, 'cases', questions.length);
  const stop = new AbortController();
  // The first signal ends the program under test and shows what is known; a second one ends this one as usual.
  const onSignal = (name: NodeJS.Signals): void => stop.abort(name);
  for (const name of SIGNALS) process.once(name, onSignal);
  const run = await runProgram(questions, {
    command: exec,
    timeout: timeout * 1000,
    batch,
    hello: true,
    signal: stop.signal,
    onReply: ({ vector }, reply) => {
      results.push(judgeReply(vector, reply));
      progress?.update(results.length);
    },
  });
  for (const name of SIGNALS) process.off(name, onSignal);
  progress?.stop();
  return { results, run, ...(stop.signal.aborted ? { interrupted: String(stop.signal.reason) } : {}) };
}

/** What an interrupted run says of itself. */
export function interruptedNote(name: string, results: readonly CaseResult[]): string {
  const asked = results.filter(({ verdict }) => verdict !== 'not-asked').length;
  return `interrupted by ${name} after ${plural(asked, 'case')} of ${results.length}`;
}
