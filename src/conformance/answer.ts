import { answerAspa } from './answer-aspa.js';
import { answerBgpsec } from './answer-bgpsec.js';
import { answerDrafts } from './answer-drafts.js';
import { answerObjects } from './answer-objects.js';
import { answerRov } from './answer-rov.js';
import { answerRtr } from './answer-rtr.js';
import { answerHello, HELLO } from './hello.js';
import { type Answer, RequestError } from './request.js';
import { type Request, SUITES, type Suite } from './vector.js';

const ANSWERERS: Readonly<Record<Suite, (request: Request) => Answer | Promise<Answer>>> = {
  aspa: answerAspa,
  rov: answerRov,
  bgpsec: answerBgpsec,
  rtr: answerRtr,
  objects: answerObjects,
  drafts: answerDrafts,
};

/**
 * Answers a request of a program under test as pathsec does (docs/conformance-interface.md), with the public functions of
 * the other rooms alone; `hello`, which has no suite, by what it can do.
 *
 * @throws {RequestError} for a request that is malformed or of no suite and operation of the interface.
 */
export async function answerRequest(request: Request): Promise<Answer> {
  if (request.suite === undefined && request.op === HELLO.op) return answerHello();
  const suite = SUITES.find((name) => name === request.suite);
  if (suite === undefined) throw new RequestError('suite', `must be one of ${SUITES.join(', ')}`);
  if (typeof request.op !== 'string') throw new RequestError('op', 'an operation is needed');
  return ANSWERERS[suite](request);
}
