import { TAG } from '../der/der-cursor.js';
import { OID } from '../oids.js';
import { parseOid } from './oid-text.js';

/** The content type of files until 2025-12-02, of OpenBSD's private arc. */
export const PRIVATE_TYPE = '1.3.6.1.4.1.41948.828';

/** Identifier and length of the OBJECT IDENTIFIERs with which a CCR begins, behind its SEQUENCE. */
const BEGINNINGS = [OID.canonicalCacheRepresentation, PRIVATE_TYPE].map((type) => {
  const contents = parseOid(type);
  return Uint8Array.of(TAG.objectIdentifier, contents.length, ...contents);
});

/** Whether octets, of which the first 20 are enough, begin like a file in Canonical Cache Representation (ccr §2). */
export function isCcr(head: Uint8Array): boolean {
  const length = head[1] ?? 0;
  const at = 2 + (length > 0x80 ? length & 0x7f : 0);
  return (
    head[0] === TAG.sequence && BEGINNINGS.some((begin) => begin.every((octet, i) => head[at + i] === octet))
  );
}
