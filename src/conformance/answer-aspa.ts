import { diffAspaTables, recommendedMitigation, verifyAsPath } from '../aspa/index.js';
import { member, readAnyAsn, readAsn, readOneOf, readPathQuestion } from '../questions/index.js';
import { answerHeldRoutes, answerSequence } from './answer-aspa-sequence.js';
import { answerUpdate } from './answer-aspa-update.js';
import { readTable, TABLE_MEMBERS } from './aspa-fields.js';
import { type Answer, answerBy, type Operation } from './request.js';
import type { Request } from './vector.js';

const OPERATIONS: Readonly<Record<string, Operation<[], Answer>>> = {
  'verify-path': { answer: verifyPath },
  'verify-sequence': { members: [...TABLE_MEMBERS, 'steps'], answer: answerSequence },
  'hold-routes': { members: [...TABLE_MEMBERS, 'steps'], answer: answerHeldRoutes },
  'verify-update': {
    members: [...TABLE_MEMBERS, 'message', 'asnSize', 'session', 'neighborAs', 'neighborRole'],
    answer: answerUpdate,
  },
  'compare-tables': { members: ['maxProviders', 'first', 'second'], answer: compareTables },
  authorized: { members: [...TABLE_MEMBERS, 'customer', 'provider'], answer: authorized },
  mitigate: { members: ['outcome'], answer: mitigate },
};

/**
 * Answers a request of the suite `aspa` (docs/conformance-interface.md) with the public functions of the product.
 *
 * @throws {RequestError} for a request that cannot be read.
 */
export function answerAspa(request: Request): Answer {
  return answerBy(OPERATIONS, request);
}

/** draft-28 §5.5 and §5.6 for one path. The family changes nothing (draft-28 §7.1). */
function verifyPath(request: Request): Answer {
  const table = readTable(request, member(request, 'aspas'));
  const question = readPathQuestion(request, { besides: TABLE_MEMBERS });
  const { outcome, step, n, ramps, compressedAsPath } = verifyAsPath(table, question);
  return { outcome, step, n, ramps: ramps && { ...ramps }, compressedAsPath };
}

/** authorized(AS x, AS y) of draft-28 §5.3. */
function authorized(request: Request): Answer {
  const table = readTable(request, member(request, 'aspas'));
  const customer = readAsn(member(request, 'customer'));
  return { authorization: table.authorized(customer, readAnyAsn(member(request, 'provider'))) };
}

/** Whether two sets of ASPAs answer alike for every pair of ASes (draft-28 §5.3). */
function compareTables(request: Request): Answer {
  const first = readTable(request, member(request, 'first'));
  const second = readTable(request, member(request, 'second'));
  const { announced, withdrawn, changed } = diffAspaTables(first, second);
  return { equal: announced.length + withdrawn.length + changed.length === 0 };
}

/** The recommended mitigation policy of draft-28 §5.7. */
function mitigate(request: Request): Answer {
  const outcome = readOneOf(member(request, 'outcome'), ['valid', 'invalid', 'unknown']);
  return { ...recommendedMitigation(outcome) };
}
