import { formatExplanation, verifyAsPath } from '../aspa/index.js';
import { member, readPathQuestion } from '../questions/index.js';
import { answerRequest } from './answer.js';
import { readTable, TABLE_MEMBERS } from './aspa-fields.js';
import type { Fields, Request } from './vector.js';

/** Characters of a value that are shown. */
const MAX_VALUE = 600;

/**
 * Our evidence for a case, as lines for a person: the drawing of both ramps for AS_PATH verification, for other operations
 * what this implementation answers, intermediate values included.
 *
 * @throws {RequestError} for a request that cannot be read.
 */
export async function explainRequest(request: Request): Promise<readonly string[]> {
  if (request.suite === 'aspa' && request.op === 'verify-path') {
    const table = readTable(request, member(request, 'aspas'));
    return formatExplanation(verifyAsPath(table, readPathQuestion(request, { besides: TABLE_MEMBERS })))
      .trimEnd()
      .split('\n');
  }
  return valueLines(await answerRequest(request));
}

function valueLines(answer: Fields): string[] {
  return Object.entries(answer).map(([name, value]) => {
    const text = JSON.stringify(value);
    return `${name}: ${text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text}`;
  });
}
