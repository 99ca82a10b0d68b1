import {
  AS_CONFED_SET,
  AS_SET,
  type AsPath,
  type BgpsecPath,
  CONFED_SEGMENT_FLAG,
  type PeerKind,
  type SecurePathSegment,
} from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import { addSegment, originSegment } from './add-segment.js';
import { reconstructAsPath } from './as-path-reconstruction.js';
import { bridgeSegment, removeConfedSegments } from './confederation.js';
import type { OwnConfederation } from './session.js';
import type { SignedPrefix } from './signed-prefix.js';
import type { Signer } from './signer.js';
import { SigningError } from './signing-error.js';
import { asPathFor } from './unsigned-as-path.js';

/** The router that sends. */
export interface Speaker {
  /** Its AS number; in a confederation the Confederation Identifier. */
  readonly asn: Asn;
  readonly confederation?: OwnConfederation;
  readonly signer: Signer;
  /** Suites of the blocks of own routes, one or two; default suite 1. */
  readonly originSuites?: readonly number[];
}

/** To whom it sends. */
export interface Peer {
  /** The AS that the peer announced in its OPEN: the target of the new signature. */
  readonly peerAs: Asn;
  readonly kind: PeerKind;
  /** Whether the peer may be sent BGPsec_PATH for the family (RFC 8205 §2.2). */
  readonly bgpsec: boolean;
  /** The AS announced to this peer where it is not the speaker's: the old number of a migration (RFC 8206). */
  readonly localAs?: Asn;
  /** 1..255 repetitions of the own AS; 0 from a transparent route server only. Default 1. */
  readonly pCount?: number;
  /** The speaker is a transparent route server to this peer and may use pCount 0. */
  readonly routeServer?: boolean;
}

/** What it sends: a signed route, a received unsigned one, or (with neither path) one that begins here. */
export interface RouteToSend {
  readonly announced: SignedPrefix;
  /** BGPsec_PATH as received; for routes from internal peers as they distributed it. */
  readonly bgpsecPath?: BgpsecPath;
  /** AS_PATH of a route received without BGPsec_PATH. Empty: it began in the own AS. */
  readonly asPath?: AsPath;
  /** The AS the newest signature was made for: what this side announced to the sender. Default: see {@link homeAs}. */
  readonly arrivedAs?: Asn;
  /** The route would carry an AS_SET without BGPsec, as proxy aggregation makes it. */
  readonly aggregated?: boolean;
}

/** What goes on the wire: one of the two path attributes, or neither (an own route to an internal BGPsec peer). */
export type Sending =
  | { readonly form: 'signed'; readonly bgpsecPath: BgpsecPath }
  | { readonly form: 'unsigned'; readonly asPath: AsPath; readonly why: UnsignedWhy }
  | { readonly form: 'no-path' };

/** Why a route goes out without signatures. */
export type UnsignedWhy = 'peer-without-bgpsec' | 'received-unsigned' | 'as-set' | 'no-supported-suite';

/**
 * What a route looks like for a peer (RFC 8205 §4.1 to §4.4, RFC 8206 §5). Signs when the peer can take it and the
 * route may carry a BGPsec_PATH. The caller has applied the checks of §5.2 and its policy; whether the route is Valid
 * plays no role here (§8.2).
 *
 * @throws {SigningError} as {@link addSegment}; `confed-flag-not-member` for a confed-external peer of a speaker in
 * no confederation, `pcount-range` for pCount 0 without `routeServer`.
 */
export function propagate(route: RouteToSend, speaker: Speaker, peer: Peer): Sending {
  const why = unsignedBecause(route, speaker.signer, peer);
  if (why !== undefined) return { form: 'unsigned', asPath: unsignedPath(route, speaker, peer), why };
  if (peer.kind === 'internal') {
    if (route.bgpsecPath === undefined) return { form: 'no-path' };
    return { form: 'signed', bgpsecPath: insidePath(route.bgpsecPath, route, speaker) };
  }
  return { form: 'signed', bgpsecPath: signForPeer(route, speaker, peer) };
}

/**
 * The BGPsec_PATH for an external or confed-external peer. RFC 8205 §4.2.
 *
 * @throws {SigningError} as {@link propagate}, and `unsigned-received` or `as-set` for what must not be signed.
 */
export function signForPeer(route: RouteToSend, speaker: Speaker, peer: Peer): BgpsecPath {
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

/**
 * The AS inside which routes are distributed: the Member-AS in a confederation, else the speaker's AS.
 * RFC 8205 §4.3.
 */
export function homeAs(speaker: Speaker): Asn {
  return speaker.confederation?.memberAs ?? speaker.asn;
}

/** The new Secure_Path Segment (§4.2; §4.3 for the flag). */
function newSegment(speaker: Speaker, peer: Peer): SecurePathSegment {
  const { pCount = 1 } = peer;
  if (pCount === 0 && peer.routeServer !== true) {
    throw new SigningError('pcount-range', 'pCount 0 is for transparent route servers');
  }
  if (peer.kind === 'confed-external') {
    if (speaker.confederation === undefined) {
      throw new SigningError('confed-flag-not-member', 'the speaker is in no confederation');
    }
    return { pCount, flags: CONFED_SEGMENT_FLAG, asn: speaker.confederation.memberAs };
  }
  return { pCount, flags: 0, asn: peer.localAs ?? speaker.asn };
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
    return bgpsecPath === undefined ? undefined : insidePath(bgpsecPath, route, speaker);
  }
  const left = bgpsecPath === undefined ? undefined : removeConfedSegments(bgpsecPath);
  if (left !== undefined) {
    // Behind the members' segments the path is signed to the identifier.
    const arrivedAs = route.arrivedAs ?? speaker.asn;
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
function insidePath(path: BgpsecPath, route: RouteToSend, speaker: Speaker): BgpsecPath {
  const home = homeAs(speaker);
  const { arrivedAs = home, announced } = route;
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
