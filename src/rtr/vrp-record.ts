import { readU32 } from '../bytes/index.js';
import { AFI_IPV4, AFI_IPV6, type Afi } from '../inet/index.js';
import type { Vrp } from '../payload/index.js';
import { HEADER_LENGTH } from './pdu/format.js';
import { checkHostBits, checkPrefixLengths } from './pdu/prefix-body.js';

/** Words of a record of the family: address, `maxLength << 8 | length`, ASN. */
export const IPV4_WORDS = 3;
export const IPV6_WORDS = 6;

/** Writes the record of a VRP into `record`; bits behind the prefix length become zero (8210bis §5.9). */
export function recordOfVrp(vrp: Vrp, record: Uint32Array): void {
  const { octets, length } = vrp.prefix;
  const addressWords = octets.length >> 2;
  for (let i = 0; i < addressWords; i++) record[i] = leadingBits(readU32(octets, 4 * i), length - 32 * i);
  record[addressWords] = (vrp.maxLength << 8) | length;
  record[addressWords + 1] = vrp.asn;
}

/** The VRP of the record at `offset`. */
export function vrpOfRecord(afi: Afi, records: Uint32Array, offset: number): Vrp {
  const addressWords = afi === AFI_IPV4 ? 1 : 4;
  const octets = new Uint8Array(4 * addressWords);
  for (let i = 0; i < octets.length; i++) {
    octets[i] = ((records[offset + (i >> 2)] as number) >>> (24 - 8 * (i & 3))) & 0xff;
  }
  const lengths = records[offset + addressWords] as number;
  return {
    prefix: { afi, octets, length: lengths & 0xff },
    maxLength: lengths >>> 8,
    asn: records[offset + addressWords + 1] as number,
  };
}

/**
 * The fast reading of an IPv4 Prefix PDU (8210bis §5.9), of which a cache sends a million in a row: writes the record of
 * the PDU at `at` into `record`, host bits cleared where the version allows them, without making an object. The literal reading is `decodeCheckedPdu` and
 * then {@link recordOfVrp}; a property of the tests holds both equal, faults too.
 *
 * @param at where the PDU stands, whose header has been checked.
 * @returns whether the PDU announces.
 * @throws {RtrError} as the decoder of the PDU.
 */
export function recordOfIpv4Pdu(octets: Uint8Array, at: number, record: Uint32Array): boolean {
  const body = at + HEADER_LENGTH;
  const length = octets[body + 1] as number;
  const maxLength = octets[body + 2] as number;
  if (length > maxLength || maxLength > 32) checkPrefixLengths(length, maxLength, 32, HEADER_LENGTH);
  const address = readU32(octets, body + 4);
  record[0] = leadingBits(address, length);
  if (record[0] !== address) checkHostBits(octets[at] as number, length, HEADER_LENGTH);
  record[1] = (maxLength << 8) | length;
  record[2] = readU32(octets, body + 8);
  return ((octets[body] as number) & 1) === 1;
}

/** As {@link recordOfIpv4Pdu}, for an IPv6 Prefix PDU (8210bis §5.10). */
export function recordOfIpv6Pdu(octets: Uint8Array, at: number, record: Uint32Array): boolean {
  const body = at + HEADER_LENGTH;
  const length = octets[body + 1] as number;
  const maxLength = octets[body + 2] as number;
  if (length > maxLength || maxLength > 128) checkPrefixLengths(length, maxLength, 128, HEADER_LENGTH);
  let hostBits = 0;
  for (let i = 0; i < 4; i++) {
    const word = readU32(octets, body + 4 + 4 * i);
    const kept = leadingBits(word, length - 32 * i);
    record[i] = kept;
    hostBits |= word ^ kept;
  }
  if (hostBits !== 0) checkHostBits(octets[at] as number, length, HEADER_LENGTH);
  record[4] = (maxLength << 8) | length;
  record[5] = readU32(octets, body + 20);
  return ((octets[body] as number) & 1) === 1;
}

/** The family of records of so many words. */
export function afiOfWords(words: number): Afi {
  return words === IPV4_WORDS ? AFI_IPV4 : AFI_IPV6;
}

/** The leading `bits` bits of a word, all from 32 on, none below 1; the rest zero. */
function leadingBits(word: number, bits: number): number {
  if (bits >= 32) return word;
  return bits <= 0 ? 0 : (word & (-1 << (32 - bits))) >>> 0;
}
