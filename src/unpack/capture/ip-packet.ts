import { readU16 } from '../../bytes/index.js';

/** What an IP packet carries, as far as it was captured. */
export interface IpPacket {
  /** 4 or 16 octets, views. */
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  /** Protocol number of what it carries. */
  readonly protocol: number;
  /** Where that begins and ends in the octets; `end` may lie behind what was captured. */
  readonly start: number;
  readonly end: number;
  /** It is a part of a packet that was fragmented. */
  readonly fragment: boolean;
}

export const PROTOCOL_TCP = 6;
const PROTOCOL_IPV4 = 4;
const PROTOCOL_IPV6 = 41;

/** IPv6 extension headers (RFC 8200 §4, RFC 4302, RFC 6275, RFC 7401, RFC 5533). */
const FRAGMENT = 44;
const AUTHENTICATION = 51;
const EXTENSIONS: ReadonlySet<number> = new Set([0, 43, FRAGMENT, AUTHENTICATION, 60, 135, 139, 140]);

/** NON-SPEC: IP packets inside of each other that are opened. */
const DEEPEST = 4;

/**
 * The innermost IP packet (RFC 791 §3.1, RFC 8200 §3) of the one at `start`; undefined for what is none, or whose header was
 * not captured whole.
 */
export function readIp(octets: Uint8Array, start: number): IpPacket | undefined {
  let packet = readOne(octets, start, octets.length);
  for (let depth = 1; depth < DEEPEST && packet !== undefined && !packet.fragment; depth++) {
    if (packet.protocol !== PROTOCOL_IPV4 && packet.protocol !== PROTOCOL_IPV6) break;
    packet = readOne(octets, packet.start, packet.end);
  }
  return packet;
}

function readOne(octets: Uint8Array, start: number, limit: number): IpPacket | undefined {
  const version = (octets[start] ?? 0) >> 4;
  return version === 4
    ? readIpv4(octets, start, limit)
    : version === 6
      ? readIpv6(octets, start, limit)
      : undefined;
}

function readIpv4(octets: Uint8Array, start: number, limit: number): IpPacket | undefined {
  const header = 4 * ((octets[start] as number) & 15);
  if (header < 20 || start + header > octets.length) return undefined;
  const total = readU16(octets, start + 2);
  if (total !== 0 && total < header) return undefined;
  return {
    source: octets.subarray(start + 12, start + 16),
    destination: octets.subarray(start + 16, start + 20),
    protocol: octets[start + 9] as number,
    start: start + header,
    // 0 where the network card was to cut what the system gave it: all that is there.
    end: total === 0 ? limit : start + total,
    // More Fragments, or an offset.
    fragment: (readU16(octets, start + 6) & 0x3fff) !== 0,
  };
}

function readIpv6(octets: Uint8Array, start: number, limit: number): IpPacket | undefined {
  if (start + 40 > octets.length) return undefined;
  const length = readU16(octets, start + 4);
  let protocol = octets[start + 6] as number;
  let at = start + 40;
  let fragment = false;
  while (EXTENSIONS.has(protocol)) {
    if (at + 8 > octets.length) return undefined;
    const next = octets[at] as number;
    const words = octets[at + 1] as number;
    if (protocol === FRAGMENT) {
      // RFC 6946: a fragment that is the whole packet is none.
      fragment = (readU16(octets, at + 2) & 0xfff9) !== 0;
      at += 8;
    } else at += protocol === AUTHENTICATION ? 4 * (words + 2) : 8 * (words + 1);
    protocol = next;
    if (fragment) break; // the other headers are in the first part
  }
  return {
    source: octets.subarray(start + 8, start + 24),
    destination: octets.subarray(start + 24, start + 40),
    protocol,
    start: at,
    end: length === 0 ? limit : start + 40 + length,
    fragment,
  };
}
