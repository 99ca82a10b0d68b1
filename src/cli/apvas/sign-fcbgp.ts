import { type FcPath, fcPathAttribute, propagateFc } from '../../apvas/index.js';
import {
  AS_SEQUENCE,
  type AsPath,
  ATTR_AS_PATH,
  ATTR_MP_REACH_NLRI,
  ATTR_ORIGIN,
  encodeAsPath,
  encodeMpReach,
  encodeNlri,
  encodeOrigin,
  encodeUpdateMessage,
  pathAttribute,
} from '../../bgp/index.js';
import type { RouterPrivateKey } from '../../bgpsec/index.js';
import { type Asn, SAFI_UNICAST } from '../../inet/index.js';
import { createOpensslEngine } from '../../node/openssl-engine.js';
import { createPayloadSet } from '../../payload/index.js';
import { writeRpkiClientJson } from '../../rpki/payloads.js';
import type { Secrets } from './secrets.js';
import { nextHopOf, type RouteSigner } from './sign-aggregate.js';

/** {@link RouteSigner} of FC-BGP: a P-256 key an AS, a segment for each run of an AS, beside the AS_PATH. */
export function fcSigner(ases: ReadonlySet<Asn>, secrets: Secrets, seed: number): RouteSigner {
  const engine = createOpensslEngine();
  const keys = new Map<Asn, RouterPrivateKey>();
  for (const asn of ases) keys.set(asn, secrets.routerKey(asn));
  const routerKeys = Array.from(keys, ([asn, { ski, spki }]) => ({ asn, ski, spki }));
  return {
    publicKeys: writeRpkiClientJson(createPayloadSet({ routerKeys }, { seed })),
    sign: ({ prefix, asns }, targetAs) => {
      const runs = asns.filter((asn, i) => asn !== asns[i - 1]);
      let path: FcPath | undefined;
      for (let i = runs.length - 1; i >= 0; i--) {
        const asn = runs[i] as Asn;
        const sending = propagateFc(
          {
            prefix,
            previousAs: runs[i + 1] ?? 0,
            ...(path && { path }),
            prepended: asns.some((one, at) => one === asn && asns[at + 1] === asn),
          },
          { asn, key: keys.get(asn) as RouterPrivateKey, engine },
          { asn: runs[i - 1] ?? targetAs, kind: 'external' },
        );
        path = sending.send ? sending.path : undefined;
      }
      if (path === undefined) throw new RangeError('a route without a hop');
      const field = encodeNlri([{ prefix }], false);
      const reach = { afi: prefix.afi, safi: SAFI_UNICAST, nextHop: nextHopOf(prefix.afi), field };
      const none = new Uint8Array(0);
      const attributes = [
        pathAttribute(ATTR_MP_REACH_NLRI, encodeMpReach(reach)),
        pathAttribute(ATTR_ORIGIN, encodeOrigin('igp')),
        pathAttribute(ATTR_AS_PATH, encodeAsPath(sequencesOf(asns), 4)),
        fcPathAttribute(path),
      ];
      return encodeUpdateMessage({ kind: 'update', withdrawnField: none, attributes, nlriField: none }, true);
    },
  };
}

/** A segment counts its ASes in one octet (RFC 4271 §4.3 b): more than 255 stand in several. */
function sequencesOf(asns: readonly Asn[]): AsPath {
  return Array.from({ length: Math.ceil(asns.length / 255) }, (_, i) => ({
    type: AS_SEQUENCE,
    asns: asns.slice(255 * i, 255 * (i + 1)),
  }));
}
