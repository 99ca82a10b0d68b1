import { BgpError, type MpScan, type NlriCursor, nextNlri, resetNlri } from '../bgp/index.js';
import { type AddPath, hasIdentifiers, reportMislabelled } from './add-path.js';
import type { PathOctets } from './element-source.js';
import { type Emitter, reportFault, setElementContext } from './emitter.js';

/** The cursor for the family of an MP attribute; undefined for one that is not read. */
export function cursorOf(emitter: Emitter, { afi, safi }: MpScan): NlriCursor | undefined {
  if (safi !== 1) return undefined;
  return afi === 1 ? emitter.ipv4 : afi === 2 ? emitter.ipv6 : undefined;
}

/** Delivers the entries of an MP attribute as {@link deliverField} does, or counts its family as skipped. */
export function deliverMp(
  emitter: Emitter,
  octets: Uint8Array,
  mp: MpScan | undefined,
  addPath: AddPath,
  path: PathOctets | undefined,
): void {
  if (mp === undefined || mp.nlriEnd === mp.nlriStart) return;
  const cursor = cursorOf(emitter, mp);
  if (cursor === undefined) {
    emitter.summary.skippedFamilies++;
    return;
  }
  emitter.source.multiprotocol = true;
  deliverField(emitter, cursor, octets, mp.nlriStart, mp.nlriEnd, addPath, path);
}

/**
 * Delivers the entries of the NLRI field `octets[start, end)`, as routes of `path`, or as withdrawals without one. A
 * fault in the field is reported; what stands before it is delivered (docs/decisions/routes.md D-mrt-partial-nlri).
 */
export function deliverField(
  emitter: Emitter,
  cursor: NlriCursor,
  octets: Uint8Array,
  start: number,
  end: number,
  addPath: AddPath,
  path: PathOctets | undefined,
): void {
  const { route, withdrawal, source, summary } = emitter;
  const identifiers = hasIdentifiers(emitter, cursor, octets, start, end, addPath);
  if (identifiers !== addPath[cursor.prefix.afi - 1] && emitter.named === undefined)
    reportMislabelled(emitter, identifiers, 'nlri', start);
  resetNlri(cursor, octets, start, end, identifiers);
  source.path = path;
  let delivered = 0;
  try {
    if (path === undefined) {
      // Most messages withdraw nothing: only the route is set for each.
      const { time, microseconds, peer, local } = route;
      setElementContext(withdrawal, time, microseconds, peer, local);
      withdrawal.prefix = cursor.prefix;
      for (; nextNlri(cursor); delivered++) {
        withdrawal.pathId = cursor.pathId;
        emitter.deliver(withdrawal);
      }
    } else {
      route.rib = false;
      route.prefix = cursor.prefix;
      route.hasAsPath = true;
      for (; nextNlri(cursor); delivered++) {
        route.pathId = cursor.pathId;
        emitter.deliver(route);
      }
    }
  } catch (error) {
    if (emitter.calling || !(error instanceof BgpError)) throw error;
    // The entry that the end of the octets cuts is no fault of its own: the cut is reported already.
    if (end !== emitter.scan.cutAt || error.code !== 'nlri-overrun') {
      reportFault(emitter, error.fault, error.treatment);
    }
  }
  if (path === undefined) summary.withdrawals += delivered;
  else summary.routes += delivered;
  if (route.local) summary.local += delivered;
}
