import { compareOctets, toHex } from '../../bytes/index.js';
import { type DerCursor, TAG } from '../der/der-cursor.js';
import type { CcrLocation, CcrManifest } from './ccr.js';
import { formatOid } from './oid-text.js';
import type { Remark } from './remarks.js';

const SECTION = 'ccr §3.4.1.1';
/** `[6] IA5String` of a GeneralName (RFC 5280 §4.2.1.6). */
const URI = 0x86;
/** INTEGER (1000..MAX): no manifest is shorter. */
const LEAST_SIZE = 1000;

/** The members of a SEQUENCE OF ManifestInstance. */
export function* readManifests(cursor: DerCursor, remark: Remark): Generator<CcrManifest> {
  let previous: Uint8Array | undefined;
  while (cursor.more) {
    const outer = cursor.enter(TAG.sequence);
    const hash = cursor.octetString(32);
    const size = cursor.number(LEAST_SIZE, Number.MAX_SAFE_INTEGER);
    const aki = cursor.octetString(20);
    const manifestNumber = cursor.bigNumber(20);
    const thisUpdate = cursor.time();
    const locations = readLocations(cursor);
    const subordinates = cursor.more ? readKeyIdentifiers(cursor, remark) : undefined;
    cursor.leave(outer);
    if (previous && compareOctets(previous, hash) >= 0)
      remark('ccr-order', SECTION, () => `the manifest ${toHex(hash)} does not come after the one before`);
    previous = hash;
    yield {
      hash,
      size,
      aki,
      manifestNumber,
      thisUpdate,
      locations,
      ...(subordinates === undefined ? {} : { subordinates }),
    };
  }
}

function readLocations(cursor: DerCursor): CcrLocation[] {
  const outer = cursor.enter(TAG.sequence);
  const locations: CcrLocation[] = [];
  do {
    const inner = cursor.enter(TAG.sequence);
    const method = formatOid(cursor.objectIdentifier());
    const uri = cursor.ascii(URI);
    cursor.leave(inner);
    locations.push({ method, uri });
  } while (cursor.more);
  cursor.leave(outer);
  return locations;
}

function readKeyIdentifiers(cursor: DerCursor, remark: Remark): Uint8Array[] {
  const outer = cursor.enter(TAG.sequence);
  const list = [...keyIdentifiers(cursor, (ski) => remark('ccr-order', SECTION, () => notAfter(ski)))];
  cursor.leave(outer);
  return list;
}

/** The members of a SEQUENCE SIZE (1..MAX) OF SubjectKeyIdentifier; `disorder` gets those that do not ascend. */
export function* keyIdentifiers(
  cursor: DerCursor,
  disorder: (ski: Uint8Array) => void,
): Generator<Uint8Array> {
  let previous: Uint8Array | undefined;
  do {
    const ski = cursor.octetString(20);
    if (previous && compareOctets(previous, ski) >= 0) disorder(ski);
    previous = ski;
    yield ski;
  } while (cursor.more);
}

/** The words for a key identifier out of order. */
export function notAfter(ski: Uint8Array): string {
  return `the key identifier ${toHex(ski)} does not come after the one before`;
}
