import { CONFED_SEGMENT_FLAG, type SecurePathSegment } from '../bgp/index.js';
import { AFI_IPV4, AFI_IPV6, type Asn, SAFI_UNICAST } from '../inet/index.js';

/** What the checks need of a received UPDATE; its message-level errors (RFC 7606) have been dealt with before. */
export interface ReceivedUpdate {
  /** Flags octet of the private attribute. */
  readonly flags: number;
  /** Its value. */
  readonly value: Uint8Array;
  /** From MP_REACH_NLRI; absent when the UPDATE has none. */
  readonly reach?: {
    readonly afi: number;
    readonly safi: number;
    /** Each as on the wire: length octet and prefix octets. */
    readonly nlri: readonly Uint8Array[];
  };
  /** Whether the NLRI field of the UPDATE holds prefixes. */
  readonly nlriFieldUsed?: boolean;
  readonly hasAsPath?: boolean;
  readonly hasBgpsecPath?: boolean;
}

/** The session an UPDATE came over. There is no capability: both ends are configured, in a laboratory. */
export interface ApvasSession {
  /** The AS this side announced in OPEN. */
  readonly localAs: Asn;
  /** The AS the peer announced in OPEN. */
  readonly peerAs: Asn;
  readonly kind: 'external' | 'internal';
  /** Numbers for the loop check; `localAs` alone when absent. */
  readonly ownAses?: readonly Asn[];
  /** For sessions with a route server. */
  readonly allowPcountZero?: boolean;
}

/**
 * The checks before the attribute is decoded, those of RFC 8205 with this attribute in the place of BGPsec_PATH: the
 * reason for treat-as-withdraw, or undefined.
 */
export function checkEnvelope(update: ReceivedUpdate): string | undefined {
  // Optional, non-transitive (RFC 7606 §3 c); the other bits are not judged.
  if ((update.flags & 0xc0) !== 0x80) return 'apvas-path-flags';
  if (update.reach === undefined) return 'mp-reach-missing';
  if (update.nlriFieldUsed === true) return 'nlri-field-used';
  if (update.reach.afi !== AFI_IPV4 && update.reach.afi !== AFI_IPV6) return 'afi-unsupported';
  if (update.reach.safi !== SAFI_UNICAST) return 'safi-unsupported';
  if (update.reach.nlri.length !== 1) return 'nlri-count';
  return undefined;
}

/** The checks of RFC 8205 §5.2 (items 2 and 4 to 8) on a decoded path: the reason for treat-as-withdraw, or undefined. */
export function checkPath(
  segments: readonly SecurePathSegment[],
  update: ReceivedUpdate,
  session: ApvasSession,
): string | undefined {
  const newest = segments[0] as SecurePathSegment;
  const external = session.kind === 'external';
  if (external && newest.asn !== session.peerAs) return 'peer-as-mismatch';
  // One meaning per UPDATE (docs/decisions/apvas.md D-apvas-alone).
  if (update.hasAsPath === true) return 'as-path-present';
  if (update.hasBgpsecPath === true) return 'bgpsec-path-present';
  // Contributions of members cannot be taken out at egress: no confederations (docs/decisions/apvas.md D-apvas-confed).
  if (segments.some(({ flags }) => (flags & CONFED_SEGMENT_FLAG) !== 0)) return 'confed-flag-unexpected';
  if (external && newest.pCount === 0 && session.allowPcountZero !== true) return 'pcount-zero';
  const own = session.ownAses ?? [session.localAs];
  // A segment with pCount 0 does not appear in the AS_PATH that the loop check looks at (RFC 8205 §4.4).
  if (segments.some(({ asn, pCount }) => pCount > 0 && own.includes(asn))) return 'as-loop';
  return undefined;
}
