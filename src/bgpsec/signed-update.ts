import {
  ATTR_BGPSEC_PATH,
  ATTR_MP_REACH_NLRI,
  type BgpsecPath,
  encodeBgpsecPath,
  encodeMpReach,
  encodeNlri,
  encodeUpdateMessage,
  HEADER_LENGTH,
  MSG_UPDATE,
  maxMessageLength,
  type PathAttribute,
  pathAttribute,
} from '../bgp/index.js';
import { requireIterable, requireObject } from '../inet/index.js';
import { requireAnnounced, requireBgpsecPath, requireOctets } from './check-arguments.js';
import type { SignedPrefix } from './signed-prefix.js';
import { SigningError } from './signing-error.js';

/** The parts of an UPDATE that carries a signed route (RFC 8205 §4.1). */
export interface SignedUpdateParts {
  readonly announced: SignedPrefix;
  /** Absent in an own route for an internal BGPsec peer, which has neither path attribute (§4.1). */
  readonly bgpsecPath?: BgpsecPath;
  /** Of MP_REACH_NLRI: 4 octets (IPv4 prefixes), 16 or 32 (both families; RFC 8950 for IPv4 ones). */
  readonly nextHop: Uint8Array;
  /** Path Identifier, where the peer takes them for the family (RFC 7911 §3). */
  readonly pathId?: number;
  /** ORIGIN and whatever else belongs to the route; neither AS_PATH nor the two that are made here. */
  readonly attributes: readonly PathAttribute[];
}

/**
 * The UPDATE message of one signed route (RFC 8205 §4.1): one prefix, in MP_REACH_NLRI, which stands first
 * (RFC 7606 §5.1); the attributes given; BGPsec_PATH. No AS_PATH.
 *
 * @param extendedMessages whether the peer announced Extended Messages (RFC 8654).
 * @throws {SigningError} `message-too-long`: the route is not sent, and what the peer had of it is withdrawn (RFC 4271
 * §9.2). Nothing is ever cut off.
 */
export function encodeSignedUpdate(parts: SignedUpdateParts, extendedMessages: boolean): Uint8Array {
  requireObject(parts, 'the parts', '{announced, bgpsecPath, nextHop, attributes}');
  const { announced, bgpsecPath, nextHop, pathId } = parts;
  if (bgpsecPath !== undefined) requireBgpsecPath(bgpsecPath, false); // the encoder below counts
  requireAnnounced(announced);
  requireOctets(nextHop, 'the next hop');
  requireIterable(parts.attributes, 'attributes', 'a list of path attributes');
  for (const attribute of parts.attributes) {
    requireObject(attribute, 'an attribute', 'a path attribute');
    requireOctets(attribute.value, 'the value of an attribute');
  }
  const limit = maxMessageLength(MSG_UPDATE, extendedMessages);
  const estimate = bgpsecPath === undefined ? 0 : pathOctets(bgpsecPath);
  if (estimate > limit) throw tooLong(estimate, limit);
  const { prefix, safi } = announced;
  const field = encodeNlri([{ prefix, ...(pathId !== undefined && { pathId }) }], pathId !== undefined);
  const attributes = [
    pathAttribute(ATTR_MP_REACH_NLRI, encodeMpReach({ afi: prefix.afi, safi, nextHop, field })),
    ...parts.attributes,
    ...(bgpsecPath === undefined ? [] : [pathAttribute(ATTR_BGPSEC_PATH, encodeBgpsecPath(bgpsecPath))]),
  ];
  let length = HEADER_LENGTH + 4;
  for (const { flags, value } of attributes) length += (flags & 0x10 ? 4 : 3) + value.length;
  if (length > limit) throw tooLong(length, limit);
  const none = new Uint8Array(0);
  const message = { kind: 'update', withdrawnField: none, attributes, nlriField: none } as const;
  return encodeUpdateMessage(message, extendedMessages);
}

/** Octets of the attribute value (RFC 8205 §3). */
function pathOctets({ segments, blocks }: BgpsecPath): number {
  let octets = 2 + 6 * segments.length;
  for (const { signatures } of blocks) {
    octets += 3;
    for (const { signature } of signatures) octets += 22 + signature.length;
  }
  return octets;
}

function tooLong(length: number, limit: number): SigningError {
  return new SigningError('message-too-long', `${length} octets, a message to this peer may have ${limit}`);
}
