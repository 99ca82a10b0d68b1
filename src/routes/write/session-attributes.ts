import {
  type AsnSize,
  type AsPath,
  ATTR_AGGREGATOR,
  ATTR_AS_PATH,
  ATTR_AS4_AGGREGATOR,
  ATTR_AS4_PATH,
  ATTR_NEXT_HOP,
  encodeAggregator,
  encodeAsPath,
  FLAG_EXTENDED_LENGTH,
  FLAG_TRANSITIVE,
  type PathAttribute,
  pathAttribute,
  toOldSpeakerPath,
} from '../../bgp/index.js';
import { readU32 } from '../../bytes/index.js';
import { AS_TRANS } from '../../inet/index.js';

/** The attributes with the path, as the session has its AS numbers (RFC 6793 §4.2.2), in ascending order. */
export function sessionAttributes(
  path: AsPath,
  attributes: readonly PathAttribute[],
  asnSize: AsnSize,
): PathAttribute[] {
  const whole =
    asnSize === 4
      ? [pathAttribute(ATTR_AS_PATH, encodeAsPath(path, 4)), ...attributes]
      : forOldSpeaker(path, attributes);
  return whole.sort((a, b) => a.code - b.code);
}

function forOldSpeaker(path: AsPath, attributes: readonly PathAttribute[]): PathAttribute[] {
  const { asPath, as4Path } = toOldSpeakerPath(path);
  const whole = [pathAttribute(ATTR_AS_PATH, encodeAsPath(asPath, 2))];
  if (as4Path) whole.push(pathAttribute(ATTR_AS4_PATH, encodeAsPath(as4Path, 4)));
  for (const attribute of attributes) {
    if (attribute.code !== ATTR_AGGREGATOR) {
      whole.push(attribute);
      continue;
    }
    const asn = readU32(attribute.value, 0);
    const address = attribute.value.subarray(4);
    const value = encodeAggregator({ asn: asn > 0xffff ? AS_TRANS : asn, address }, 2);
    whole.push({ ...attribute, value });
    if (asn > 0xffff) whole.push({ ...attribute, code: ATTR_AS4_AGGREGATOR });
  }
  return whole;
}

/** Writes a Path Attributes field into the same octets again and again. */
export interface AttributePen {
  /** The field is `octets[0, length)`. */
  readonly octets: Uint8Array;
  readonly length: number;
  /** Attributes in ascending order, and NEXT_HOP among them (RFC 4271 §5) where it is given. */
  write(attributes: readonly PathAttribute[], nextHop: Uint8Array | undefined): void;
}

/** A pen that has written nothing. */
export function createAttributePen(): AttributePen {
  let octets = new Uint8Array(1 << 12);
  let length = 0;
  const put = (flags: number, code: number, value: Uint8Array): void => {
    const size = value.length;
    if (length + size + 4 > octets.length) {
      const larger = new Uint8Array(2 * (length + size + 4));
      larger.set(octets);
      octets = larger;
    }
    octets[length++] = flags;
    octets[length++] = code;
    if (flags & FLAG_EXTENDED_LENGTH) octets[length++] = size >> 8;
    octets[length++] = size;
    octets.set(value, length);
    length += size;
  };
  return {
    get octets() {
      return octets;
    },
    get length() {
      return length;
    },
    write(attributes, nextHop) {
      length = 0;
      let next = nextHop;
      for (const { flags, code, value } of attributes) {
        if (next && code > ATTR_NEXT_HOP) {
          put(FLAG_TRANSITIVE, ATTR_NEXT_HOP, next);
          next = undefined;
        }
        put(flags, code, value);
      }
      if (next) put(FLAG_TRANSITIVE, ATTR_NEXT_HOP, next);
    },
  };
}
