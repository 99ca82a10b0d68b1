import type { Describer } from '../../bytes/index.js';
import { formatAddress, formatAsn, formatPrefix, makePrefix } from '../../inet/index.js';
import { AS_CONFED_SEQUENCE, AS_CONFED_SET, AS_SEQUENCE, AS_SET } from '../as-path.js';
import { formatCommunity } from '../attribute/attr-08-communities.js';
import { ATTR_BGPSEC_PATH } from '../attribute/attr-33-bgpsec-path.js';
import { type SessionOptions, usesAddPath } from '../message/session.js';
import { describeBgpsecPath } from './bgpsec-path.js';

/** Where the value of a type of attribute is defined; of others that it is octets (RFC 4271 §4.3). */
export const ATTRIBUTE_SOURCES: Readonly<Record<number, string>> = {
  8: 'RFC 1997',
  9: 'RFC 4456 §8',
  10: 'RFC 4456 §8',
  14: 'RFC 4760 §3',
  15: 'RFC 4760 §4',
  16: 'RFC 4360 §2',
  17: 'RFC 6793 §3',
  18: 'RFC 6793 §3',
  25: 'RFC 5701 §2',
  32: 'RFC 8092 §3',
  [ATTR_BGPSEC_PATH]: 'RFC 8205 §3',
  35: 'RFC 9234 §5',
};

/** Describes the value of attribute `code`; of types that are not known, the octets. */
export function describeAttributeValue(
  value: Describer,
  code: number,
  session: SessionOptions,
): string | undefined {
  const asnSize = session.asnSize ?? 4;
  switch (code) {
    case 1:
      value.uint('Origin', 1, (origin) => ['IGP', 'EGP', 'INCOMPLETE'][origin] ?? `undefined ${origin}`);
      return undefined;
    case 2:
      return describeAsPath(value, asnSize);
    case 17:
      return describeAsPath(value, 4);
    case 3:
      value.bytes('Next Hop', value.remaining, addressOrHex);
      return undefined;
    case 4:
    case 5:
      value.uint(code === 4 ? 'Metric' : 'Preference', 4);
      return undefined;
    case 7:
    case 18:
      value.uint('AS Number', code === 18 ? 4 : asnSize, formatAsn);
      value.bytes('Address', 4, addressOrHex);
      return undefined;
    case 8:
      while (value.remaining > 0) value.uint('Community', 4, formatCommunity);
      return undefined;
    case 14:
    case 15:
      return describeMp(value, code, session);
    case 32:
      while (value.remaining > 0) {
        value.group('Large Community', 12, (one) => {
          const part = (name: string): number => one.uint(name, 4);
          return `${part('Global Administrator')}:${part('Local Data 1')}:${part('Local Data 2')}`;
        });
      }
      return undefined;
    case ATTR_BGPSEC_PATH:
      return describeBgpsecPath(value);
    case 35:
      value.uint('OTC', 4, formatAsn);
      return undefined;
    default:
      value.bytes('Octets', value.remaining);
      return undefined;
  }
}

const SEGMENT_NAMES: Readonly<Record<number, string>> = {
  [AS_SET]: 'AS_SET',
  [AS_SEQUENCE]: 'AS_SEQUENCE',
  [AS_CONFED_SEQUENCE]: 'AS_CONFED_SEQUENCE',
  [AS_CONFED_SET]: 'AS_CONFED_SET',
};

function describeAsPath(value: Describer, asnSize: number): undefined {
  while (value.remaining > 0) {
    value.group('Path Segment', 2 + (value.peek(1) ?? 0) * asnSize, (segment) => {
      const type = segment.uint('Segment Type', 1, (number) => SEGMENT_NAMES[number] ?? `unknown ${number}`);
      segment.uint('Segment Length', 1);
      while (segment.remaining > 0) segment.uint('AS Number', asnSize, formatAsn);
      return SEGMENT_NAMES[type];
    });
  }
}

function describeMp(value: Describer, code: number, session: SessionOptions): undefined {
  const afi = value.uint('Address Family Identifier', 2);
  const safi = value.uint('Subsequent Address Family Identifier', 1);
  if (code === 14) {
    const length = value.uint('Length of Next Hop Network Address', 1);
    value.bytes('Network Address of Next Hop', length, addressOrHex);
    if (value.remaining > 0) value.uint('Reserved', 1);
  }
  if (value.remaining === 0) return;
  const name = code === 14 ? 'Network Layer Reachability Information' : 'Withdrawn Routes';
  value.group(name, value.remaining, (field) => {
    field.cite(usesAddPath(session, afi, safi) ? 'RFC 7911 §3' : 'RFC 4760 §5');
    const prefixes = (afi === 1 || afi === 2) && (safi === 1 || safi === 2);
    if (prefixes) return describeNlri(field, afi, usesAddPath(session, afi, safi));
    field.bytes('Octets', field.remaining);
    return undefined;
  });
}

/** Describes MP_REACH_NLRI as a RIB of MRT has it (RFC 6396 §4.3.4). */
export function describeNextHopAlone(value: Describer): undefined {
  value.cite('RFC 6396 §4.3.4');
  const length = value.uint('Next Hop Address Length', 1);
  value.bytes('Next Hop Address', length, addressOrHex);
}

/** Describes a field of prefixes (RFC 4271 §4.3, RFC 4760 §5, RFC 7911 §3). */
export function describeNlri(field: Describer, afi: 1 | 2, addPath: boolean): undefined {
  const identifier = addPath ? 4 : 0;
  const addressLength = afi === 1 ? 4 : 16;
  while (field.remaining > 0) {
    const bits = field.peek(identifier) ?? 0;
    const size = (bits + 7) >> 3;
    field.group('Prefix', identifier + 1 + size, (entry) => {
      if (addPath) entry.uint('Path Identifier', 4);
      entry.uint('Length', 1, (length) => `${length} bits`);
      if (bits > 8 * addressLength) return `length above ${8 * addressLength}`;
      const address = new Uint8Array(addressLength);
      if (size > 0) {
        entry.bytes('Prefix', size, (octets) => {
          address.set(octets);
          return addressOrHex(address);
        });
      }
      return formatPrefix(makePrefix(afi, address, bits));
    });
  }
}

function addressOrHex(octets: Uint8Array): string {
  if (octets.length === 4 || octets.length === 16) return formatAddress(octets);
  if (octets.length === 32)
    return `${formatAddress(octets.subarray(0, 16))}, ${formatAddress(octets.subarray(16))}`;
  return `${octets.length} octets`;
}
