import type { Fields, Question, Reply } from '../conformance/index.js';
import { LineProgram } from './line-program.js';

export interface RunProgramOptions {
  /** Command line for the shell. */
  readonly command: string;
  /** Milliseconds that one answer may take. */
  readonly timeout: number;
  /** Sends all requests at once and closes the input, for a program that answers when it has read everything. */
  readonly batch?: boolean;
  /** Called for every case, in order. */
  readonly onReply: (question: Question, reply: Reply) => Promise<void> | void;
}

/** What happened beside the answers. */
export interface ProgramRun {
  /** How often the program was started. */
  readonly starts: number;
  /** Things a reader should know: late answers, an end that had to be forced. */
  readonly notes: readonly string[];
}

/** Answers in a row that a program may fail to give by ending before it is given up. */
const MAX_CRASHES = 5;

/**
 * Asks a program questions, one JSON object a line on its stdin, and takes its answers from its stdout. Unless `batch` is
 * set, the next question is sent when the one before has its reply. A program that ends, by a crash or because it
 * answers one question only, is started again; one that is too late is killed first. Never throws because of what the
 * program does.
 */
export async function runProgram(
  questions: readonly Question[],
  options: RunProgramOptions,
): Promise<ProgramRun> {
  return options.batch ? askAtOnce(questions, options) : askOneByOne(questions, options);
}

async function askOneByOne(
  questions: readonly Question[],
  { command, timeout, onReply }: RunProgramOptions,
): Promise<ProgramRun> {
  const notes = new Set<string>();
  const done = new Set<string>();
  let program: LineProgram | undefined;
  let starts = 0;
  let crashes = 0;
  for (const question of questions) {
    const { id } = question.request;
    if (crashes >= MAX_CRASHES) {
      await onReply(question, { kind: 'not-asked', note: `given up after ${crashes} crashes in a row` });
      continue;
    }
    if (program === undefined || program.ended) {
      program = new LineProgram(command);
      starts++;
    }
    const onLate = (late: string) =>
      done.has(late) ? notes.add(`an answer to ${late} came late`) : undefined;
    let reply = await ask(program, question, timeout, onLate);
    if (reply.kind === 'crashed' && program.answers > 0 && !program.failed) {
      // It ended in order after an earlier answer, before it saw this question.
      program = new LineProgram(command);
      starts++;
      reply = await ask(program, question, timeout, onLate);
    }
    if (reply.kind === 'answer') program.answers++;
    done.add(id);
    if (reply.kind === 'timeout') program.kill();
    crashes = reply.kind === 'crashed' ? crashes + 1 : 0;
    await onReply(question, reply);
  }
  if (program !== undefined && !program.ended && !(await program.close(timeout))) {
    notes.add('the program did not end when its input ended, and was killed');
  }
  return { starts, notes: [...notes] };
}

async function ask(
  program: LineProgram,
  { request }: Question,
  timeout: number,
  onLate: (id: string) => unknown,
): Promise<Reply> {
  program.send(`${JSON.stringify(request)}\n`);
  const deadline = Date.now() + timeout;
  for (;;) {
    const line = await program.next(deadline - Date.now());
    if (line === 'timeout') {
      const hint = 'no answer in time; a program has to flush its output after every line';
      return { kind: 'timeout', note: `${hint}${program.stderrNote}` };
    }
    if (line === 'end') return { kind: 'crashed', note: program.endNote };
    const read = readAnswer(line.text);
    if (typeof read === 'string') return { kind: 'garbage', note: read };
    if (read.id === request.id) return { kind: 'answer', fields: read.fields };
    if (onLate(read.id) === undefined) {
      return { kind: 'garbage', note: `an answer to ${JSON.stringify(read.id)}, which was not asked` };
    }
  }
}

async function askAtOnce(
  questions: readonly Question[],
  { command, timeout, onReply }: RunProgramOptions,
): Promise<ProgramRun> {
  const program = new LineProgram(command);
  const answers = new Map<string, Fields>();
  const garbage: string[] = [];
  let ended: 'timeout' | 'end' | undefined;
  const take = async (): Promise<void> => {
    for (;;) {
      const line = await program.next(timeout);
      if (line === 'timeout' || line === 'end') {
        ended = line;
        return;
      }
      const read = readAnswer(line.text);
      if (typeof read === 'string') garbage.push(read);
      else if (!answers.has(read.id)) answers.set(read.id, read.fields);
    }
  };
  const taken = take();
  for (const { request } of questions) {
    if (program.ended || ended !== undefined) break;
    await program.sendSlowly(`${JSON.stringify(request)}\n`);
  }
  program.endInput();
  await taken;
  if (ended === 'timeout') program.kill();
  const silent = silence(program, ended === 'timeout');
  for (const question of questions) {
    const fields = answers.get(question.request.id);
    await onReply(question, fields === undefined ? silent : { kind: 'answer', fields });
  }
  return { starts: 1, notes: [...new Set(garbage)].slice(0, 20) };
}

function silence(program: LineProgram, late: boolean): Reply {
  if (late) return { kind: 'timeout', note: `no answer in time${program.stderrNote}` };
  if (program.failed) return { kind: 'crashed', note: program.endNote };
  return { kind: 'no-answer', note: 'the program ended without an answer' };
}

/** The id and the fields of a line, or what is wrong with it. */
function readAnswer(line: string): { readonly id: string; readonly fields: Fields } | string {
  const shown = line.length > 200 ? `${line.slice(0, 200)}…` : line;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return `a line that is not JSON: ${shown}`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return `a line that is no JSON object: ${shown}`;
  }
  const { id, ...fields } = value as Fields;
  return typeof id === 'string' ? { id, fields } : `an answer without the id of its request: ${shown}`;
}
