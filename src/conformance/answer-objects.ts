import { DecodeError } from '../bytes/index.js';
import { member, optional, type Place, readList, readOctets } from '../questions/index.js';
import {
  type DamagedCrl,
  decodeAspaContent,
  decodeCertificate,
  decodeCrl,
  examineObject,
  inspectAspaContent,
  type ResourceCrl,
} from '../rpki/index.js';
import { type Answer, answerLater, type Operation, RequestError } from './request.js';
import { inField } from './request-fields.js';
import type { Request } from './vector.js';

const OPERATIONS: Readonly<Record<string, Operation<[], Answer | Promise<Answer>>>> = {
  'decode-aspa-content': { members: ['content'], answer: answerContent },
  'verify-aspa-object': { members: ['object', 'issuer', 'crl', 'time'], answer: answerObject },
};

/**
 * Answers a request of the suite `objects`: `decode-aspa-content` (aspa-profile §3) and `verify-aspa-object`
 * (aspa-profile §4, RFC 6488 §3, RFC 6487 §7.2).
 *
 * @throws {RequestError} for a malformed request.
 */
export function answerObjects(request: Request): Promise<Answer> {
  return answerLater(OPERATIONS, request);
}

function answerContent(request: Request): Answer {
  const octets = readOctets(member(request, 'content'));
  try {
    const content = decodeAspaContent(octets);
    const findings = inspectAspaContent(content).map(({ code }) => code);
    if (findings.length > 0) return { outcome: 'error', findings };
    return { outcome: 'ok', customer: content.customer, providers: [...content.providers] };
  } catch (error) {
    if (error instanceof DecodeError) return { outcome: 'error', findings: [error.code] };
    throw error;
  }
}

/** One object below one issuer that is believed, at a time that the request names. */
async function answerObject(request: Request): Promise<Answer> {
  const object = readOctets(member(request, 'object'));
  const issuer = member(request, 'issuer');
  const anchor = inField(issuer.path, () => decodeCertificate(readOctets(issuer)));
  const { crls, damagedCrls } = readCrls(member(request, 'crl'));
  const now = readTime(member(request, 'time'));
  const trustAnchors = [anchor];
  const material = { trustAnchors, certificates: [], crls, damagedCrls, now, overclaim: 'reject' } as const;
  const { verdict, findings, payloads } = await examineObject(object, material, 'asa');
  const codes = findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  if (verdict !== 'valid') return { outcome: 'not-valid', findings: codes };
  const [payload] = payloads.aspas;
  if (payload === undefined) return { outcome: 'not-valid', findings: codes };
  return { outcome: 'valid', customer: payload.customer, providers: [...payload.providers], findings: codes };
}

/** One CRL or a list of them; octets that are none are a CRL that cannot be used, not a malformed request. */
function readCrls(place: Place): {
  readonly crls: readonly ResourceCrl[];
  readonly damagedCrls: readonly DamagedCrl[];
} {
  const crls: ResourceCrl[] = [];
  const damagedCrls: DamagedCrl[] = [];
  const one = (item: Place) => readOctets(item);
  const several = Array.isArray(place.value);
  for (const octets of several ? readList(place, one) : optional(place, (item) => [one(item)], [])) {
    try {
      crls.push(decodeCrl(octets));
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      damagedCrls.push({ octets, fault: error.message });
    }
  }
  return { crls, damagedCrls };
}

/** Seconds since 1970 of a text such as `2026-06-01T00:00:00Z`. */
function readTime({ path, value }: Place): number {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) {
    const milliseconds = Date.parse(value);
    if (Number.isFinite(milliseconds)) return milliseconds / 1000;
  }
  throw new RequestError(path, 'must be a time such as 2026-06-01T00:00:00Z');
}
