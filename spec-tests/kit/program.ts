// A program under test with one known mistake, named as first argument: `program.ts aspa-P1`; `none` has none. It answers
// requests on stdin, one JSON object on a line (docs/conformance-interface.md).
import { createInterface } from 'node:readline';
import { answerHello, HELLO } from '../../src/conformance/hello.js';
import { type Request, SUITES } from '../../src/conformance/vector.js';
import { answerWithMistake, mistakesOf } from './answerer.js';

const [, , id = 'none'] = process.argv;
const known = SUITES.flatMap(mistakesOf);
if (id !== 'none' && !known.includes(id))
  throw new RangeError(`no mistake ${id}; there are ${known.join(', ')}`);

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  const request = JSON.parse(line) as Request;
  const answer = (request.op as string) === HELLO.op ? answerHello() : answerWithMistake(id, request);
  process.stdout.write(`${JSON.stringify({ id: request.id, ...answer })}\n`);
}
