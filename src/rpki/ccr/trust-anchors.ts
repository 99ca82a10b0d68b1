import type { DerCursor } from '../der/der-cursor.js';
import { keyIdentifiers, notAfter } from './manifests.js';
import type { Remark } from './remarks.js';

/** The members of the SEQUENCE (SIZE(1..MAX)) OF SubjectKeyIdentifier of the trust anchors. */
export function readTrustAnchors(cursor: DerCursor, remark: Remark): Generator<Uint8Array> {
  return keyIdentifiers(cursor, (ski) => remark('ccr-order', 'ccr §3.4.4', () => notAfter(ski)));
}
