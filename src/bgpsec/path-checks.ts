import type { BgpsecPath, SecurePathSegment } from '../bgp/index.js';
import { isConfedSegment } from './as-path-reconstruction.js';
import type { BgpsecNote } from './reasons.js';
import type { BgpsecSession } from './session.js';

/** What {@link checkSecurePath} finds. */
export type SecurePathReason =
  | 'peer-as-mismatch'
  | 'as-path-present'
  | 'confed-flag-unexpected'
  | 'confed-flag-missing'
  | 'pcount-zero'
  | 'as-loop';

/**
 * Items 2 and 4 to 8 of the list in RFC 8205 §5.2, in that order, on an attribute that has passed items 1 and 3 in the
 * decoder. The first that fails is returned; `undefined` when all pass. Reserved AS numbers are no matter of theirs
 * (docs/decisions/bgpsec.md D-bgpsec-reserved-as).
 */
export function checkSecurePath(
  path: BgpsecPath,
  asPathPresent: boolean,
  session: BgpsecSession,
): SecurePathReason | undefined {
  const newest = path.segments[0] as SecurePathSegment;
  const fromPeer = session.kind !== 'internal';
  // 2. The newest segment names the peer; internal peers add none.
  if (fromPeer && newest.asn !== session.peerAs) return 'peer-as-mismatch';
  // 4. No AS_PATH beside it.
  if (asPathPresent) return 'as-path-present';
  // 5. From outside the confederation no segment is flagged. A speaker in no confederation has only an outside.
  const outside = session.kind === 'external' || session.confederation === undefined;
  if (outside && path.segments.some(isConfedSegment)) return 'confed-flag-unexpected';
  // 6. From another Member-AS the peer's segment is flagged (D-bgpsec-internal-flag: no segment is an internal peer's).
  if (session.kind === 'confed-external' && !isConfedSegment(newest)) return 'confed-flag-missing';
  // 7. pCount 0 from configured peers only; RFC 8206 §5.3 obliges internal receivers to take it.
  if (fromPeer && newest.pCount === 0 && session.allowPcountZero !== true) return 'pcount-zero';
  // 8. No loop.
  if (hasLoop(path.segments, session)) return 'as-loop';
  return undefined;
}

/**
 * Item 8: an own AS in the reconstructed AS_PATH; in a confederation by RFC 5065 §4. Without making the path: what it
 * holds are the segments with a pCount above 0, flagged ones as AS_CONFED_SEQUENCE (§4.4).
 */
function hasLoop(segments: readonly SecurePathSegment[], session: BgpsecSession): boolean {
  const { confederation, ownAses, loopCheckPcountZero } = session;
  const alone = confederation?.identifier ?? session.localAs;
  for (const segment of segments) {
    const { asn, pCount } = segment;
    const own = ownAses === undefined ? asn === alone : ownAses.includes(asn);
    if (own && (pCount > 0 || loopCheckPcountZero === true)) return true;
    if (asn === confederation?.memberAs && pCount > 0 && isConfedSegment(segment)) return true;
  }
  return false;
}

/** Notes on a path that passed {@link checkSecurePath}. */
export function notesOnPath(path: BgpsecPath, session: BgpsecSession): BgpsecNote[] {
  const { segments } = path;
  const notes: BgpsecNote[] = [];
  if (segments.some(({ flags }) => (flags & 0x7f) !== 0)) notes.push('flags-unassigned-set');
  if (segments.some(({ asn }, i) => i > 0 && asn === segments[i - 1]?.asn)) notes.push('same-as-consecutive');
  // docs/decisions/bgpsec.md D-bgpsec-inner-pcount-zero
  if (segments.some(({ pCount }, i) => i > 0 && pCount === 0)) notes.push('pcount-zero-inner');
  const flagged = segments.map(isConfedSegment);
  if (session.kind === 'internal' && session.confederation !== undefined && flagged[0] === false) {
    notes.push('internal-newest-not-flagged');
  }
  // D-bgpsec-confed-flag: the receiver takes it, the next external AS will refuse it.
  if (flagged.some((flag, i) => flag && flagged[i - 1] === false)) notes.push('confed-flag-not-leading');
  return notes;
}
