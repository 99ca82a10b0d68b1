import type { PeerKind, SecurePathSegment } from '../../bgp/index.js';
import { type BgpsecSession, homeAs, isConfedSegment, type Speaker } from '../../bgpsec/index.js';
import type { Asn } from '../../inet/index.js';

/** What `bgpsec forward` is told about the session over which the route arrived. */
export interface ArrivalOptions {
  readonly fromAs?: Asn;
  readonly fromKind?: PeerKind;
  readonly arrivedAs?: Asn;
  readonly allowPcountZero?: boolean;
}

/**
 * The session of the options. A neighbour that is not named is the one that the newest segment names, which makes item 2
 * of RFC 8205 §5.2 hold; its kind follows from its AS (docs/decisions/bgpsec.md D-forward-session).
 */
export function arrivalOf(
  { fromAs, fromKind, arrivedAs, allowPcountZero = false }: ArrivalOptions,
  speaker: Speaker,
  newest: SecurePathSegment | undefined,
): BgpsecSession {
  const localAs = arrivedAs ?? homeAs(speaker);
  const named = fromAs ?? newest?.asn ?? localAs;
  const kind = fromKind ?? kindOf(named, fromAs === undefined, localAs, speaker, newest);
  // A segment of the ingress names the confederation, not the internal neighbour that distributes it.
  const peerAs = fromAs ?? (kind === 'internal' ? localAs : named);
  return { localAs, peerAs, kind, allowPcountZero };
}

function kindOf(
  asn: Asn,
  fromPath: boolean,
  localAs: Asn,
  { confederation }: Speaker,
  newest: SecurePathSegment | undefined,
): PeerKind {
  if (confederation === undefined || localAs !== confederation.memberAs) {
    return asn === localAs && !fromPath ? 'internal' : 'external';
  }
  // Inside a confederation: the form that the ingress distributes is flagged and names the identifier.
  const distributed =
    fromPath && newest !== undefined && isConfedSegment(newest) && asn === confederation.identifier;
  return asn === localAs || distributed ? 'internal' : 'confed-external';
}
