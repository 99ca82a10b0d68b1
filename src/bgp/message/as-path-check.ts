import { AS_CONFED_SEQUENCE, AS_CONFED_SET, type AsPath } from '../as-path.js';
import { type AsnSize, ATTR_AS_PATH } from '../attribute/attr-02-as-path.js';
import { malformedAttribute } from '../attribute/attribute-fault.js';
import type { PeerKind } from './session.js';

/**
 * Checks the content of a received AS_PATH whose value begins at `offset`: AS 0 (RFC 7607 §2), confederation segments
 * from outside, and their absence from another Member-AS (RFC 5065 §5). AS_SETs are left to the verifiers
 * (docs/decisions/bgp.md D-as-set).
 *
 * @throws {BgpError} treat-as-withdraw: `as-zero`, `as-path-confed-unexpected`, `as-path-confed-missing`.
 */
export function checkAsPath(
  path: AsPath,
  peer: PeerKind | undefined,
  asnSize: AsnSize,
  offset: number,
): void {
  let at = offset;
  for (const [i, { type, asns }] of path.entries()) {
    const field = `as-path.segment[${i}]`;
    const zero = asns.indexOf(0);
    if (zero >= 0) throw malformedAttribute(ATTR_AS_PATH, field, at + 2 + zero * asnSize, 'as-zero', 'AS 0');
    if (peer === 'external' && (type === AS_CONFED_SEQUENCE || type === AS_CONFED_SET)) {
      const message = 'a confederation segment from outside the confederation';
      throw malformedAttribute(ATTR_AS_PATH, field, at, 'as-path-confed-unexpected', message);
    }
    at += 2 + asns.length * asnSize;
  }
  if (peer === 'confed-external' && path[0]?.type !== AS_CONFED_SEQUENCE) {
    const message = 'no AS_CONFED_SEQUENCE in front, from another Member-AS';
    throw malformedAttribute(ATTR_AS_PATH, 'as-path', offset, 'as-path-confed-missing', message);
  }
}
