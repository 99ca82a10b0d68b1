import { diffAspaTables, recommendedMitigation, verifyAsPath } from '../aspa/index.js';
import { answerHeldRoutes, answerSequence } from './answer-aspa-sequence.js';
import { answerUpdate } from './answer-aspa-update.js';
import { readAnyAsn, readTable, readVerification } from './aspa-fields.js';
import { type Answer, RequestError } from './request.js';
import { member, optional, readAsn, readOneOf } from './request-fields.js';
import type { Request } from './vector.js';

const OPERATIONS: Readonly<Record<string, (request: Request) => Answer>> = {
  'verify-path': verifyPath,
  'verify-sequence': answerSequence,
  'hold-routes': answerHeldRoutes,
  'verify-update': answerUpdate,
  'compare-tables': compareTables,
  authorized,
  mitigate,
};

/**
 * Answers a request of the suite `aspa` (docs/conformance-interface.md) with the public functions of the product.
 *
 * @throws {RequestError} for a request that cannot be read.
 */
export function answerAspa(request: Request): Answer {
  const operation = Object.hasOwn(OPERATIONS, request.op) ? OPERATIONS[request.op] : undefined;
  if (operation === undefined) throw new RequestError('op', `no operation ${JSON.stringify(request.op)}`);
  return operation(request);
}

/** draft-28 §5.5 and §5.6 for one path. The family changes nothing (draft-28 §7.1), but has to be one of the two. */
function verifyPath(request: Request): Answer {
  const table = readTable(request, member(request, 'aspas'));
  optional(member(request, 'family'), (place) => readOneOf(place, ['ipv4-unicast', 'ipv6-unicast']), '');
  const { outcome, step, n, ramps, compressedAsPath } = verifyAsPath(table, readVerification(request));
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
