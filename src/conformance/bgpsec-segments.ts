import { decodeNlri, encodeNlri, type SecurePathSegment, type SignatureSegment } from '../bgp/index.js';
import type { SignedPrefix } from '../bgpsec/index.js';
import { equalOctets } from '../bytes/index.js';
import {
  isPresent,
  type Members,
  member,
  optional,
  type Place,
  readAsn,
  readFields,
  readNumber,
  readOctets,
  readPrefix,
} from '../questions/index.js';
import { RequestError } from './request.js';
import { inField } from './request-fields.js';

const SEGMENT_MEMBERS = ['pCount', 'flags', 'asn'] as const;

/** A Secure_Path Segment: `{ pCount, flags, asn }`; pCount 1 and flags 0 where they are not given. RFC 8205 §3.1. */
export function readSegment(place: Place): SecurePathSegment {
  return segmentOf(readFields(place, SEGMENT_MEMBERS), place);
}

/** A Secure_Path Segment that may have its Signature Segment in the same object. */
export function readSignedSegment(place: Place): SecurePathSegment & SignatureSegment {
  const fields = readFields(place, [...SEGMENT_MEMBERS, 'ski', 'signature']);
  return {
    ...segmentOf(fields, place),
    ski: optional(member(fields, 'ski', place.path), (ski) => readOctets(ski, 20), new Uint8Array(20)),
    signature: optional(member(fields, 'signature', place.path), readOctets, new Uint8Array(0)),
  };
}

function segmentOf(fields: Members, place: Place): SecurePathSegment {
  return {
    pCount: optional(member(fields, 'pCount', place.path), readOctet, 1),
    flags: optional(member(fields, 'flags', place.path), readOctet, 0),
    asn: readAsn(member(fields, 'asn', place.path)),
  };
}

/** A Signature Segment: `{ ski, signature }`. RFC 8205 §3.2. */
export function readSignature(place: Place): SignatureSegment {
  const fields = readFields(place, ['ski', 'signature']);
  return {
    ski: readOctets(member(fields, 'ski', place.path), 20),
    signature: readOctets(member(fields, 'signature', place.path)),
  };
}

/** A number of one octet, such as the reserved suites have it too. */
export function readOctet(place: Place): number {
  return readNumber(place, 0, 255);
}

/** What is announced: `prefix`, its `safi` (1 where it is not given), and perhaps its `nlri` as received. */
export function readAnnounced(fields: Members): SignedPrefix {
  const prefix = readPrefix(member(fields, 'prefix'));
  const safi = optional(member(fields, 'safi'), (place) => readNumber(place, 1, 255), 1);
  const nlri = member(fields, 'nlri');
  if (isPresent(nlri)) {
    const received = inField(nlri.path, () => decodeNlri(readOctets(nlri), prefix.afi, false));
    if (!equalOctets(encodeNlri(received, false), encodeNlri([{ prefix }], false))) {
      throw new RequestError(nlri.path, 'must be that of prefix, but for bits behind its length');
    }
  }
  return { prefix, safi };
}
