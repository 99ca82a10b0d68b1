import { type CaseResult, judgeReply, type Question } from '../../conformance/index.js';
import type { ProgramRun } from '../../node/program-run.js';
import { runProgram } from '../../node/run-program.js';
import type { Io } from '../shared/io.js';
import { createCountProgress } from '../shared/progress.js';
import { watchingSignals } from './interrupt.js';

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

/** Asks a program all questions and judges its replies, until the end or a signal. */
export async function askProgram(
  questions: readonly Question[],
  { batch = false, exec, timeout }: AskOptions,
  io: Io,
): Promise<AskedRun> {
  const results: CaseResult[] = [];
  const progress = await createCountProgress(io, 'cases', questions.length);
  const { done, interrupted } = await watchingSignals((signal) =>
    runProgram(questions, {
      command: exec,
      timeout: timeout * 1000,
      batch,
      hello: true,
      signal,
      onReply: ({ vector }, reply) => {
        results.push(judgeReply(vector, reply));
        progress?.update(results.length);
      },
    }),
  ).finally(() => progress?.stop());
  return { results, run: done, ...(interrupted !== undefined && { interrupted }) };
}
