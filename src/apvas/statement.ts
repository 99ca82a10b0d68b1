import type { SecurePathSegment } from '../bgp/index.js';
import { createWriter } from '../bytes/index.js';
import type { AggregateRoute } from './aggregate-route.js';
import { type SchemeId, suiteOf } from './suite.js';

/** SKI (20) and segment (6): what one more hop adds to a statement. */
const HOP_OCTETS = 26;

/**
 * NON-SPEC: the statement M_N of hop `hop` (1 = origin): RFC 8205 §4.2 Figure 8 with each earlier Signature Segment
 * replaced by its SKI. Literal reading; {@link statements} is the fast one.
 *
 * Octets: 4 + 26(N-1) + 6 + 4 + those of the NLRI.
 */
export function statement(route: AggregateRoute, hop: number, scheme: SchemeId): Uint8Array {
  const count = route.segments.length;
  const newest = count - hop;
  if (!Number.isInteger(hop) || hop < 1 || newest < 0) throw new RangeError(`hop ${hop} of ${count}`);
  const writer = createWriter();
  // Target AS: hop N+1, or for the newest hop the AS of the receiving side.
  const next = route.segments[newest - 1];
  writer.u32(next === undefined ? route.targetAs : next.asn, 'target-as');
  // SKI N-1, segment N; SKI N-2, segment N-1; ...; segment 1, which no SKI precedes.
  for (let i = newest; i < count; i++) {
    if (i + 1 < count) writer.bytes(route.skis[i + 1] as Uint8Array);
    const segment = route.segments[i] as SecurePathSegment;
    writer.u8(segment.pCount, 'p-count').u8(segment.flags, 'flags').u32(segment.asn, 'as-number');
  }
  writer.u8(suiteOf(scheme), 'suite').u16(route.afi, 'afi').u8(route.safi, 'safi').bytes(route.nlri);
  return writer.finish();
}

/**
 * The statements of all hops, origin first, as views of one buffer: M_N is the suffix of M_L from 26(L - N) on,
 * because the last four octets of segment N+1 are the target of hop N.
 */
export function statements(route: AggregateRoute, scheme: SchemeId): Uint8Array[] {
  const count = route.segments.length;
  const whole = newestStatement(route, scheme, 0);
  return Array.from({ length: count }, (_, i) => whole.subarray(HOP_OCTETS * (count - 1 - i)));
}

/** What tells two members of an aggregate apart: the statement of the newest hop and its SKI, as a map key. */
export function routeIdentity(route: AggregateRoute, scheme: SchemeId): string {
  const octets = newestStatement(route, scheme, 20);
  octets.set(route.skis[0] as Uint8Array, octets.length - 20);
  return latin1(octets);
}

/** One character per octet: a compact map key for octets. */
export function latin1(octets: Uint8Array): string {
  let text = '';
  // Arguments of one call are limited in number.
  for (let at = 0; at < octets.length; at += 4096) {
    text += String.fromCharCode(...octets.subarray(at, at + 4096));
  }
  return text;
}

/** M_L, followed by `spare` octets of zero. */
function newestStatement(
  { afi, safi, nlri, targetAs, segments, skis }: AggregateRoute,
  scheme: SchemeId,
  spare: number,
): Uint8Array {
  const count = segments.length;
  if (count === 0) throw new RangeError('a route without a hop');
  const octets = new Uint8Array(HOP_OCTETS * (count - 1) + 14 + nlri.length + spare);
  const view = new DataView(octets.buffer);
  view.setUint32(0, targetAs);
  let at = 4;
  for (let i = 0; i < count; i++) {
    if (i + 1 < count) {
      octets.set(skis[i + 1] as Uint8Array, at);
      at += 20;
    }
    const { pCount, flags, asn } = segments[i] as SecurePathSegment;
    octets[at] = pCount;
    octets[at + 1] = flags;
    view.setUint32(at + 2, asn);
    at += 6;
  }
  octets[at] = suiteOf(scheme);
  view.setUint16(at + 1, afi);
  octets[at + 3] = safi;
  octets.set(nlri, at + 4);
  return octets;
}
