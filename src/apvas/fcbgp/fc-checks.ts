import type { BgpRole } from '../../bgp/index.js';
import { FC_FLAG, type FcSegment } from './attr-255-fc-path.js';
import type { FcHop } from './fc-order.js';
import type { FcCheckReason, FcLeak } from './fc-result.js';
import type { FcRoute, FcSession, FcVerifier } from './fc-route.js';

const DIRECTION = FC_FLAG.providerToCustomer | FC_FLAG.peerToPeer;

/**
 * Checks 2 and 4 to 12 of draft-wang-sidrops-fcbgp-protocol §5.2.1, on a route whose segments have their places: the
 * first that fails, undefined when none does. `no-supported-algorithm` is no failure but the verdict `unsigned`
 * (docs/decisions/fcbgp.md D-fcbgp-algorithm). None is about the own AS in the path (D-fcbgp-loop in the same file).
 */
export function checkSegments(
  hops: readonly FcHop[],
  { path }: Pick<FcRoute, 'path'>,
  session: FcSession,
  { keys, suites }: FcVerifier,
): FcCheckReason | 'no-supported-algorithm' | undefined {
  const { segments } = path;
  // 2. Every AS of the path that has a router key has a segment.
  if (hops.some(({ asn, segment }) => segment === undefined && keys.takesPart(asn))) return 'segment-missing';
  // 4. Each has an Algorithm ID that is supported.
  const supported = segments.filter(({ algorithm }) => suites.has(algorithm)).length;
  if (supported === 0) return 'no-supported-algorithm';
  if (supported < segments.length) return 'algorithm-unsupported';
  // 5, 6, 7. No confederations: no segment is flagged, and no peer is in one's own (D-fcbgp-confed).
  if (segments.some(({ flags }) => (flags & FC_FLAG.confedSegment) !== 0)) return 'confed-flag-unexpected';
  const newest = segments[0] as FcSegment;
  if (session.kind === 'external') {
    // 8, 10. Flags-RS of the newest segment is what the peer is expected to set.
    const flagged = (newest.flags & FC_FLAG.routeServer) !== 0;
    if (flagged && session.expectFlagsRs !== true) return 'rs-flag-unexpected';
    if (!flagged && session.expectFlagsRs === true) return 'rs-flag-missing';
  }
  // 9. Flags-ASPP says whether an AS stands there more than once in a row (D-fcbgp-aspp).
  for (const { repeated, segment } of hops) {
    if (segment === undefined) continue;
    const flagged = (segment.flags & FC_FLAG.asPathPrepending) !== 0;
    if (flagged !== repeated) return repeated ? 'aspp-flag-missing' : 'aspp-flag-unexpected';
  }
  // 11, 12. Flags-P2C and Flags-P2P of the peer's own segment are what its role is expected to set (D-fcbgp-leak).
  if (session.kind !== 'external' || session.peerRole === undefined || newest.asn !== session.peerAs) {
    return undefined;
  }
  const expected = directionFlag(session.peerRole);
  const set = newest.flags & DIRECTION;
  if ((set & ~expected) !== 0) return 'direction-flag-unexpected';
  return set === expected ? undefined : 'direction-flag-missing';
}

/**
 * What an AS sets in its segment towards a peer to which it has the role `role` (draft §4.4): Flags-P2C towards customers
 * and clients of a route server, Flags-P2P towards peers.
 */
export function directionFlag(role: BgpRole): number {
  if (role === 'provider' || role === 'rs') return FC_FLAG.providerToCustomer;
  return role === 'peer' ? FC_FLAG.peerToPeer : 0;
}

/**
 * The ingress procedure of draft §5.2.1: whether a route from another AS is a leak. Without the peer's role nothing is one
 * (docs/decisions/fcbgp.md D-fcbgp-leak).
 */
export function leakOf(
  { segments }: FcRoute['path'],
  { kind, peerRole }: Pick<FcSession, 'kind' | 'peerRole'>,
): FcLeak | undefined {
  if (kind !== 'external' || peerRole === undefined) return undefined;
  const has = (segment: FcSegment | undefined, flag: number): boolean =>
    segment !== undefined && (segment.flags & flag) !== 0;
  const [newest, second] = segments;
  // 1. Sent down, and yet it comes from a customer, a peer or a client of a route server.
  const fromAbove = peerRole === 'provider' || peerRole === 'rs';
  if (!fromAbove && has(newest, FC_FLAG.providerToCustomer)) return 'p2c-flag';
  // 2. Twice in a row to a peer, and it comes from one.
  const twice = has(newest, FC_FLAG.peerToPeer) && has(second, FC_FLAG.peerToPeer);
  if (peerRole === 'peer' && twice) return 'p2p-flag-twice';
  // Once sent down, all that follow send it down.
  const dropped = segments.some(
    (segment, i) =>
      i > 0 && has(segment, FC_FLAG.providerToCustomer) && !has(segments[i - 1], FC_FLAG.providerToCustomer),
  );
  return dropped ? 'p2c-flag-dropped' : undefined;
}
