import {
  ATTR_BGPSEC_PATH_PRINTED,
  ATTR_MP_REACH_NLRI,
  type BgpsecPath,
  encodeBgpsecPath,
  encodeMpReach,
  encodeNlri,
  encodeUpdateMessage,
  FLAG_EXTENDED_LENGTH,
  type PathAttribute,
  type PeerKind,
  pathAttribute,
} from '../bgp/index.js';
import {
  encodeSignedUpdate,
  propagate,
  type RouteToSend,
  type Sending,
  type SignatureEngine,
  type SignedPrefix,
  SigningError,
} from '../bgpsec/index.js';
import { readU32, toHex } from '../bytes/index.js';
import {
  type Members,
  member,
  optional,
  type Place,
  readAttributeType,
  readFields,
  readFlag,
  readList,
  readNumber,
  readOctets,
} from '../questions/index.js';
import {
  PEER_MEMBERS,
  readNonces,
  readPeer,
  readReceivedRoute,
  readSpeaker,
  recordingEngine,
  type Signed,
} from './bgpsec-route.js';
import { asPathJson } from './bgpsec-session.js';
import type { Answer } from './request.js';
import { inField } from './request-fields.js';
import type { Json, Request } from './vector.js';

/** The members of both operations; those that only one of them reads can stand in the other too. */
export const SENDING_MEMBERS = [
  'speaker',
  'keys',
  'suites',
  'peer',
  'nextHop',
  'attributes',
  'nonces',
  'encoding',
  'aggregated',
  'prefix',
  'message',
  'session',
] as const;

/** What a route looks like for a peer (RFC 8205 §4): operations `originate` and `forward`. */
export function sending(request: Request, engine: SignatureEngine): Answer {
  const peer = readPeer(member(request, 'peer'));
  const recorder = recordingEngine(engine, readNonces(member(request, 'nonces')));
  const speaker = readSpeaker(request, recorder);
  const received = readReceivedRoute(request, peer.kind);
  if ('refused' in received) return { outcome: 'refused', reason: received.refused };
  const { route } = received;
  const attributes = optional(
    member(request, 'attributes'),
    (list) => readList(list, readAttribute),
    received.attributes ?? ownAttributes(peer.kind),
  );
  try {
    const sent = inField('session', () => propagate(route, speaker, peer));
    const others = { attributes: attributesJson(attributes) };
    if (sent.form !== 'signed') return { ...unsignedAnswer(sent), ...others };
    const message = messageOf(request, route.announced, sent.bgpsecPath, attributes);
    return { ...signedAnswer(sent.bgpsecPath, route, message, recorder.signed), ...others };
  } catch (error) {
    // A rule about signing, or a message that must not be cut (RFC 4271 §9.2).
    if (!(error instanceof SigningError)) throw error;
    return { outcome: 'refused', reason: error.code };
  }
}

function unsignedAnswer(sent: Exclude<Sending, { readonly form: 'signed' }>): Answer {
  if (sent.form === 'no-path') return { outcome: 'no-path-attribute' };
  return { outcome: 'unsigned', asPath: asPathJson(sent.asPath), reason: sent.why };
}

function signedAnswer(
  path: BgpsecPath,
  route: RouteToSend,
  message: Uint8Array,
  signed: readonly Signed[],
): Answer {
  return {
    outcome: 'signed',
    securePath: path.segments.map(({ pCount, flags, asn }) => ({ pCount, flags, asn })),
    suites: path.blocks.map(({ suite }) => suite),
    unchanged: path === route.bgpsecPath,
    toSign: signed.map(({ asn, suite, octets, digest }) => ({
      asn,
      target: readU32(octets, 0),
      suite,
      digest: toHex(digest),
    })),
    octetsToSign: signed.map(({ octets }) => toHex(octets)),
    signatures: signed.map(({ signature }) => toHex(signature)),
    bgpsecPath: toHex(encodeBgpsecPath(path)),
    message: toHex(message),
  };
}

/** The whole UPDATE: in the order of RFC 7606 §5.1, or in the one that `encoding` asks for. */
function messageOf(
  request: Request,
  announced: SignedPrefix,
  bgpsecPath: BgpsecPath,
  attributes: readonly PathAttribute[],
): Uint8Array {
  const nextHop = readOctets(member(request, 'nextHop'));
  const extended = readExtended(member(request, 'peer'));
  const standard = inField('nextHop', () =>
    encodeSignedUpdate({ announced, bgpsecPath, nextHop, attributes }, extended),
  );
  const encoding = optional(
    member(request, 'encoding'),
    (place) => readFields(place, ['attributesFirst', 'attributeType', 'extendedLength']),
    undefined,
  );
  if (encoding === undefined) return standard;
  const { prefix, safi } = announced;
  const field = encodeNlri([{ prefix }], false);
  const reach = pathAttribute(ATTR_MP_REACH_NLRI, encodeMpReach({ afi: prefix.afi, safi, nextHop, field }));
  const signed = signedAttribute(encoding, bgpsecPath);
  const first = optional(member(encoding, 'attributesFirst', 'encoding'), readFlag, false);
  const none = new Uint8Array(0);
  const list = first ? [...attributes, reach, signed] : [reach, ...attributes, signed];
  const update = { kind: 'update', withdrawnField: none, attributes: list, nlriField: none } as const;
  return inField('encoding', () => encodeUpdateMessage(update, extended));
}

function signedAttribute(encoding: Members, path: BgpsecPath): PathAttribute {
  const attribute = pathAttribute(33, encodeBgpsecPath(path));
  const type = optional(member(encoding, 'attributeType', 'encoding'), readAttributeType, 33);
  const long = optional(member(encoding, 'extendedLength', 'encoding'), readFlag, false);
  return {
    ...attribute,
    code: type === 30 ? ATTR_BGPSEC_PATH_PRINTED : attribute.code,
    flags: attribute.flags | (long ? FLAG_EXTENDED_LENGTH : 0),
  };
}

/** ORIGIN IGP, and the LOCAL_PREF that internal peers get (RFC 4271 §5.1.5). */
function ownAttributes(kind: PeerKind): PathAttribute[] {
  const origin = pathAttribute(1, Uint8Array.of(0));
  return kind === 'internal' ? [origin, pathAttribute(5, Uint8Array.of(0, 0, 0, 100))] : [origin];
}

/** `{ flags, type, value }` each, in the order of their types: that of the message is the sender's. */
function attributesJson(attributes: readonly PathAttribute[]): Json {
  return [...attributes]
    .sort((a, b) => a.code - b.code)
    .map(({ flags, code, value }) => ({ flags, type: code, value: toHex(value) }));
}

function readExtended(peer: Place): boolean {
  return optional(member(readFields(peer, PEER_MEMBERS), 'extendedMessages', peer.path), readFlag, false);
}

/** A path attribute of the request: `{ flags, type, value }`. */
function readAttribute(place: Place): PathAttribute {
  const fields = readFields(place, ['flags', 'type', 'value']);
  const octet = (name: string): number => readNumber(member(fields, name, place.path), 0, 255);
  return {
    flags: octet('flags'),
    code: octet('type'),
    value: readOctets(member(fields, 'value', place.path)),
  };
}
