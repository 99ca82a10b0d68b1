import { createAsraTable, verifyAsra, verifyEgress } from '../aspa/index.js';
import type { AsraPayload } from '../payload/index.js';
import {
  member,
  optional,
  type Place,
  readAnyAsn,
  readAsn,
  readEgressQuestion,
  readFields,
  readList,
  readNumber,
  readOneOf,
  readPathQuestion,
} from '../questions/index.js';
import { readTable, TABLE_MEMBERS } from './aspa-fields.js';
import { type Answer, answerBy, type Operation } from './request.js';
import type { Request } from './vector.js';

const OPERATIONS: Readonly<Record<string, Operation<[], Answer>>> = {
  'verify-egress': { answer: answerEgress },
  'verify-asra': { answer: answerAsra },
};

/**
 * Answers a request of the suite `drafts` (docs/conformance-interface.md), individual drafts that no working group has taken up,
 * with the public functions of the product.
 *
 * @throws {RequestError} for a request that cannot be read.
 */
export function answerDrafts(request: Request): Answer {
  return answerBy(OPERATIONS, request);
}

/** draft-zhang-sidrops-aspa-egress §4 for one path. */
function answerEgress(request: Request): Answer {
  const table = readTable(request, member(request, 'aspas'));
  const mode = readOneOf(member(request, 'mode'), ['basic', 'augmented']);
  const question = readEgressQuestion(request, mode, {
    besides: [...TABLE_MEMBERS, 'mode'],
    suites: ['drafts'],
    operations: ['verify-egress'],
  });
  const { outcome, step, n, compressedAsPath } = verifyEgress(table, question);
  return { outcome, step, n, compressedAsPath };
}

/** draft-sriram-sidrops-asra-verification §4 for one path. */
function answerAsra(request: Request): Answer {
  const aspa = readTable(request, member(request, 'aspas'));
  const asra = createAsraTable(optional(member(request, 'asras'), (list) => readList(list, readAsra), []));
  const algorithm = readOneOf(member(request, 'algorithm'), ['A', 'B']);
  const question = readPathQuestion(request, {
    besides: [...TABLE_MEMBERS, 'asras', 'algorithm'],
    suites: ['drafts'],
    operations: ['verify-asra'],
  });
  const { outcome, asra: found } = verifyAsra({ aspa, asra }, algorithm, question);
  return { outcome, aspaOutcome: found.aspaOutcome, step: found.step };
}

/** One ASRA of a request: `{ asn, subcategory, neighbors }`. */
function readAsra(place: Place): AsraPayload {
  const fields = readFields(place, ['asn', 'subcategory', 'neighbors']);
  const at = (name: string): Place => member(fields, name, place.path);
  return {
    asn: readAsn(at('asn')),
    subcategory: readNumber(at('subcategory'), 1, 3) as AsraPayload['subcategory'],
    neighbors: readList(at('neighbors'), readAnyAsn),
  };
}
