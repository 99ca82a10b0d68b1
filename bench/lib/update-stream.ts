import {
  encodeAsPath,
  encodeMessage,
  encodeMpReach,
  encodeNlri,
  encodeOrigin,
  pathAttribute,
} from 'pathsec/bgp';
import { AFI_IPV4, AFI_IPV6, type Afi, parseAddress } from 'pathsec/inet';
import { type OriginRoutes, pathAt } from './full-table.js';

const NEXT_HOP = { [AFI_IPV4]: parseAddress('127.0.0.9'), [AFI_IPV6]: parseAddress('2001:db8::9') };
const NONE = new Uint8Array(0);

/** UPDATEs of a peer with the whole table, one for the prefixes of an origin and a family, and both ends of RIB. */
export function* updateStream(peerAs: number, table: readonly OriginRoutes[]): Generator<Uint8Array> {
  const origin = pathAttribute(1, encodeOrigin('igp'));
  for (const { origin: asn, prefixes } of table) {
    const asPath = pathAttribute(2, encodeAsPath(pathAt(peerAs, asn), 4));
    for (const afi of [AFI_IPV4, AFI_IPV6] as const) {
      const routes = prefixes.filter((prefix) => prefix.afi === afi).map((prefix) => ({ prefix }));
      if (routes.length === 0) continue;
      const field = encodeNlri(routes, false);
      yield update(afi, field, [origin, asPath]);
    }
  }
  yield encodeMessage({ kind: 'update', withdrawnField: NONE, attributes: [], nlriField: NONE });
}

function update(
  afi: Afi,
  field: Uint8Array,
  attributes: readonly ReturnType<typeof pathAttribute>[],
): Uint8Array {
  if (afi === AFI_IPV4) {
    const nextHop = pathAttribute(3, NEXT_HOP[afi]);
    const all = [...attributes, nextHop];
    return encodeMessage({ kind: 'update', withdrawnField: NONE, attributes: all, nlriField: field });
  }
  const reach = encodeMpReach({ afi, safi: 1, nextHop: NEXT_HOP[afi], reserved: 0, field });
  const all = [pathAttribute(14, reach), ...attributes];
  return encodeMessage({ kind: 'update', withdrawnField: NONE, attributes: all, nlriField: NONE });
}
