import {
  type Members,
  member,
  optional,
  type Place,
  readAnyAsn,
  readFlag,
  readList,
  readNumber,
  readOctets,
  readOneOf,
} from 'pathsec/questions';
import { inside, readText } from '../../read.js';
import type { SignRequest, VerifyRequest } from './parsed.js';
import type {
  Announced,
  Block,
  Confederation,
  Key,
  Question,
  Segment,
  Session,
  Signature,
} from './question.js';
import type { Peer, SendRequest, SigningKey, Speaker } from './send-kit.js';

const KINDS = ['external', 'confed-external', 'internal'] as const;

const flagOr = (place: Place, fallback: boolean): boolean => optional(place, readFlag, fallback);
const numberOr = (place: Place, fallback: number): number => optional(place, readNumber, fallback);
const maybeFlag = (place: Place): boolean | undefined => optional(place, readFlag, undefined);
const maybeAsn = (place: Place): number | undefined => optional(place, readAnyAsn, undefined);
const numbers = (place: Place): readonly number[] => readList(place, (one) => readNumber(one));
const maybeNumbers = (place: Place): readonly number[] | undefined => optional(place, numbers, undefined);
const listOr = <T>(place: Place, read: (place: Place) => T): readonly T[] =>
  optional(place, (list) => readList(list, read), []);

export const octetsAt = (place: Place): Buffer => Buffer.from(readOctets(place));
export const suitesOf = (request: Members): readonly number[] =>
  maybeNumbers(member(request, 'suites')) ?? [1];

/** The question of a `verify-update` request. */
export function readQuestion(request: Members): Question {
  return { ...readReceived(request), keys: listOr(member(request, 'keys'), readKey) };
}

/** The UPDATE of a request whose signatures are not verified. */
export function readReceived(request: Members): Question {
  return {
    keys: [],
    message: octetsAt(member(request, 'message')),
    session: readSession(member(request, 'session')),
    suites: suitesOf(request),
    attributeType: numberOr(member(request, 'attributeType'), 33),
    extendedMessages: flagOr(member(request, 'extendedMessages'), true),
  };
}

function readSession(place: Place): Session {
  const at = inside(place);
  const confederation = optional(at('confederation'), readConfederation, undefined);
  const [ownAses, negotiated] = [maybeNumbers(at('ownAses')), maybeNumbers(at('negotiated'))];
  return {
    localAs: readAnyAsn(at('localAs')),
    peerAs: readAnyAsn(at('peerAs')),
    kind: readOneOf(at('kind'), KINDS),
    allowPcountZero: flagOr(at('allowPcountZero'), false),
    safis: maybeNumbers(at('safis')) ?? [1],
    ...(confederation && { confederation }),
    ...(ownAses && { ownAses }),
    ...(negotiated && { negotiated }),
  };
}

function readConfederation(place: Place): Confederation {
  const at = inside(place);
  return {
    identifier: readAnyAsn(at('identifier')),
    memberAs: readAnyAsn(at('memberAs')),
    verifyMembers: flagOr(at('verifyMembers'), true),
  };
}

function readKey(place: Place): Key {
  const at = inside(place);
  return { asn: readAnyAsn(at('asn')), ski: readText(at('ski')), spki: readText(at('spki')) };
}

/** A segment: pCount 1 and flags 0 where it does not say. */
export function readSegment(place: Place): Segment {
  const at = inside(place);
  return { pCount: numberOr(at('pCount'), 1), flags: numberOr(at('flags'), 0), asn: readAnyAsn(at('asn')) };
}

/** A signature; without octets that of the newest hop, which is to be made. */
export function readSignature(place: Place): Signature {
  const at = inside(place);
  const [ski, signature] = ['ski', 'signature'].map((name) => optional(at(name), octetsAt, Buffer.alloc(0)));
  return { ski: ski ?? Buffer.alloc(0), signature: signature ?? Buffer.alloc(0) };
}

