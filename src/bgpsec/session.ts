import type { Family, PeerKind, SessionOptions } from '../bgp/index.js';
import { type Afi, type Asn, isAsn, requireObject, sayValue } from '../inet/index.js';

const KINDS: readonly PeerKind[] = ['external', 'internal', 'confed-external'];

/** The confederation of the speaker itself (RFC 5065). */
export interface OwnConfederation {
  /** AS Confederation Identifier: what external peers see. */
  readonly identifier: Asn;
  /** The speaker's Member-AS Number. */
  readonly memberAs: Asn;
  /**
   * Whether signatures of members are verified (RFC 8205 §4.3 leaves it to the confederation). Default true. Without
   * it the Member-AS Numbers of a path are not protected.
   */
  readonly verifyMembers?: boolean;
}

/** What the receiver knows about the session on which an UPDATE arrived. */
export interface BgpsecSession {
  /** The AS that this side announced in its OPEN: the target of the newest signature (RFC 8205 §5.2 step 3). */
  readonly localAs: Asn;
  /** The AS that the peer announced in its OPEN. */
  readonly peerAs: Asn;
  /** RFC 8205 §4.3 counts `confed-external` as eBGP, a peer in the same Member-AS as `internal`. */
  readonly kind: PeerKind;
  readonly confederation?: OwnConfederation;
  /**
   * Numbers that must not occur in the path (RFC 8205 §5.2 item 8); default: `localAs`, in a confederation its
   * identifier. The Member-AS Number is looked for in any case, in AS_CONFED_SEQUENCE only (RFC 5065 §4,
   * D-bgpsec-loop-numbers).
   */
  readonly ownAses?: readonly Asn[];
  /** The peer is configured to send pCount 0: route servers, RFC 8205 §7.2. Default false (RFC 8207 §7). */
  readonly allowPcountZero?: boolean;
  /**
   * Whether the loop check also looks at segments with pCount 0, as route servers may (D-bgpsec-loop-pcount-zero).
   * Default false.
   */
  readonly loopCheckPcountZero?: boolean;
  /** Families for which this side may receive signed routes; default: as if negotiated for both. */
  readonly negotiated?: readonly Afi[];
  /** Subsequent address families in which signed routes are taken; default 1 only (D-bgpsec-safi). */
  readonly safis?: readonly number[];
  /**
   * Families whose routes come with Path Identifiers (RFC 7911 §5), which nothing signs (D-bgpsec-path-identifier).
   * Default none.
   */
  readonly addPath?: readonly Family[];
}

/**
 * The same session when it makes sense.
 *
 * @throws {TypeError} for what is no session or has no known kind; {@link RangeError} for AS numbers outside 1..4294967295 and a `confed-external` peer without a confederation.
 */
export function checkedSession(session: BgpsecSession): BgpsecSession {
  requireObject(session, 'the session', '{localAs, peerAs, kind}');
  const { confederation } = session;
  if (!KINDS.includes(session.kind)) {
    throw new TypeError(`kind ${sayValue(session.kind)} of a session is none of ${KINDS.join(', ')}`);
  }
  mustBeAs(session.localAs);
  mustBeAs(session.peerAs);
  session.ownAses?.forEach(mustBeAs);
  if (confederation !== undefined) {
    mustBeAs(confederation.identifier);
    mustBeAs(confederation.memberAs);
  }
  if (session.kind === 'confed-external' && confederation === undefined) {
    throw new RangeError('a confed-external peer needs the own confederation');
  }
  return session;
}

function mustBeAs(asn: Asn): void {
  if (!isAsn(asn) || asn === 0) throw new RangeError(`AS ${sayValue(asn)} cannot stand in an OPEN`);
}

/**
 * What the decoder of `bgp` needs to know of the session; `attributeType` 30 as in the examples of RFC 8608
 * (D-bgpsec-type-30).
 */
export function decoderOptions(
  session: BgpsecSession,
  attributeType: 33 | 30 = 33,
  extendedMessages = true,
): SessionOptions {
  return {
    peer: session.kind,
    bgpsecReceived: session.negotiated === undefined || session.negotiated.length > 0,
    printedBgpsecType: attributeType === 30,
    extendedMessages,
    ...(session.addPath && { addPath: session.addPath }),
  };
}
