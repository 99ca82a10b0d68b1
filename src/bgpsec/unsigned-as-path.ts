import {
  AS_CONFED_SEQUENCE,
  AS_CONFED_SET,
  AS_SEQUENCE,
  type AsPath,
  type PeerKind,
  type SegmentType,
} from '../bgp/index.js';
import type { Asn } from '../inet/index.js';

/**
 * The AS_PATH that a route takes to a peer without BGPsec (RFC 8205 §4.4, then RFC 4271 §5.1.2 and RFC 5065 §4.1):
 * unchanged to an internal peer, with the Member-AS Number in front to another Member-AS, and without confederation
 * segments and with the own AS in front to an external one. `repetitions` prepends the AS more than once, 0 not at
 * all (route servers).
 */
export function asPathFor(path: AsPath, kind: PeerKind, own: Asn, repetitions = 1): AsPath {
  if (kind === 'internal') return path;
  if (kind === 'confed-external') return prepend(path, AS_CONFED_SEQUENCE, own, repetitions);
  const first = path.findIndex(({ type }) => type !== AS_CONFED_SEQUENCE && type !== AS_CONFED_SET);
  return prepend(first < 0 ? [] : path.slice(first), AS_SEQUENCE, own, repetitions);
}

function prepend(path: AsPath, type: SegmentType, asn: Asn, repetitions: number): AsPath {
  const result = [...path];
  for (let i = 0; i < repetitions; i++) {
    const front = result[0];
    if (front !== undefined && front.type === type && front.asns.length < 255) {
      result[0] = { type, asns: [asn, ...front.asns] };
    } else result.unshift({ type, asns: [asn] });
  }
  return result;
}
