import type { Asn, Prefix } from '../inet/index.js';
import { formatPrefix } from '../inet/index.js';
import type { Vrp } from '../payload/index.js';
import { createRovTable, explainOrigin, originAs } from '../rov/index.js';
import { readAnyAsn, readAsPath } from './aspa-fields.js';
import { type Answer, RequestError } from './request.js';
import {
  inField,
  isPresent,
  member,
  optional,
  type Place,
  readFields,
  readList,
  readNumber,
  readPrefix,
} from './request-fields.js';
import type { Json, Request } from './vector.js';

/**
 * Answers a request of the suite `rov` (docs/conformance-interface.md) with the public functions of the product:
 * `validate-origin` (RFC 6811 §2) and `origin-as`, the Route Origin ASN of an AS_PATH.
 *
 * @throws {RequestError} for a request that cannot be read.
 */
export function answerRov(request: Request): Answer {
  if (request.op === 'validate-origin') return validate(request);
  if (request.op === 'origin-as') return origin(request);
  throw new RequestError('op', `no operation ${JSON.stringify(request.op)}`);
}

function validate(request: Request): Answer {
  const vrps = readList(member(request, 'vrps'), readVrp);
  const table = inField('vrps', () => createRovTable(vrps));
  const prefix: Prefix = readPrefix(member(request, 'prefix'));
  const { validity, matched, unmatchedAs, unmatchedLength } = explainOrigin(
    table,
    prefix,
    readOrigin(request),
  );
  return {
    validity,
    matched: matched.map(vrpJson),
    unmatchedAs: unmatchedAs.map(vrpJson),
    unmatchedLength: unmatchedLength.map(vrpJson),
  };
}

/** The origin of the route: `origin`, null being NONE of RFC 6811 §2. */
function readOrigin(request: Request): Asn | undefined {
  const place = member(request, 'origin');
  if (place.value === undefined) throw new RequestError(place.path, 'must be an AS number or null');
  return optional(place, readAnyAsn, undefined);
}

function origin(request: Request): Answer {
  const ownAs = member(request, 'ownAs');
  const own = isPresent(ownAs) ? readAnyAsn(ownAs) : undefined;
  return { origin: originAs(readAsPath(member(request, 'asPath')), own) ?? null };
}

function readVrp(place: Place): Vrp {
  const fields = readFields(place);
  const at = (name: string): Place => member(fields, name, place.path);
  const prefix = readPrefix(at('prefix'));
  const bits = 8 * prefix.octets.length;
  const maxLength = optional(at('maxLength'), (one) => readNumber(one, prefix.length, bits), prefix.length);
  return { prefix, maxLength, asn: readAnyAsn(at('asn')) };
}

function vrpJson({ prefix, maxLength, asn }: Vrp): Json {
  return { prefix: formatPrefix(prefix), maxLength, asn };
}
