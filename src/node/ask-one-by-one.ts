import type { Question, Reply } from '../conformance/index.js';
import { LineProgram } from './line-program.js';
import { INTERRUPTED, MAX_ANSWERS, MAX_FAILURES, MAX_UNASKED, TOO_MUCH } from './program-limits.js';
import type { ProgramRun, RunProgramOptions } from './program-run.js';
import { readAnswer } from './read-answer.js';

/** What came back, and how much of it has to be kept. */
interface Asked {
  readonly reply: Reply;
  readonly length: number;
}

/** Each question when the one before has its reply; see `runProgram`. */
export async function askOneByOne(
  questions: readonly Question[],
  { command, timeout, signal, onReply }: RunProgramOptions,
): Promise<ProgramRun> {
  const notes = new Set<string>();
  const done = new Set<string>();
  let program: LineProgram | undefined;
  let starts = 0;
  let failures = 0;
  let kept = 0;
  let stopped: string | undefined;
  let unstartable: string | undefined;
  const stop = (): void => {
    stopped = INTERRUPTED;
    program?.kill();
  };
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  const start = (): LineProgram => {
    starts++;
    program = new LineProgram(command);
    return program;
  };
  const onLate = (late: string): boolean => {
    if (done.has(late)) notes.add(`an answer to ${late} came late`);
    return done.has(late);
  };
  for (const question of questions) {
    if (stopped !== undefined) {
      await onReply(question, { kind: 'not-asked', note: stopped });
      continue;
    }
    let current = program === undefined || program.ended ? start() : program;
    let { reply, length } = await ask(current, question, timeout, onLate);
    if (reply.kind === 'crashed' && current.answers > 0 && !current.failed) {
      // It ended in order after an earlier answer, before it saw this question.
      current = start();
      ({ reply, length } = await ask(current, question, timeout, onLate));
    }
    if (reply.kind === 'answer') current.answers++;
    done.add(question.request.id);
    kept += length;
    failures = FAILURES.has(reply.kind) ? failures + 1 : 0;
    // `stop` may have run while the answer was waited for.
    if (stopped !== undefined) reply = { kind: 'not-asked', note: stopped };
    else if (starts === 1 && current.unstartable) {
      unstartable = current.endNote;
      stopped = 'the program could not be started';
    } else if (failures >= MAX_FAILURES) stopped = `given up after ${failures} failures in a row`;
    else if (kept > MAX_ANSWERS) stopped = TOO_MUCH;
    await onReply(question, reply);
  }
  signal?.removeEventListener('abort', stop);
  if (program !== undefined && !program.ended && !(await endsWithInput(program, timeout, signal))) {
    notes.add('the program did not end when its input ended, and was killed');
  }
  return { starts, notes: [...notes], ...(unstartable === undefined ? {} : { unstartable }) };
}

const FAILURES: ReadonlySet<Reply['kind']> = new Set(['crashed', 'timeout', 'no-answer']);

async function ask(
  program: LineProgram,
  { request }: Question,
  timeout: number,
  onLate: (id: string) => boolean,
): Promise<Asked> {
  program.send(`${JSON.stringify(request)}\n`);
  const deadline = Date.now() + timeout;
  let unasked = 0;
  const without = (reply: Reply): Asked => ({ reply, length: 0 });
  for (;;) {
    const line = await program.next(deadline);
    if (line === 'timeout' || unasked > MAX_UNASKED) {
      const hint =
        line === 'timeout'
          ? 'no answer in time; a program has to flush its output after every line'
          : `no answer in ${MAX_UNASKED >> 20} MiB of other lines`;
      const note = `${hint}${program.stderrNote}`;
      program.kill();
      return without({ kind: 'timeout', note });
    }
    if (line === 'end') return without({ kind: 'crashed', note: program.endNote });
    const read = readAnswer(line.text);
    if (typeof read === 'string') return without({ kind: 'garbage', note: read });
    if (read.id === request.id) {
      return { reply: { kind: 'answer', fields: read.fields }, length: line.text.length };
    }
    if (!onLate(read.id)) {
      const id = JSON.stringify(read.id.slice(0, 200));
      return without({ kind: 'garbage', note: `an answer to ${id}, which was not asked` });
    }
    unasked += line.text.length;
  }
}

/** Closes the input and waits for the end; what is still said counts no more. Kills a program that goes on. */
async function endsWithInput(program: LineProgram, timeout: number, signal?: AbortSignal): Promise<boolean> {
  const stop = (): void => program.kill();
  signal?.addEventListener('abort', stop);
  program.endInput();
  const deadline = Date.now() + timeout;
  let said = 0;
  let line = await program.next(deadline);
  while (line !== 'end' && line !== 'timeout' && said <= MAX_UNASKED) {
    said += line.text.length;
    line = await program.next(deadline);
  }
  signal?.removeEventListener('abort', stop);
  if (line !== 'end') program.kill();
  return line === 'end';
}
