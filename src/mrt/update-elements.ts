import {
  type AsnSize,
  BgpError,
  looksLikeAddPath,
  type MpScan,
  type NlriCursor,
  nextNlri,
  resetNlri,
  scanMpReach,
  scanMpUnreach,
  scanUpdate,
  strongestTreatment,
} from '../bgp/index.js';
import { type Emitter, type PathOctets, reportFault } from './emitter.js';
import { routePath } from './route-path.js';

/**
 * Delivers the withdrawals, then the routes, of an UPDATE; `octets[start, end)` is what follows the message header.
 * Faults are reported with the treatment of RFC 7606: after treat-as-withdraw the announcements are delivered as
 * withdrawals, after session-reset what was read before the fault is (nothing when the reader is strict).
 */
export function deliverUpdate(
  emitter: Emitter,
  octets: Uint8Array,
  start: number,
  end: number,
  asnSize: AsnSize,
  addPath: boolean,
): void {
  const { scan, source } = emitter;
  scanUpdate(octets, start, end, scan);
  source.octets = octets;
  source.attributesStart = scan.attributes.start;
  source.attributesEnd = scan.attributes.end;
  source.asnSize = asnSize;
  for (const fault of scan.faults) reportFault(emitter, fault, fault.treatment);
  const unreach = mpPart(emitter, octets, 'mpUnreach');
  const reach = mpPart(emitter, octets, 'mpReach');
  if (emitter.strict && !wholeMessage(emitter, octets, addPath, unreach, reach)) return;

  const announces = scan.nlri.end > scan.nlri.start || reach !== undefined;
  const path = announces ? announcedPath(emitter, octets, asnSize) : undefined;
  if (scan.withdrawn.end > scan.withdrawn.start) {
    deliverField(emitter, emitter.ipv4, octets, scan.withdrawn.start, scan.withdrawn.end, addPath, undefined);
  }
  deliverMp(emitter, octets, unreach, addPath, undefined);
  if (scan.nlri.end > scan.nlri.start) {
    source.multiprotocol = false;
    deliverField(emitter, emitter.ipv4, octets, scan.nlri.start, scan.nlri.end, addPath, path);
  }
  deliverMp(emitter, octets, reach, addPath, path);
}

/** The path of the announcements; undefined when they are to be treated as withdrawals. */
function announcedPath(emitter: Emitter, octets: Uint8Array, asnSize: AsnSize): PathOctets | undefined {
  const { scan } = emitter;
  try {
    const path = routePath(emitter, octets, asnSize);
    if (path === undefined && scan.faults.length === 0) {
      const offset = scan.attributes.start;
      // RFC 7606 §3 d. The other mandatory attributes do not matter to a path and are not looked for.
      const missing = { code: 'as-path-missing', message: 'routes without AS_PATH', field: 'update', offset };
      reportFault(emitter, missing, 'treat-as-withdraw');
    }
    return scan.faults.some(({ treatment }) => treatment === 'treat-as-withdraw') ? undefined : path;
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    reportFault(emitter, error.fault, error.treatment);
    return undefined;
  }
}

function mpPart(emitter: Emitter, octets: Uint8Array, which: 'mpReach' | 'mpUnreach'): MpScan | undefined {
  const { start, end } = emitter.scan[which];
  if (start < 0) return undefined;
  try {
    return which === 'mpReach' ? scanMpReach(octets, start, end) : scanMpUnreach(octets, start, end);
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    reportFault(emitter, error.fault, error.treatment);
    emitter.scan.faults.push(error.fault);
    return undefined;
  }
}

function cursorOf(emitter: Emitter, { afi, safi }: MpScan): NlriCursor | undefined {
  if (safi !== 1) return undefined;
  return afi === 1 ? emitter.ipv4 : afi === 2 ? emitter.ipv6 : undefined;
}

function deliverMp(
  emitter: Emitter,
  octets: Uint8Array,
  mp: MpScan | undefined,
  addPath: boolean,
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

/** Delivers the entries of one field, as routes of `path`, or as withdrawals without one. */
function deliverField(
  emitter: Emitter,
  cursor: NlriCursor,
  octets: Uint8Array,
  start: number,
  end: number,
  addPath: boolean,
  path: PathOctets | undefined,
): void {
  const { route, withdrawal, summary } = emitter;
  let identifiers = addPath;
  if (!addPath && emitter.detectAddPath && looksLikeAddPath(octets, cursor.prefix.afi, start, end)) {
    identifiers = true;
    summary.hiddenAddPath++;
    const message = 'read with Path Identifiers, against the subtype of the record';
    reportFault(emitter, { code: 'add-path-hidden', message, field: 'nlri', offset: start });
  }
  resetNlri(cursor, octets, start, end, identifiers);
  let delivered = 0;
  try {
    if (path === undefined) {
      withdrawal.prefix = cursor.prefix;
      for (; nextNlri(cursor); delivered++) {
        withdrawal.pathId = cursor.pathId;
        emitter.deliver(withdrawal);
      }
    } else {
      route.rib = false;
      route.prefix = cursor.prefix;
      emitter.source.path = path;
      route.hasAsPath = true;
      for (; nextNlri(cursor); delivered++) {
        route.pathId = cursor.pathId;
        emitter.deliver(route);
      }
    }
  } catch (error) {
    if (emitter.calling || !(error instanceof BgpError)) throw error;
    reportFault(emitter, error.fault, error.treatment);
  }
  if (path === undefined) summary.withdrawals += delivered;
  else summary.routes += delivered;
  if (route.local) summary.local += delivered;
}

/** Strict reading: false, with the fault reported, when any part has a fault that resets the session. */
function wholeMessage(
  emitter: Emitter,
  octets: Uint8Array,
  addPath: boolean,
  ...parts: (MpScan | undefined)[]
): boolean {
  const { scan, ipv4 } = emitter;
  if (strongestTreatment(scan.faults) === 'session-reset') return false;
  const walk = (cursor: NlriCursor, start: number, end: number): void => {
    resetNlri(cursor, octets, start, end, addPath);
    while (nextNlri(cursor));
  };
  try {
    walk(ipv4, scan.withdrawn.start, scan.withdrawn.end);
    walk(ipv4, scan.nlri.start, scan.nlri.end);
    for (const mp of parts) {
      const cursor = mp && cursorOf(emitter, mp);
      if (cursor) walk(cursor, mp.nlriStart, mp.nlriEnd);
    }
    return true;
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    reportFault(emitter, error.fault, error.treatment);
    return false;
  }
}
