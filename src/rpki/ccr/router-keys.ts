import { compareOctets, DecodeError, toHex } from '../../bytes/index.js';
import { type Asn, MAX_ASN } from '../../inet/index.js';
import type { RouterKey } from '../../payload/index.js';
import { DerCursor, TAG } from '../der/der-cursor.js';
import type { Remark } from './remarks.js';

const SECTION = 'ccr §3.4.5';

/** The members of a SEQUENCE OF RouterKeySet, one for each RouterKey. */
export function* readRouterKeys(cursor: DerCursor, remark: Remark): Generator<RouterKey> {
  let previous = -1;
  while (cursor.more) {
    const outer = cursor.enter(TAG.sequence);
    const asn = cursor.number(0, MAX_ASN);
    if (asn <= previous)
      remark('ccr-order', SECTION, () => `the set of AS${asn} does not come after that of AS${previous}`);
    previous = asn;
    const list = cursor.enter(TAG.sequence);
    yield* readKeys(cursor, asn, remark);
    cursor.leave(list);
    cursor.leave(outer);
  }
}

/** SEQUENCE (SIZE(1..MAX)) OF RouterKey, ascending by SKI; keys of one SKI by their octets (docs/decisions/rpki-files.md D-ccr-key-order). */
function* readKeys(cursor: DerCursor, asn: Asn, remark: Remark): Generator<RouterKey> {
  let before: RouterKey | undefined;
  do {
    const outer = cursor.enter(TAG.sequence);
    const ski = cursor.octetString(20);
    const spki = readPublicKey(cursor);
    cursor.leave(outer);
    const key = { asn, ski, spki };
    if (before && (compareOctets(before.ski, ski) || compareOctets(before.spki, spki)) >= 0)
      remark(
        'ccr-order',
        SECTION,
        () => `the key ${toHex(ski)} of AS${asn} does not come after the one before`,
      );
    before = key;
    yield key;
  } while (cursor.more);
}

/** Whether octets are a SubjectPublicKeyInfo (RFC 5280 §4.1), of whatever algorithm: what has a place in a CCR. */
export function isPublicKeyInfo(octets: Uint8Array): boolean {
  const cursor = new DerCursor(octets, 'spki');
  try {
    readPublicKey(cursor);
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
  return !cursor.more;
}

/** SubjectPublicKeyInfo: an algorithm and a BIT STRING; which key that is, is for who uses it (docs/decisions/rpki-files.md
 * D-key-octets). */
function readPublicKey(cursor: DerCursor): Uint8Array {
  const start = cursor.at;
  const outer = cursor.enter(TAG.sequence);
  if (cursor.next !== TAG.sequence) throw cursor.refuse('an AlgorithmIdentifier is wanted here');
  cursor.any();
  cursor.bitString();
  cursor.leave(outer);
  return cursor.octets.subarray(start, cursor.at);
}
