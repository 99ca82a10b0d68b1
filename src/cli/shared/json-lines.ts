import { DecodeError } from '../../bytes/index.js';
import { EXIT, type Io } from './io.js';
import { type Line, readLines } from './lines.js';

/**
 * The batch contract of every command: answers the JSON Lines of `input` in order, one line each; blank lines are passed
 * over. A malformed line gives `{"id"?, "error": {"code", "message"}}` and the run goes on. Lines that came together are
 * answered before more is read, so that a program may hold a dialogue.
 *
 * @param answer gets the members of one line and returns those of the answer, without the id; throws DecodeError for a
 * line that it cannot read.
 * @returns the exit code: 2 if any line was malformed, else 0.
 */
export async function answerJsonLines(
  input: AsyncIterable<Uint8Array>,
  answer: (members: Record<string, unknown>) => object | Promise<object>,
  io: Io,
): Promise<number> {
  let malformed = false;
  for await (const lines of readLines(input)) {
    let answers = '';
    for (const line of lines) {
      if (!line.overlong && line.text.trim() === '') continue;
      const answered = await answerLine(line, answer);
      if ('error' in answered) malformed = true;
      answers += `${JSON.stringify(answered)}\n`;
      if (answers.length > 1 << 16) {
        await io.stdout.write(answers);
        answers = '';
      }
    }
    if (answers !== '') await io.stdout.write(answers);
  }
  return malformed ? EXIT.usage : EXIT.done;
}

/** The answer to one line: members of `answer` behind the id, or an error object. */
export async function answerLine(
  line: Line,
  answer: (members: Record<string, unknown>) => object | Promise<object>,
): Promise<object> {
  let id: unknown;
  const named = () => (id === undefined ? {} : { id });
  try {
    if (line.overlong) throw new DecodeError('line-too-long', 'a line is at most 16 MiB');
    const members = parseObject(line.text);
    id = members.id;
    return { ...named(), ...(await answer(members)) };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { ...named(), error: { code: error.code, message: error.message } };
  }
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DecodeError('json-syntax', 'not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DecodeError('json-type', 'not a JSON object');
  }
  return value as Record<string, unknown>;
}
