import { formatPrefix } from '../inet/index.js';
import type { Vrp } from '../payload/index.js';
import {
  member,
  type OriginQuestion,
  optional,
  type Place,
  readAnyAsn,
  readFields,
  readList,
  readNumber,
  readOriginQuestion,
  readPath,
  readPrefix,
} from '../questions/index.js';
import { createRovTable, explainOrigin, originAs } from '../rov/index.js';
import { type Answer, answerBy, type Operation, RequestError } from './request.js';
import { inField } from './request-fields.js';
import type { Json, Request } from './vector.js';

const OPERATIONS: Readonly<Record<string, Operation<[], Answer>>> = {
  'validate-origin': { answer: validate },
  revalidate: { members: ['tables', 'prefix', 'origin'], answer: revalidate },
  'origin-as': { members: ['path', 'asPath', 'ownAs'], answer: origin },
};

/**
 * Answers a request of the suite `rov` (docs/conformance-interface.md) with the public functions of the product:
 * `validate-origin` (RFC 6811 §2) and `origin-as`, the Route Origin ASN of an AS_PATH.
 *
 * @throws {RequestError} for a request that cannot be read.
 */
export function answerRov(request: Request): Answer {
  return answerBy(OPERATIONS, request);
}

function validate(request: Request): Answer {
  const vrps = readList(member(request, 'vrps'), readVrp);
  const table = inField('vrps', () => createRovTable(vrps));
  const question = readOriginQuestion(request, originAs, { besides: ['vrps'] });
  const { validity, matched, unmatchedAs, unmatchedLength } = explainOrigin(
    table,
    question.prefix,
    question.origin,
  );
  return {
    validity,
    matched: matched.map(vrpJson),
    unmatchedAs: unmatchedAs.map(vrpJson),
    unmatchedLength: unmatchedLength.map(vrpJson),
  };
}

/** A route that stays while the VRPs change: its state under one table after the other (RFC 6811 §4). */
function revalidate(request: Request): Answer {
  const { prefix, origin } = readHeldOrigin(request);
  const tables = readList(member(request, 'tables'), (place) =>
    inField(place.path, () => createRovTable(readList(place, readVrp))),
  );
  return { validities: tables.map((table) => explainOrigin(table, prefix, origin).validity) };
}

/** The route of a request `revalidate`. */
export function readHeldOrigin(request: Request): OriginQuestion {
  const origin = optional(member(request, 'origin'), readAnyAsn, undefined);
  return { prefix: readPrefix(member(request, 'prefix')), origin };
}

function origin(request: Request): Answer {
  const [first, second] = [member(request, 'asPath'), member(request, 'path')];
  if (first.value !== undefined && second.value !== undefined) {
    throw new RequestError('path', 'the same member as asPath; give one of them', 'member-twice');
  }
  const ownAs = optional(member(request, 'ownAs'), readAnyAsn, undefined);
  return { origin: originAs(readPath(second.value === undefined ? first : second), ownAs) ?? null };
}

/** One VRP of a request: `{ prefix, maxLength, asn }`. */
export function readVrp(place: Place): Vrp {
  const fields = readFields(place, ['prefix', 'maxLength', 'asn']);
  const at = (name: string): Place => member(fields, name, place.path);
  const prefix = readPrefix(at('prefix'));
  const bits = 8 * prefix.octets.length;
  const maxLength = optional(at('maxLength'), (one) => readNumber(one, prefix.length, bits), prefix.length);
  return { prefix, maxLength, asn: readAnyAsn(at('asn')) };
}

function vrpJson({ prefix, maxLength, asn }: Vrp): Json {
  return { prefix: formatPrefix(prefix), maxLength, asn };
}
