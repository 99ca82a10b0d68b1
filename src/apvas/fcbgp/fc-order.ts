import { AS_CONFED_SET, AS_SEQUENCE, AS_SET, type AsPath } from '../../bgp/index.js';
import type { Asn } from '../../inet/index.js';
import { FC_FLAG, type FcSegment } from './attr-255-fc-path.js';
import type { FcCheckReason } from './fc-result.js';
import type { FcRoute, FcSession } from './fc-route.js';

/** One AS of the AS_PATH, prepends taken together. */
export interface FcHop {
  readonly asn: Asn;
  /** It stands there more than once in a row. */
  readonly repeated: boolean;
  /** Undefined at a gap. */
  readonly segment?: FcSegment;
}

/** Between two ASes of the path, at the near end between the receiver and the newest. */
interface Link {
  /** The segment of a route server that stands in no AS_PATH. */
  server?: FcSegment;
  /** Which AS the session and the segments on both sides name here; undefined: none, the other side itself. */
  readonly named: (Asn | undefined)[];
}

/**
 * The hops of an AS_PATH, newest first, or why FC-BGP has no word for it
 * (draft-wang-sidrops-fcbgp-protocol §3; docs/decisions/fcbgp.md D-fcbgp-confed).
 */
function hopsOf(asPath: AsPath): FcHop[] | FcCheckReason {
  const hops: FcHop[] = [];
  for (const { type, asns } of asPath) {
    if (type === AS_SET || type === AS_CONFED_SET) return 'as-set';
    if (type !== AS_SEQUENCE) return 'confed-sequence';
    for (const asn of asns) {
      if (hops.at(-1)?.asn === asn) hops[hops.length - 1] = { asn, repeated: true };
      else hops.push({ asn, repeated: false });
    }
  }
  return hops;
}

/**
 * Check 3 of draft §5.2.1: the triplets of the segments follow the AS_PATH. The hops with their segments, newest first;
 * ASes that made none leave gaps. Between two ASes there may be a route server that stands in no AS_PATH, if it signed
 * with Flags-RS or is one of `session.routeServers` (docs/decisions/fcbgp.md D-fcbgp-route-server).
 */
export function placeSegments(
  { asPath, path }: Pick<FcRoute, 'asPath' | 'path'>,
  session: FcSession,
): readonly FcHop[] | FcCheckReason {
  const hops = hopsOf(asPath);
  if (typeof hops === 'string') return hops;
  const links: Link[] = hops.map(() => ({ named: [] }));
  if (!takePlaces(hops, links, path.segments)) return 'segment-order';
  const newerAs = (i: number): Asn => hops[i - 1]?.asn ?? session.localAs;
  for (const [i, { segment }] of hops.entries()) {
    if (segment === undefined) continue;
    links[i]?.named.push(segment.nextAs === newerAs(i) ? undefined : segment.nextAs);
    const older = hops[i + 1]?.asn ?? 0;
    // Nothing lies behind the origin.
    if (i === hops.length - 1 && segment.previousAs !== 0) return 'segment-order';
    links[i + 1]?.named.push(segment.previousAs === older ? undefined : segment.previousAs);
  }
  // Who stands in the path, or is the receiver, is no route server between two others; and AS 0 is nobody.
  const noServer = new Set([0, session.localAs, ...hops.map(({ asn }) => asn)]);
  for (const [i, { server, named }] of links.entries()) {
    // At the near end the session says whether somebody is between.
    const near = i === 0 && session.kind === 'external';
    const peer = near && session.peerAs !== hops[0]?.asn;
    if (near) named.push(peer ? session.peerAs : undefined);
    if (server !== undefined) {
      if (server.nextAs !== newerAs(i) || noServer.has(server.asn)) return 'segment-order';
      named.push(server.asn);
    }
    const [between] = named;
    if (named.some((other) => other !== between)) return peer ? 'peer-as-mismatch' : 'segment-order';
    if (between === undefined || server !== undefined || session.routeServers?.has(between) === true)
      continue;
    return peer ? 'peer-as-mismatch' : 'segment-order';
  }
  return hops;
}

/**
 * Puts every segment at the first place behind the last that has its AS: link i lies before hop i. Of an AS that comes back
 * in a path all segments are needed so; without one it could not be valid either (check 2, or step 1 for want of a key).
 */
function takePlaces(hops: FcHop[], links: readonly Link[], segments: readonly FcSegment[]): boolean {
  let hop = 0;
  let link = 0;
  for (const segment of segments) {
    if ((segment.flags & FC_FLAG.routeServer) !== 0) {
      while (link < hops.length && hops[link]?.asn !== segment.previousAs) link++;
      const place = links[link];
      if (place === undefined) return false;
      place.server = segment;
      hop = link;
      link++;
    } else {
      while (hop < hops.length && hops[hop]?.asn !== segment.asn) hop++;
      const place = hops[hop];
      if (place === undefined) return false;
      hops[hop] = { ...place, segment };
      hop++;
      link = hop;
    }
  }
  return true;
}
