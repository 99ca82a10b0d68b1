// A program under test with one known mistake, named as first argument: `program.ts aspa-P1`; `none` has none. It answers
// requests on stdin, one JSON object on a line (docs/conformance-interface.md). A mistake about objects leaves findings out
// of whole answers, which take seconds to make: the file of the second argument keeps them for the next program.
import { createInterface } from 'node:readline';
import { answerObjects } from '../../src/conformance/answer-objects.js';
import { answerHello, HELLO } from '../../src/conformance/hello.js';
import type { Request } from '../../src/conformance/vector.js';
import { answerWithMistake, mistakesOf } from './answerer.js';
import { keepAnswers } from './kept-answers.js';

const [, , id = 'none', file] = process.argv;
const known = Object.values(mistakesOf).flat();
if (id !== 'none' && !known.includes(id))
  throw new RangeError(`no mistake ${id}; there are ${known.join(', ')}`);

const whole = keepAnswers(file, answerObjects);
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  const request = JSON.parse(line) as Request;
  const answer =
    (request.op as string) === HELLO.op ? answerHello() : await answerWithMistake(id, request, whole.answer);
  process.stdout.write(`${JSON.stringify({ id: request.id, ...answer })}\n`);
}
whole.save();
