import {
  type Fields,
  HELLO,
  outOfScope,
  type Question,
  type Reply,
  readHello,
} from '../conformance/index.js';
import { LineProgram } from './line-program.js';
import { CANNOT_START, INTERRUPTED, MAX_ANSWERS, MAX_UNASKED, TOO_MUCH } from './program-limits.js';
import type { ProgramRun, RunProgramOptions } from './program-run.js';
import { readAnswer } from './read-answer.js';

/** Garbage that is shown. */
const MAX_NOTES = 20;

/** As `runProgram` with `batch`. `hello` has a start of its own: such a program says nothing before its input ends. */
export async function askAtOnce(
  questions: readonly Question[],
  { hello = false, onReply, ...options }: RunProgramOptions,
): Promise<ProgramRun> {
  if (!hello) return askAll(questions, options, onReply);
  const told: Reply[] = [];
  const first = await askAll([{ request: HELLO }], options, (_, reply) => void told.push(reply));
  const [said = { kind: 'no-answer', note: '' }] = told;
  const { capabilities, problems } = readHello(said);
  const inside: Question[] = [];
  const outside = new Map<Question, string>();
  for (const question of questions) {
    const why = said.kind === 'not-asked' ? said.note : outOfScope(capabilities, question);
    if (why === undefined) inside.push(question);
    else outside.set(question, why);
  }
  const replies = new Map<Question, Reply>();
  const main =
    inside.length === 0
      ? first
      : await askAll(inside, options, (question, reply) => {
          replies.set(question, reply);
        });
  for (const question of questions) {
    const note = outside.get(question) ?? '';
    await onReply(question, replies.get(question) ?? { kind: 'not-asked', note });
  }
  const starts = main === first ? 1 : first.starts + main.starts;
  return { ...main, starts, notes: [...problems, ...main.notes], capabilities };
}

/**
 * All questions, the end of the input, then the answers in any order; see `runProgram`. The time runs anew with every
 * answer, and with nothing else: who talks about other things gets no more of it.
 */
async function askAll<Asked extends { readonly request: { readonly id: string } }>(
  questions: readonly Asked[],
  { command, timeout, signal }: Pick<RunProgramOptions, 'command' | 'timeout' | 'signal'>,
  onReply: (question: Asked, reply: Reply) => Promise<void> | void,
): Promise<ProgramRun> {
  const program = new LineProgram(command);
  const wanted = new Set(questions.map(({ request }) => request.id));
  const answers = new Map<string, Fields>();
  const garbage = new Set<string>();
  let stopped: Reply | undefined;
  const stop = (): void => {
    stopped = { kind: 'not-asked', note: INTERRUPTED };
    program.kill();
  };
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();

  const take = async (): Promise<Reply> => {
    let deadline = Date.now() + timeout;
    let kept = 0;
    let unasked = 0;
    for (;;) {
      const line = await program.next(deadline);
      const note = program.stderrNote;
      if (line === 'timeout') return { kind: 'timeout', note: `no answer in time${note}` };
      if (line === 'end') return silence(program);
      if (unasked > MAX_UNASKED) {
        return { kind: 'timeout', note: `no answer in ${MAX_UNASKED >> 20} MiB of other lines${note}` };
      }
      if (kept > MAX_ANSWERS) return { kind: 'not-asked', note: TOO_MUCH };
      const read = readAnswer(line.text);
      if (typeof read !== 'string' && wanted.has(read.id) && !answers.has(read.id)) {
        answers.set(read.id, read.fields);
        kept += line.text.length;
        unasked = 0;
        deadline = Date.now() + timeout;
        continue;
      }
      unasked += line.text.length;
      if (typeof read === 'string' && garbage.size < MAX_NOTES) garbage.add(read);
    }
  };
  // Killed as soon as no more is expected of it, or the sending below could wait for ever for a program that reads nothing.
  const taken = take().then((rest) => {
    if (!program.ended) program.kill();
    return rest;
  });
  for (const { request } of questions) {
    if (program.ended) break;
    await program.sendSlowly(`${JSON.stringify(request)}\n`);
  }
  program.endInput();
  const rest = await taken;
  if (program.unstartable) stopped ??= { kind: 'not-asked', note: CANNOT_START };
  signal?.removeEventListener('abort', stop);
  for (const question of questions) {
    const fields = answers.get(question.request.id);
    await onReply(question, fields === undefined ? (stopped ?? rest) : { kind: 'answer', fields });
  }
  const unstartable = program.unstartable ? { unstartable: program.endNote } : {};
  return { starts: 1, notes: [...garbage], ...unstartable };
}

function silence(program: LineProgram): Reply {
  if (program.failed) return { kind: 'crashed', note: program.endNote };
  return { kind: 'no-answer', note: 'the program ended without an answer' };
}