function readBlock(place: Place): Block {
  const at = inside(place);
  return {
    suite: numberOr(at('algorithmSuite'), 1),
    signatures: readList(at('signatures'), readSignature),
  };
}

/** The prefix of a request, its SAFI, and its octets where `nlri` gives them with trailing bits. */
export function readAnnounced(request: Members): Announced {
  const prefix = prefixOf(readText(member(request, 'prefix')), numberOr(member(request, 'safi'), 1));
  const nlri = optional(member(request, 'nlri'), octetsAt, undefined);
  return nlri === undefined ? prefix : { ...prefix, octets: nlri.subarray(1) };
}

export function readVerify(request: Members): VerifyRequest {
  return {
    segments: readList(member(request, 'securePath'), readSegment),
    blocks: readList(member(request, 'signatureBlocks'), readBlock),
    keys: listOr(member(request, 'keys'), readKey),
    verifyMembers: flagOr(member(request, 'verifyMembers'), true),
    ...readSigned(request),
  };
}

export function readSign(request: Members): SignRequest {
  return {
    segments: listOr(member(request, 'securePath'), readSegment),
    signatures: listOr(member(request, 'signatures'), readSignature),
    segment: readSegment(member(request, 'segment')),
    suite: numberOr(member(request, 'algorithmSuite'), 1),
    key: readSigningKey(member(request, 'key')),
    nonce: optional(member(request, 'nonce'), readText, undefined),
    ...readSigned(request),
  };
}

function readSigned(request: Members): Pick<SignRequest, 'announced' | 'suites' | 'target'> {
  return {
    announced: readAnnounced(request),
    suites: suitesOf(request),
    target: readAnyAsn(member(request, 'target')),
  };
}

function readSigningKey(place: Place): SigningKey {
  const at = inside(place);
  return {
    asn: readAnyAsn(at('asn')),
    scalar: readText(at('scalar')),
    suite: numberOr(at('suite'), 1),
    certifiedAsns: maybeNumbers(at('certifiedAsns')),
  };
}

/** What `originate` and `forward` have in common. */
export function readSend(request: Members): SendRequest {
  return {
    speaker: readSpeaker(member(request, 'speaker')),
    keys: listOr(member(request, 'keys'), readSigningKey),
    suites: suitesOf(request),
    peer: readPeer(member(request, 'peer')),
    aggregated: flagOr(member(request, 'aggregated'), false),
  };
}

function readSpeaker(place: Place): Speaker {
  const at = inside(place);
  return {
    asn: readAnyAsn(at('asn')),
    confederation: optional(at('confederation'), readConfederation, undefined),
    originSuites: maybeNumbers(at('originSuites')),
  };
}

function readPeer(place: Place): Peer {
  const at = inside(place);
  return {
    peerAs: readAnyAsn(at('peerAs')),
    kind: readOneOf(at('kind'), KINDS),
    bgpsec: readFlag(at('bgpsec')),
    localAs: maybeAsn(at('localAs')),
    pCount: optional(at('pCount'), readNumber, undefined),
    routeServer: maybeFlag(at('routeServer')),
    extendedMessages: maybeFlag(at('extendedMessages')),
  };
}

/** A prefix of text, in dotted quads or as IPv6 writes it. */
export function prefixOf(text: string, safi: number): Announced {
  const [address = '', size = '0'] = text.split('/');
  const length = Number(size);
  const groups = (part = ''): string =>
    part
      .split(':')
      .map((group) => (group === '' ? '' : group.padStart(4, '0')))
      .join('');
  const [head = '', tail = ''] = address.split('::').map(groups);
  const afi = address.includes(':') ? 2 : 1;
  const whole =
    afi === 1
      ? Buffer.from(address.split('.').map(Number))
      : Buffer.from(head + tail.padStart(32 - head.length, '0'), 'hex');
  return { afi, safi, length, octets: whole.subarray(0, Math.ceil(length / 8)) };
}
