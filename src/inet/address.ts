import { DecodeError, readU16 } from '../bytes/index.js';
import { requireText } from './value-kind.js';

const OCTET = '(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])';
const IPV4 = new RegExp(`^${OCTET}\\.${OCTET}\\.${OCTET}\\.${OCTET}$`);

/**
 * The octets of an IPv4 (4) or IPv6 (16) address in text: RFC 4291 §2.2 forms, embedded IPv4 included; no zone, no
 * leading zeros in decimal octets.
 *
 * @throws {DecodeError} `address-syntax`.
 */
export function parseAddress(text: string, field = 'address'): Uint8Array {
  requireText(text, field);
  const octets = text.includes(':') ? parseIpv6(text) : parseIpv4(text);
  if (octets) return octets;
  throw new DecodeError('address-syntax', `${JSON.stringify(text.slice(0, 60))} is not an IP address`, {
    field,
  });
}

function parseIpv4(text: string): Uint8Array | undefined {
  const match = IPV4.exec(text);
  return match
    ? Uint8Array.of(Number(match[1]), Number(match[2]), Number(match[3]), Number(match[4]))
    : undefined;
}

function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groups(halves[0] as string, halves.length === 1);
  const tail = halves.length === 2 ? groups(halves[1] as string, true) : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const octets = new Uint8Array(16);
  for (const [i, group] of head.entries()) write16(octets, i, group);
  for (const [i, group] of tail.entries()) write16(octets, 8 - tail.length + i, group);
  return octets;
}

/** The 16-bit groups of a colon-separated part; an IPv4 address may stand last when the part ends the address. */
function groups(part: string, last: boolean): number[] | undefined {
  if (part === '') return [];
  const values: number[] = [];
  const items = part.split(':');
  for (const [i, item] of items.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(item)) {
      values.push(Number.parseInt(item, 16));
    } else {
      const embedded = last && i === items.length - 1 ? parseIpv4(item) : undefined;
      if (!embedded) return undefined;
      values.push(readU16(embedded, 0), readU16(embedded, 2));
    }
  }
  return values;
}

function write16(octets: Uint8Array, group: number, value: number): void {
  octets[2 * group] = value >> 8;
  octets[2 * group + 1] = value & 0xff;
}

/** Canonical text of a 4- or 16-octet address: dotted decimal, or RFC 5952 (§4: lower case, longest run of zeros as ::). */
export function formatAddress(octets: Uint8Array): string {
  if (octets.length === 4) return `${octets[0]}.${octets[1]}.${octets[2]}.${octets[3]}`;
  if (octets.length !== 16) throw new RangeError(`an address has 4 or 16 octets, not ${octets.length}`);
  let text = '';
  const { start, length } = longestZeros(octets);
  // RFC 5952 §5: the IPv4-mapped prefix ::ffff:0:0/96 is well known, so its addresses show the IPv4 part.
  if (start === 0 && length === 5 && readU16(octets, 10) === 0xffff) {
    return `::ffff:${octets[12]}.${octets[13]}.${octets[14]}.${octets[15]}`;
  }
  for (let word = 0; word < 8; word++) {
    if (word === start) {
      text += '::';
      word += length - 1;
    } else {
      if (word > 0 && word !== start + length) text += ':';
      text += readU16(octets, 2 * word).toString(16);
    }
  }
  return text;
}

/** The first of the longest runs of zero words; start -1 where none has two (RFC 5952 §4.2.2: a single one is never shortened). */
function longestZeros(octets: Uint8Array): { readonly start: number; readonly length: number } {
  let [start, length, run] = [-1, 1, 0];
  for (let word = 0; word < 8; word++) {
    run = readU16(octets, 2 * word) === 0 ? run + 1 : 0;
    if (run > length) [start, length] = [word - run + 1, run];
  }
  return { start, length };
}
