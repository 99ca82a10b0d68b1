import { type AspaRevision, type RevisionTables, verifyAsPath, verifyByRevision } from '../aspa/index.js';
import { DecodeError } from '../bytes/index.js';
import { readAspaRequest } from './aspa-request.js';
import { EXIT, type Io } from './io.js';
import { type Line, readLines } from './lines.js';

/** How a batch answers. */
export interface BatchOptions {
  readonly revision: AspaRevision;
  readonly explain: boolean;
}

/**
 * Answers the JSON Lines of `input` in order, one line each; blank lines are passed over. Lines that came together are
 * answered before more is read, so that a program may hold a dialogue.
 *
 * @returns the exit code: 2 if any line was malformed, else 0.
 */
export async function runBatch(
  input: AsyncIterable<Uint8Array>,
  tables: RevisionTables,
  options: BatchOptions,
  io: Io,
): Promise<number> {
  let malformed = false;
  for await (const lines of readLines(input)) {
    let answers = '';
    for (const line of lines) {
      if (!line.overlong && line.text.trim() === '') continue;
      const answer = answerLine(line, tables, options);
      if ('error' in answer) malformed = true;
      answers += `${JSON.stringify(answer)}\n`;
      if (answers.length > 1 << 16) {
        await io.stdout.write(answers);
        answers = '';
      }
    }
    if (answers !== '') await io.stdout.write(answers);
  }
  return malformed ? EXIT.usage : EXIT.done;
}

/** The answer to one line of the batch contract: outcome and, asked for, evidence; or an error object. */
export function answerLine(line: Line, tables: RevisionTables, options: BatchOptions): object {
  let id: unknown;
  try {
    if (line.overlong) throw new DecodeError('line-too-long', 'a line is at most 16 MiB');
    const members = parseObject(line.text);
    id = members.id;
    const request = readAspaRequest(members);
    const named = id === undefined ? {} : { id };
    if (options.explain && options.revision === '28') return { ...named, ...explained(tables, request) };
    return { ...named, outcome: verifyByRevision(tables, options.revision, request).outcome };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { ...(id === undefined ? {} : { id }), error: { code: error.code, message: error.message } };
  }
}

/** Ramps are null where steps 1 to 3 halted; `hops` is then empty. */
function explained(tables: RevisionTables, request: Parameters<typeof verifyAsPath>[1]): object {
  const { outcome, n, ramps, hops, step } = verifyAsPath(tables.union, request);
  return {
    outcome,
    length: n,
    maxUpRamp: ramps?.maxUpRamp ?? null,
    minUpRamp: ramps?.minUpRamp ?? null,
    maxDownRamp: ramps?.maxDownRamp ?? null,
    minDownRamp: ramps?.minDownRamp ?? null,
    hops,
    step,
  };
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
