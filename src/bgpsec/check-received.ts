import type { Asn } from '../inet/index.js';
import { checkSecurePath, type SecurePathReason } from './path-checks.js';
import type { RouteToSend, SignedRouteToSend, Speaker } from './route-to-send.js';
import { type BgpsecSession, checkedSession } from './session.js';
import { SigningError } from './signing-error.js';

/**
 * The AS inside which routes are distributed: the Member-AS in a confederation, else the speaker's AS.
 * RFC 8205 §4.3.
 */
export function homeAs(speaker: Speaker): Asn {
  return speaker.confederation?.memberAs ?? speaker.asn;
}

/**
 * The session over which a route arrived, as the checks of RFC 8205 §5.2 take it where the route is passed on: the
 * confederation is the speaker's, and its AS numbers take part in the loop check (docs/decisions/bgpsec.md
 * D-bgpsec-loop-numbers).
 *
 * @throws {RangeError} for a session that makes no sense.
 */
export function arrivalSession(
  { confederation: _, ...session }: BgpsecSession,
  speaker: Speaker,
): BgpsecSession {
  const { localAs, ownAses = [speaker.asn, ...(localAs === homeAs(speaker) ? [] : [localAs])] } = session;
  const own = speaker.confederation && { confederation: speaker.confederation };
  return checkedSession({ ...session, ...own, ownAses });
}

/**
 * The checks of RFC 8205 §5.2 on a route that was received with a BGPsec_PATH, before it is passed on; nothing for other
 * routes.
 *
 * @throws as `propagate`.
 */
export function checkReceived(route: RouteToSend, speaker: Speaker): void {
  if (route.bgpsecPath === undefined) return;
  // Callers without types may leave it out, and without it nothing could be checked.
  const session: unknown = route.session;
  if (typeof session !== 'object' || session === null) {
    throw new TypeError('session: a BGPsec_PATH is passed on with the session it came over (RFC 8205 §5.2)');
  }
  const reason = reasonAgainst(route, speaker);
  if (reason !== undefined)
    throw new SigningError(reason, 'the received route fails a check of RFC 8205 §5.2');
}

function reasonAgainst(
  { bgpsecPath, session, asPath }: SignedRouteToSend,
  speaker: Speaker,
): SecurePathReason | 'path-malformed' | undefined {
  const { segments, blocks } = bgpsecPath;
  // Items 1 and 3 for paths that did not come from the decoder.
  const whole = blocks.every(({ signatures }) => signatures.length === segments.length);
  if (segments.length === 0 || blocks.length === 0 || !whole) return 'path-malformed';
  return checkSecurePath(bgpsecPath, asPath !== undefined, arrivalSession(session, speaker));
}
