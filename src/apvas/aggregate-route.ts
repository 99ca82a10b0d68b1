import type { SecurePathSegment } from '../bgp/index.js';
import type { Afi, Asn } from '../inet/index.js';

/** What the hops of one path assert: everything that is signed, without the signature. NON-STANDARD. */
export interface AggregateRoute {
  readonly afi: Afi;
  readonly safi: number;
  /** The one NLRI (RFC 4760 §5): length octet, then the octets of the prefix with trailing bits zero. */
  readonly nlri: Uint8Array;
  /** The AS to which the newest hop sent the route: for a receiver, the AS it announced in OPEN. */
  readonly targetAs: Asn;
  /** In wire order: index 0 is the newest hop, the last the origin. At least one. */
  readonly segments: readonly SecurePathSegment[];
  /** Subject Key Identifiers, 20 octets each, in the same order. */
  readonly skis: readonly Uint8Array[];
}

/** A new segment at the newest end, with the key that signs it and the AS it goes to. */
export interface NextHop {
  readonly segment: SecurePathSegment;
  readonly ski: Uint8Array;
  readonly targetAs: Asn;
}

/** The route that the receiver of `route` sends on. Its `segment.asn` is the target of the route received. */
export function extendRoute(route: AggregateRoute, next: NextHop): AggregateRoute {
  if (next.segment.asn !== route.targetAs) {
    throw new RangeError(`AS ${next.segment.asn} extends a route that was sent to AS ${route.targetAs}`);
  }
  return {
    ...route,
    targetAs: next.targetAs,
    segments: [next.segment, ...route.segments],
    skis: [next.ski, ...route.skis],
  };
}

/** The route as hop `hop` (1 = origin) sent it: the inverse of {@link extendRoute}. */
export function routeAtHop(route: AggregateRoute, hop: number): AggregateRoute {
  const dropped = route.segments.length - hop;
  if (!Number.isInteger(hop) || hop < 1 || dropped < 0) throw new RangeError(`hop ${hop}`);
  const target = dropped === 0 ? route.targetAs : (route.segments[dropped - 1] as SecurePathSegment).asn;
  return {
    ...route,
    targetAs: target,
    segments: route.segments.slice(dropped),
    skis: route.skis.slice(dropped),
  };
}
