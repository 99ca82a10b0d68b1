import {
  type AsPath,
  ATTR_AS_PATH,
  ATTR_LARGE_COMMUNITIES,
  ATTR_MP_REACH_NLRI,
  ATTR_MP_UNREACH_NLRI,
  ATTR_NEXT_HOP,
  ATTR_ORIGIN,
  encodeAsPath,
  encodeLargeCommunities,
  encodeMpReach,
  encodeMpUnreach,
  encodeNextHop,
  encodeNlri,
  encodeOrigin,
  encodeUpdateMessage,
  type LargeCommunity,
  pathAttribute,
} from '../../bgp/index.js';
import { AFI_IPV4, type Prefix, SAFI_UNICAST } from '../../inet/index.js';

/** A route to be announced. */
export interface AnnouncedRoute {
  readonly prefix: Prefix;
  /** As it stands: nothing is put in front. */
  readonly asPath: AsPath;
  /** 4 octets for IPv4, 16 for IPv6. */
  readonly nextHop: Uint8Array;
  /** Tells this announcement from others of the route: routers pass it on. */
  readonly mark: LargeCommunity;
}

const NONE = new Uint8Array(0);

/** The UPDATE of one route: IPv4 in the fields of RFC 4271 §4.3, IPv6 in MP_REACH_NLRI (RFC 4760 §3). */
export function announcementOf({ prefix, asPath, nextHop, mark }: AnnouncedRoute): Uint8Array {
  const field = encodeNlri([{ prefix }], false);
  const isOld = prefix.afi === AFI_IPV4;
  const attributes = [
    ...(isOld
      ? []
      : [
          pathAttribute(
            ATTR_MP_REACH_NLRI,
            encodeMpReach({ afi: prefix.afi, safi: SAFI_UNICAST, nextHop, field }),
          ),
        ]),
    pathAttribute(ATTR_ORIGIN, encodeOrigin('igp')),
    pathAttribute(ATTR_AS_PATH, encodeAsPath(asPath, 4)),
    ...(isOld ? [pathAttribute(ATTR_NEXT_HOP, encodeNextHop(nextHop))] : []),
    pathAttribute(ATTR_LARGE_COMMUNITIES, encodeLargeCommunities([mark])),
  ];
  const nlriField = isOld ? field : NONE;
  return encodeUpdateMessage({ kind: 'update', withdrawnField: NONE, attributes, nlriField }, false);
}

/** The UPDATE that withdraws a route. */
export function withdrawalOf(prefix: Prefix): Uint8Array {
  const field = encodeNlri([{ prefix }], false);
  const isOld = prefix.afi === AFI_IPV4;
  const unreach = { afi: prefix.afi, safi: SAFI_UNICAST, field };
  const attributes = isOld ? [] : [pathAttribute(ATTR_MP_UNREACH_NLRI, encodeMpUnreach(unreach))];
  const withdrawnField = isOld ? field : NONE;
  return encodeUpdateMessage({ kind: 'update', withdrawnField, attributes, nlriField: NONE }, false);
}
