import { BgpError, decodeMessage, negotiateBgpsec, type OpenMessage } from '../bgp/index.js';
import {
  computeSki,
  octetsToHash,
  pathLength,
  reconstructAsPath,
  type SignatureEngine,
  spkiFault,
  verifyUpdate,
} from '../bgpsec/index.js';
import { DecodeError, toHex } from '../bytes/index.js';
import {
  member,
  optional,
  type Place,
  readAsn,
  readList,
  readOctets,
  readUpdateQuestion,
} from '../questions/index.js';
import { SENDING_MEMBERS, sending } from './answer-bgpsec-sending.js';
import {
  SIGN_MEMBERS,
  sign,
  VERIFY_SIGNATURES_MEMBERS,
  verifySignatures,
} from './answer-bgpsec-signatures.js';
import { verdictAnswer } from './bgpsec-evidence.js';
import { readAnnounced, readSegment, readSignedSegment } from './bgpsec-segments.js';
import { asPathJson, portableEngine, readRouterKeys, readSuite, readSuites } from './bgpsec-session.js';
import { type Answer, answerBy, type Operation, RequestError } from './request.js';
import { inField } from './request-fields.js';
import type { Request } from './vector.js';

const OPERATIONS: Readonly<Record<string, Operation<[SignatureEngine], Answer>>> = {
  'verify-update': { answer: verify },
  'octets-to-hash': { members: ['path', 'target', 'algorithmSuite', 'safi', 'prefix'], answer: hash },
  'reconstruct-as-path': { members: ['securePath'], answer: reconstruct },
  originate: { members: SENDING_MEMBERS, answer: sending },
  forward: { members: SENDING_MEMBERS, answer: sending },
  'verify-signatures': { members: VERIFY_SIGNATURES_MEMBERS, answer: verifySignatures },
  sign: { members: SIGN_MEMBERS, answer: sign },
  negotiate: { members: ['own', 'peer'], answer: negotiate },
  'import-key': { members: ['spki'], answer: importKey },
};

/**
 * Answers a request of the suite `bgpsec` (docs/conformance-interface.md) with the public functions of the product.
 * `engine` verifies and signs; by default the portable one, whose signatures are deterministic (RFC 6979).
 *
 * @throws {RequestError} for a request that cannot be read.
 */
export function answerBgpsec(request: Request, engine: SignatureEngine = portableEngine()): Answer {
  return answerBy(OPERATIONS, request, engine);
}

/** RFC 8205 §5.2 on a whole UPDATE message. */
function verify(request: Request, engine: SignatureEngine): Answer {
  const { message, session, attributeType, extendedMessages } = readUpdateQuestion(request, {
    besides: ['keys', 'suites'],
  });
  const keys = optional(member(request, 'keys'), readRouterKeys, readRouterKeys({ path: 'keys', value: [] }));
  const suites = readSuites(request, engine);
  try {
    const options = {
      exhaustive: true,
      attributeType: attributeType ?? 33,
      extendedMessages: extendedMessages ?? true,
    };
    return verdictAnswer(verifyUpdate(message, session, { keys, suites }, options));
  } catch (error) {
    if (error instanceof BgpError) return { verdict: 'session-reset', reason: error.code };
    if (error instanceof DecodeError) throw new RequestError('message', error.message);
    throw error;
  }
}

/** RFC 8205 §4.2 Figure 8 and §5.2 Figure 9: the octets to be hashed for every signature of a path, newest first. */
function hash(request: Request, engine: SignatureEngine): Answer {
  const path = readList(member(request, 'path'), readSignedSegment);
  const suite = optional(member(request, 'algorithmSuite'), readSuite, 1);
  const announced = readAnnounced(request);
  const target = readAsn(member(request, 'target'));
  const block = { suite, signatures: path };
  const octets = path.map((_, i) =>
    octetsToHash(
      { segments: path, blocks: [block] },
      block,
      path.length - i,
      path[i - 1]?.asn ?? target,
      announced,
    ),
  );
  return { octetsHashed: octets.map(toHex), digests: octets.map((one) => toHex(engine.digest(one))) };
}

/** RFC 8205 §4.4, and the length that route selection sees (RFC 5065 §5.3). */
function reconstruct(request: Request): Answer {
  const segments = readList(member(request, 'securePath'), readSegment);
  return { asPath: asPathJson(reconstructAsPath(segments)), pathLength: pathLength(segments) };
}

/** RFC 8205 §2.2: what two OPENs allow, as `own` sees it. */
function negotiate(request: Request): Answer {
  const { ipv4, ipv6 } = negotiateBgpsec(readOpen(member(request, 'own')), readOpen(member(request, 'peer')));
  return {
    ipv4: { send: ipv4.send.negotiated, receive: ipv4.receive.negotiated },
    ipv6: { send: ipv6.send.negotiated, receive: ipv6.receive.negotiated },
  };
}

function readOpen(place: Place): OpenMessage {
  const octets = readOctets(place);
  const message = inField(place.path, () => decodeMessage(octets));
  if (message.kind !== 'open') throw new RequestError(place.path, 'must be an OPEN message');
  return message;
}

/** RFC 8608 §3.1: whether a SubjectPublicKeyInfo is a router key, and its SKI (RFC 6487 §4.8.2). */
function importKey(request: Request, engine: SignatureEngine): Answer {
  const spki = readOctets(member(request, 'spki'));
  const fault = spkiFault(spki);
  const usable = engine.usableKey(spki);
  if (usable !== (fault === undefined)) throw new Error('the engine and the check of keys disagree');
  return usable ? { usable, ski: toHex(computeSki(spki)) } : { usable, fault: fault ?? '' };
}
