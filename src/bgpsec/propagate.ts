import {
  AS_CONFED_SET,
  AS_SET,
  type AsPath,
  type BgpsecPath,
  CONFED_SEGMENT_FLAG,
  type SecurePathSegment,
} from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import { addSegment, originSegment } from './add-segment.js';
import { reconstructAsPath } from './as-path-reconstruction.js';
import { checkReceived, homeAs } from './check-received.js';
import { bridgeSegment, removeConfedSegments } from './confederation.js';
import type { Peer, RouteToSend, Sending, SignedRouteToSend, Speaker, UnsignedWhy } from './route-to-send.js';
import type { Signer } from './signer.js';
import { SigningError } from './signing-error.js';
import { asPathFor } from './unsigned-as-path.js';

/**
 * What a route looks like for a peer (RFC 8205 §4.1 to §4.4, RFC 8206 §5). Signs when the peer can take it and the
 * route may carry a BGPsec_PATH. A received BGPsec_PATH first has to pass the checks of §5.2, those of the decoder
 * included, in whatever form the route goes out; whether it is Valid plays no role here (§8.2). The caller applies its
 * policy.
 *
 * @throws {SigningError} as {@link addSegment}; the reason of the check of §5.2 that failed; `peer-internal` for an
 * external peer in the own AS; `confed-flag-not-member` for a confed-external peer of a speaker in no confederation,
 * `pcount-range` for pCount 0 without `routeServer`.
 * @throws {TypeError} for a BGPsec_PATH without the session it came over, {@link RangeError} for a session that makes no
 * sense.
 */
export function propagate(route: RouteToSend, speaker: Speaker, peer: Peer): Sending {
  checkReceived(route, speaker);
  const why = unsignedBecause(route, speaker.signer, peer);
  if (why !== undefined) return { form: 'unsigned', asPath: unsignedPath(route, speaker, peer), why };
  if (peer.kind === 'internal') {
    if (route.bgpsecPath === undefined) return { form: 'no-path' };
    return { form: 'signed', bgpsecPath: insidePath(route, speaker) };
  }
  return { form: 'signed', bgpsecPath: signChecked(route, speaker, peer) };
}

/**
 * The BGPsec_PATH for an external or confed-external peer. RFC 8205 §4.2.
 *
 * @throws {SigningError} as {@link propagate}, and `unsigned-received` or `as-set` for what must not be signed.
 */
export function signForPeer(route: RouteToSend, speaker: Speaker, peer: Peer): BgpsecPath {
  checkReceived(route, speaker);
  return signChecked(route, speaker, peer);
}

function signChecked(route: RouteToSend, speaker: Speaker, peer: Peer): BgpsecPath {
  const why = unsignedBecause(route, speaker.signer, peer);
  if (why === 'received-unsigned')
    throw new SigningError('unsigned-received', 'the route came without signatures');
  if (why === 'as-set') throw new SigningError('as-set', 'an aggregate must not carry BGPsec_PATH');
  const segment = newSegment(speaker, peer);
  const carried = carriedPath(route, speaker, peer, segment.asn);
  const { announced } = route;
  return carried === undefined
    ? originSegment(segment, peer.peerAs, announced, speaker.signer, speaker.originSuites)
    : addSegment(carried, segment, peer.peerAs, announced, speaker.signer);
}

/** The new Secure_Path Segment (§4.2; §4.3 for the flag). */
function newSegment(speaker: Speaker, peer: Peer): SecurePathSegment {
  const { pCount = 1 } = peer;
  if (pCount === 0 && peer.routeServer !== true) {
    throw new SigningError('pcount-range', 'pCount 0 is for transparent route servers');
  }
  const inside = peer.kind === 'confed-external';
  if (inside && speaker.confederation === undefined) {
    throw new SigningError('confed-flag-not-member', 'the speaker is in no confederation');
  }
  const asn = inside ? homeAs(speaker) : (peer.localAs ?? speaker.asn);
  // §4.1: external is a peer "when the AS number of the peer is not equal to the BGPsec speaker's own AS number".
  if (asn === peer.peerAs) {
    throw new SigningError('peer-internal', `AS ${asn} does not sign to itself: such a peer is internal`);
  }
  return { pCount, flags: inside ? CONFED_SEGMENT_FLAG : 0, asn };
}

/** The path to which the new segment is added, signed to `sendingAs`; `undefined`: the new segment is the origin's. */
function carriedPath(
  route: RouteToSend,
  speaker: Speaker,
  peer: Peer,
  sendingAs: Asn,
): BgpsecPath | undefined {
  const { bgpsecPath, announced } = route;
  if (peer.kind === 'confed-external') {
    return bgpsecPath === undefined ? undefined : insidePath(route, speaker);
  }
  const left = bgpsecPath === undefined ? undefined : removeConfedSegments(bgpsecPath);
  if (left !== undefined) {
    // Behind the members' segments the path is signed to the identifier.
    const arrivedAs = route.session?.localAs ?? speaker.asn;
    const from =
      speaker.confederation !== undefined && arrivedAs === homeAs(speaker) ? speaker.asn : arrivedAs;
    return from === sendingAs ? left : bridgeSegment(left, from, sendingAs, false, announced, speaker.signer);
  }
  if (sendingAs === speaker.asn) return undefined;
  // RFC 8206 §5.1: an own route leaves under the old number as if the new AS had sent it there.
  const segment = { pCount: 0, flags: 0, asn: speaker.asn };
  return originSegment(segment, sendingAs, announced, speaker.signer, speaker.originSuites);
}

/** The form of a received path that is distributed inside the own AS or Member-AS (§4.3; RFC 8206 §5.2). */
function insidePath(route: SignedRouteToSend, speaker: Speaker): BgpsecPath {
  const home = homeAs(speaker);
  const { announced, bgpsecPath: path } = route;
  const { localAs: arrivedAs } = route.session;
  if (arrivedAs === home) return path;
  const { signer, confederation } = speaker;
  // Of a migration inside a confederation: first to the identifier, then in.
  const atBorder =
    arrivedAs === speaker.asn ? path : bridgeSegment(path, arrivedAs, speaker.asn, false, announced, signer);
  return confederation === undefined
    ? atBorder
    : bridgeSegment(atBorder, speaker.asn, home, true, announced, signer);
}

function unsignedBecause(route: RouteToSend, signer: Signer, peer: Peer): UnsignedWhy | undefined {
  if (
    route.aggregated === true ||
    route.asPath?.some(({ type }) => type === AS_SET || type === AS_CONFED_SET)
  ) {
    return 'as-set';
  }
  if (route.bgpsecPath === undefined && route.asPath !== undefined && route.asPath.length > 0) {
    return 'received-unsigned';
  }
  if (route.bgpsecPath?.blocks.every(({ suite }) => !signer.suites.has(suite))) return 'no-supported-suite';
  return peer.bgpsec ? undefined : 'peer-without-bgpsec';
}

/** §4.4, and the rules of unsigned BGP. */
function unsignedPath(route: RouteToSend, speaker: Speaker, peer: Peer): AsPath {
  const received =
    route.bgpsecPath === undefined ? (route.asPath ?? []) : reconstructAsPath(route.bgpsecPath.segments);
  const own = peer.kind === 'confed-external' ? homeAs(speaker) : (peer.localAs ?? speaker.asn);
  return asPathFor(received, peer.kind, own, peer.pCount ?? 1);
}
