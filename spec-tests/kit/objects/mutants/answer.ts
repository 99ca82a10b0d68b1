import { isPresent, type Members, member, type Place, readList, readOctets } from 'pathsec/questions';
import type { Fields, Request } from '../../../../src/conformance/vector.js';
import { badMember } from '../../../../src/questions/place.js';
import { UNSUPPORTED } from '../../mutant.js';
import { readText } from '../../read.js';
import { type Issuer, readIssuer } from './certificate.js';
import { type Content, readContent } from './content.js';
import { revocation } from './crl.js';
import { must, Refused } from './der.js';
import { readObject } from './envelope.js';
import type { Parts } from './parts.js';

/** What a validator of these parts answers to a request of the suite `objects`. */
export function answerWith(parts: Parts, request: Request): Fields {
  if (request.op === 'decode-aspa-content') {
    const octets = octetsAt(member(request, 'content'));
    return outcome('ok', 'error', () => readContent(parts, octets));
  }
  if (request.op !== 'verify-aspa-object') return UNSUPPORTED;
  const issuer = readIssuer(parts, octetsAt(member(request, 'issuer')));
  return outcome('valid', 'not-valid', () => verifyObject(parts, request, issuer));
}

function outcome(good: string, bad: string, read: () => Content): Fields {
  try {
    const { customer, providers } = read();
    return { outcome: good, customer, providers };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { outcome: bad };
  }
}

function verifyObject(parts: Parts, request: Members, issuer: Issuer): Content {
  const time = member(request, 'time');
  const now = Date.parse(readText(time)) / 1000;
  if (Number.isNaN(now)) throw badMember(time.path, 'a time');
  const { content, certificate } = readObject(parts, octetsAt(member(request, 'object')), issuer, now);
  if (!parts.looksAtCrls) return content;
  const found = revocation(parts, readCrls(member(request, 'crl')), certificate.serial, issuer, now);
  must(found !== 'revoked', 'RFC 6487 §7.2 step 5: revoked');
  must(found !== 'unknown' || parts.unusableCrl === 'nothing', 'RFC 6487 §7.2 step 5: no CRL to be used');
  return content;
}

const octetsAt = (place: Place): Buffer => Buffer.from(readOctets(place));

function readCrls(place: Place): readonly Buffer[] {
  if (Array.isArray(place.value)) return readList(place, octetsAt);
  return isPresent(place) ? [octetsAt(place)] : [];
}
