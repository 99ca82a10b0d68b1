import { BgpError, decodeMessage, negotiateBgpsec, type OpenMessage } from '../bgp/index.js';
import {
  type BgpsecResult,
  computeSki,
  octetsToHash,
  pathLength,
  reconstructAsPath,
  type SignatureEngine,
  type SignatureResult,
  spkiFault,
  verifyUpdate,
} from '../bgpsec/index.js';
import { DecodeError, toHex } from '../bytes/index.js';
import {
  member,
  optional,
  type Place,
  readAsn,
  readFields,
  readList,
  readNumber,
  readOctets,
  readPrefix,
  readUpdateQuestion,
} from '../questions/index.js';
import { SENDING_MEMBERS, sending } from './answer-bgpsec-sending.js';
import { asPathJson, portableEngine, readRouterKeys, readSuite, readSuites } from './bgpsec-session.js';
import { type Answer, answerBy, type Operation, RequestError } from './request.js';
import { inField } from './request-fields.js';
import type { Json, Request } from './vector.js';

/**
 * Octets to be hashed that an answer shows: of hundreds of hops they grow with the square, and the line would be too long.
 * Long paths are answered with their digests alone.
 */
const MAX_OCTETS_SHOWN = 131_072;

const SEGMENT_MEMBERS = ['pCount', 'flags', 'asn'] as const;

const OPERATIONS: Readonly<Record<string, Operation<[SignatureEngine], Answer>>> = {
  'verify-update': { answer: verify },
  'octets-to-hash': { members: ['path', 'target', 'algorithmSuite', 'safi', 'prefix'], answer: hash },
  'reconstruct-as-path': { members: ['securePath'], answer: reconstruct },
  originate: { members: SENDING_MEMBERS, answer: sending },
  forward: { members: SENDING_MEMBERS, answer: sending },
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
    return verifyAnswer(verifyUpdate(message, session, { keys, suites }, options));
  } catch (error) {
    if (error instanceof BgpError) return { verdict: 'session-reset', reason: error.code };
    if (error instanceof DecodeError) throw new RequestError('message', error.message);
    throw error;
  }
}

function verifyAnswer({ verdict, reason, asPath, pathLength: length, blocks }: BgpsecResult): Answer {
  const supported = blocks.filter(({ state }) => state !== 'unsupported');
  // Signatures that are not verified (RFC 8205 §4.3) have neither.
  const perBlock = (of: (one: SignatureResult) => Uint8Array | undefined): Json =>
    supported.map(({ signatures }) =>
      signatures.flatMap((one) => {
        const octets = of(one);
        return octets ? [toHex(octets)] : [];
      }),
    );
  const shown = supported
    .flatMap(({ signatures }) => signatures)
    .reduce((sum, { octets }) => sum + (octets?.length ?? 0), 0);
  return {
    verdict,
    reason,
    ...(asPath && { asPath: asPathJson(asPath) }),
    ...(length !== undefined && { pathLength: length }),
    ...(supported.length > 0 && {
      ...(shown <= MAX_OCTETS_SHOWN && { octetsHashed: perBlock(({ octets }) => octets) }),
      digests: perBlock(({ digest }) => digest),
    }),
  };
}

/** RFC 8205 §4.2 Figure 8 and §5.2 Figure 9: the octets to be hashed for every signature of a path, newest first. */
function hash(request: Request, engine: SignatureEngine): Answer {
  const path = readList(member(request, 'path'), (place) => {
    const fields = readFields(place, [...SEGMENT_MEMBERS, 'ski', 'signature']);
    const at = (name: string): Place => member(fields, name, place.path);
    return {
      segment: readSegment(place, ['ski', 'signature']),
      ski: optional(at('ski'), (ski) => readOctets(ski, 20), new Uint8Array(20)),
      signature: optional(at('signature'), readOctets, new Uint8Array(0)),
    };
  });
  const suite = optional(member(request, 'algorithmSuite'), readSuite, 1);
  const safi = optional(member(request, 'safi'), (place) => readNumber(place, 1, 255), 1);
  const announced = { prefix: readPrefix(member(request, 'prefix')), safi };
  const target = readAsn(member(request, 'target'));
  const segments = path.map(({ segment }) => segment);
  const block = { suite, signatures: path.map(({ ski, signature }) => ({ ski, signature })) };
  const octets = segments.map((_, i) =>
    octetsToHash(
      { segments, blocks: [block] },
      block,
      segments.length - i,
      segments[i - 1]?.asn ?? target,
      announced,
    ),
  );
  return { octetsHashed: octets.map(toHex), digests: octets.map((one) => toHex(engine.digest(one))) };
}

/** RFC 8205 §4.4, and the length that route selection sees (RFC 5065 §5.3). */
function reconstruct(request: Request): Answer {
  const segments = readList(member(request, 'securePath'), (place) => readSegment(place));
  return { asPath: asPathJson(reconstructAsPath(segments)), pathLength: pathLength(segments) };
}

/** A Secure_Path Segment: `{ pCount, flags, asn }`; pCount 1 and flags 0 where they are not given. */
function readSegment(
  place: Place,
  besides: readonly string[] = [],
): { pCount: number; flags: number; asn: number } {
  const fields = readFields(place, [...SEGMENT_MEMBERS, ...besides]);
  const octet = (one: Place): number => readNumber(one, 0, 255);
  return {
    pCount: optional(member(fields, 'pCount', place.path), octet, 1),
    flags: optional(member(fields, 'flags', place.path), octet, 0),
    asn: readAsn(member(fields, 'asn', place.path)),
  };
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
