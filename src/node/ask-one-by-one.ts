import {
  type Capabilities,
  HELLO,
  outOfScope,
  type Question,
  type Reply,
  type Request,
  readHello,
} from '../conformance/index.js';
import { LineProgram } from './line-program.js';
import {
  CANNOT_START,
  INTERRUPTED,
  MAX_ANSWERS,
  MAX_BARREN_STARTS,
  MAX_UNASKED,
  TOO_MUCH,
} from './program-limits.js';
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
  { command, timeout, hello = false, signal, onReply }: RunProgramOptions,
): Promise<ProgramRun> {
  const notes = new Set<string>();
  const done = new Set<string>();
  let program: LineProgram | undefined;
  let starts = 0;
  let barren = 0; // starts in a row, before the present one, that answered nothing
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
    if (program !== undefined) barren = program.answers > 0 ? 0 : barren + 1;
    starts++;
    program = new LineProgram(command);
    return program;
  };
  const isHopeless = (): boolean =>
    program?.ended === true && program.answers === 0 && barren + 1 >= MAX_BARREN_STARTS;
  const onLate = (late: string): boolean => {
    if (done.has(late)) notes.add(`an answer to ${late} came late`);
    return done.has(late);
  };
  const put = async (request: Request | typeof HELLO): Promise<Reply> => {
    let current = program === undefined || program.ended ? start() : program;
    let { reply, length } = await ask(current, request, timeout, onLate);
    if (reply.kind === 'crashed' && current.answers > 0 && !current.failed) {
      // It ended in order after an earlier answer, before it saw this question.
      current = start();
      ({ reply, length } = await ask(current, request, timeout, onLate));
    }
    if (reply.kind === 'answer') current.answers++;
    done.add(request.id);
    kept += length;
    if (stopped === undefined && starts === 1 && current.unstartable) {
      unstartable = current.endNote;
      stopped = CANNOT_START;
    }
    // `stop` may have run while the answer was waited for.
    return stopped === undefined ? reply : { kind: 'not-asked', note: stopped };
  };
  let capabilities: Capabilities | undefined;
  if (hello && stopped === undefined) {
    const read = readHello(await put(HELLO));
    capabilities = read.capabilities;
    for (const problem of read.problems) notes.add(problem);
  }
  for (const question of questions) {
    const outside = capabilities && outOfScope(capabilities, question);
    if (stopped === undefined && outside === undefined && isHopeless()) {
      stopped = `given up: ${MAX_BARREN_STARTS} starts in a row answered nothing`;
    }
    const unasked = stopped ?? outside;
    await onReply(
      question,
      unasked === undefined ? await put(question.request) : { kind: 'not-asked', note: unasked },
    );
    if (kept > MAX_ANSWERS) stopped ??= TOO_MUCH;
  }
  signal?.removeEventListener('abort', stop);
  if (program !== undefined && !program.ended && !(await endsWithInput(program, timeout, signal))) {
    notes.add('the program did not end when its input ended, and was killed');
  }
  const cannot = unstartable === undefined ? {} : { unstartable };
  return { starts, notes: [...notes], ...(capabilities && { capabilities }), ...cannot };
}

async function ask(
  program: LineProgram,
  request: Request | typeof HELLO,
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
