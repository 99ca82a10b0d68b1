import {
  AFI_IPV4,
  AFI_IPV6,
  type Afi,
  addressLength,
  comparePrefix,
  formatPrefix,
  MAX_ASN,
  type Prefix,
} from '../../inet/index.js';
import type { Vrp } from '../../payload/index.js';
import { type DerCursor, TAG } from '../der/der-cursor.js';
import type { Remark } from './remarks.js';

const SECTION = 'ccr §3.4.2';

/** The members of a SEQUENCE OF ROAPayloadSet, a VRP for each ROAIPAddress. */
export function* readRoaPayloads(cursor: DerCursor, remark: Remark): Generator<Vrp> {
  let previous = -1;
  while (cursor.more) {
    const outer = cursor.enter(TAG.sequence);
    const asn = cursor.number(0, MAX_ASN);
    if (asn <= previous)
      remark('ccr-order', SECTION, () => `the set of AS${asn} does not come after that of AS${previous}`);
    previous = asn;
    const blocks = cursor.enter(TAG.sequence);
    yield* readFamilies(cursor, asn, remark);
    cursor.leave(blocks);
    cursor.leave(outer);
  }
}

/** SEQUENCE (SIZE(1..2)) OF ROAIPAddressFamily, IPv4 first. */
function* readFamilies(cursor: DerCursor, asn: number, remark: Remark): Generator<Vrp> {
  let count = 0;
  let previous = 0;
  do {
    if (++count > 2) throw cursor.refuse(`more than two families of addresses for AS${asn}`);
    const outer = cursor.enter(TAG.sequence);
    const afi = readFamily(cursor);
    if (afi <= previous)
      remark('ccr-order', SECTION, () => `the families of addresses of AS${asn} do not ascend`);
    previous = afi;
    const list = cursor.enter(TAG.sequence);
    yield* readAddresses(cursor, asn, afi, remark);
    cursor.leave(list);
    cursor.leave(outer);
  } while (cursor.more);
}

function readFamily(cursor: DerCursor): Afi {
  const start = cursor.at;
  const [high, low] = cursor.octetString(2);
  if (high === 0 && (low === AFI_IPV4 || low === AFI_IPV6)) return low;
  throw cursor.refuse('an address family is 0001 or 0002', start);
}

/** SEQUENCE (SIZE(1..MAX)) OF ROAIPAddress in canonical order (RFC 9582 §4.3.3). */
function* readAddresses(cursor: DerCursor, asn: number, afi: Afi, remark: Remark): Generator<Vrp> {
  let before: Vrp | undefined;
  do {
    const outer = cursor.enter(TAG.sequence);
    const prefix = readPrefix(cursor, afi);
    const maxLength = cursor.more ? readMaxLength(cursor, prefix, remark) : prefix.length;
    cursor.leave(outer);
    const vrp = { prefix, maxLength, asn };
    if (before && compare(before, vrp) >= 0) {
      const words = () => `${formatPrefix(prefix)} of AS${asn} does not come after the prefix before`;
      remark('ccr-order', `${SECTION}, RFC 9582 §4.3.3`, words);
    }
    before = vrp;
    yield vrp;
  } while (cursor.more);
}

function readPrefix(cursor: DerCursor, afi: Afi): Prefix {
  const start = cursor.at;
  const { octets, unused } = cursor.bitString();
  const whole = new Uint8Array(addressLength(afi));
  if (octets.length > whole.length) throw cursor.refuse('too many address bits', start);
  whole.set(octets);
  return { afi, octets: whole, length: 8 * octets.length - unused };
}

function readMaxLength(cursor: DerCursor, prefix: Prefix, remark: Remark): number {
  const start = cursor.at;
  const maxLength = cursor.number(0, 255);
  if (maxLength < prefix.length || maxLength > 8 * prefix.octets.length)
    throw cursor.refuse(`maxLength ${maxLength} for ${formatPrefix(prefix)}`, start, 'roa-max-length');
  if (maxLength === prefix.length)
    remark('roa-max-length-superfluous', 'RFC 9582 §4.3.2.2', () => {
      return `the maxLength of ${formatPrefix(prefix)} is the prefix length and should be left out`;
    });
  return maxLength;
}

function compare(a: Vrp, b: Vrp): number {
  return comparePrefix(a.prefix, b.prefix) || a.maxLength - b.maxLength;
}
