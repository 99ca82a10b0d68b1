import { DecodeError, requireJsonDepth, requireUniqueNames } from '../../bytes/index.js';
import { exactIdText, type Members } from '../../questions/index.js';
import { openInput } from './input.js';
import type { Io } from './io.js';
import { type Line, readLines } from './lines.js';
import { createInputProblems } from './problem-log.js';

/** Answers the members of one line, without the id; throws DecodeError for a question that it cannot read. */
export type Answerer = (members: Members) => object | Promise<object>;

/**
 * The batch contract of every command (docs/cli.md): answers the JSON Lines of a file, or of stdin for `-`, in order, one line each; blank
 * lines are passed over. A question that cannot be read gets `{"id"?, "error": {"code", "message", "line", "field"?}}` and
 * the run goes on. Lines that came together are answered before more is waited for, so that a program may hold a dialogue.
 *
 * @param ahead how many questions are under way at once, for an `answer` that works off this thread or on many together.
 * @param say what is written of an answer; its JSON when absent.
 * @returns the exit code: 2 if any question could not be read, else 0.
 */
export async function answerJsonLines(
  file: string,
  answer: Answerer,
  io: Io,
  ahead = 1,
  say = (json: string): string => json,
): Promise<number> {
  const faults = createInputProblems(io);
  let number = 0;
  let answers = '';
  const open: ReturnType<typeof answerLine>[] = [];
  const take = async (): Promise<void> => {
    const { text, refused } = await (open.shift() as ReturnType<typeof answerLine>);
    if (refused) faults.count(file, 'refused'); // the answer tells of it
    answers += `${say(text)}\n`;
    if (answers.length > 1 << 16) await flush();
  };
  const flush = async (): Promise<void> => {
    const written = answers;
    answers = '';
    if (written !== '') await io.stdout.write(written);
  };
  for await (const lines of readLines(openInput(file, io))) {
    for (const line of lines) {
      number++;
      if (!line.overlong && line.text.trim() === '') continue;
      const answered = answerLine(line, number, answer);
      answered.catch(() => {}); // thrown where it is its turn
      open.push(answered);
      if (open.length >= ahead) await take();
    }
    while (open.length > 0) await take();
    await flush();
  }
  return faults.end();
}

/** The answer to one line, as JSON: the id as it came, then the members of `answer`, or an error. */
export async function answerLine(
  line: Line,
  number: number,
  answer: Answerer,
): Promise<{ readonly text: string; readonly refused: boolean }> {
  let id = '';
  try {
    if (line.overlong) throw new DecodeError('line-too-long', 'a line is at most 16 MiB');
    const members = parseObject(line.text);
    id = idMember(line.text, members.id);
    requireUniqueNames(line.text, 'id');
    return { text: withId(id, await answer(members)), refused: false };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { text: withId(id, { error: lineError(error, number) }), refused: true };
  }
}

/** A fault of a line of a batch: what it is, and the number of the line, from 1. */
export function lineError({ code, field, message }: DecodeError, line: number): object {
  return { code, message, line, ...(field !== '' && { field }) };
}

function idMember(line: string, id: unknown): string {
  return id === undefined ? '' : `"id":${exactIdText(line, id) ?? JSON.stringify(id)},`;
}

/** Answers are never empty, so that the comma behind the id is always right. */
function withId(id: string, answer: object): string {
  return `{${id}${JSON.stringify(answer).slice(1)}`;
}

/** Levels of a question; only an `id` can have as many. */
const DEEPEST = 1 << 16;

function parseObject(text: string): Members {
  requireJsonDepth(text, DEEPEST);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DecodeError('json-syntax', 'not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DecodeError('json-type', 'not a JSON object');
  }
  return value as Members;
}
