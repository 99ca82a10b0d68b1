import {
  type AggregateRoute,
  encodeApvasUpdate,
  formatKeys,
  type KeyEntry,
  type Laboratory,
  type SchemeId,
  type SigningKey,
} from '../../apvas/index.js';
import { encodeNlri, type SecurePathSegment } from '../../bgp/index.js';
import { type Asn, parseAddress, SAFI_UNICAST } from '../../inet/index.js';
import type { RouteToSign } from './routes-to-sign.js';
import type { Secrets } from './secrets.js';

/** Signs routes, after the keys of all their hops are there. */
export interface RouteSigner {
  /** The file of public keys. */
  readonly publicKeys: string;
  /** The UPDATE that the AS `targetAs` receives. @throws {RangeError} where a field cannot hold the route. */
  sign(route: RouteToSign, targetAs: Asn): Uint8Array;
}

/** {@link RouteSigner} of PLAIN and CHAIN: one key an AS, one segment for each run of an AS. */
export function aggregateSigner(
  laboratory: Laboratory,
  scheme: SchemeId,
  ases: ReadonlySet<Asn>,
  secrets: Secrets,
): RouteSigner {
  const keys = new Map<Asn, SigningKey>();
  for (const asn of ases) keys.set(asn, laboratory.signingKey(asn, secrets.scalar(asn)));
  const entries: KeyEntry[] = [...keys.values()];
  return {
    publicKeys: formatKeys(entries),
    sign: ({ prefix, asns }, targetAs) => {
      const segments = segmentsOf(asns);
      const hops = segments.map(({ asn }) => keys.get(asn) as SigningKey);
      const route: AggregateRoute = {
        afi: prefix.afi,
        safi: SAFI_UNICAST,
        nlri: encodeNlri([{ prefix }], false),
        targetAs,
        segments,
        skis: hops.map(({ ski }) => ski),
      };
      const signature = laboratory.sign(scheme, route, hops.reverse());
      return encodeApvasUpdate(route, scheme, signature, nextHopOf(prefix.afi));
    },
  };
}

/** A documentation address of the family. */
export function nextHopOf(afi: number): Uint8Array {
  return parseAddress(afi === 1 ? '192.0.2.1' : '2001:db8::1');
}

/** Repetitions of an AS as its pCount (RFC 8205 §4.2); more than an octet says, in further segments. */
function segmentsOf(asns: readonly Asn[]): SecurePathSegment[] {
  const segments: { pCount: number; flags: number; asn: Asn }[] = [];
  for (const asn of asns) {
    const last = segments.at(-1);
    if (last?.asn === asn && last.pCount < 255) last.pCount++;
    else segments.push({ pCount: 1, flags: 0, asn });
  }
  return segments;
}
