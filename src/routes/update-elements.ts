import {
  type AsnSize,
  BgpError,
  type MpScan,
  type NlriCursor,
  nextNlri,
  nlriIsPlausible,
  resetNlri,
  scanMpReach,
  scanMpUnreach,
  scanUpdate,
  strongestTreatment,
} from '../bgp/index.js';
import { type AddPath, hasIdentifiers } from './add-path.js';
import type { PathOctets } from './element-source.js';
import { type Emitter, reportFault } from './emitter.js';
import { routePath } from './route-path.js';
import { cursorOf, deliverField, deliverMp } from './update-fields.js';

/**
 * Delivers the withdrawals, then the routes, of an UPDATE; `octets[start, end)` is what follows the message header.
 * Faults are reported with the treatment of RFC 7606: after treat-as-withdraw the announcements are delivered as
 * withdrawals, after session-reset what was read before the fault is (nothing when the reader is strict).
 *
 * @param available where the octets end when that is before `end`; what stands before the cut is delivered
 * (docs/decisions/routes.md D-mrt-cut-message).
 */
export function deliverUpdate(
  emitter: Emitter,
  octets: Uint8Array,
  start: number,
  end: number,
  asnSize: AsnSize,
  addPath: AddPath,
  available: number,
): void {
  const { scan, source } = emitter;
  try {
    scanUpdate(octets, start, end, scan, available);
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    deliverBeforeFault(emitter, octets, addPath);
    throw error;
  }
  source.octets = octets;
  source.attributesStart = scan.attributes.start;
  source.attributesEnd = scan.attributes.end;
  source.asnSize = asnSize;
  for (const fault of scan.faults) reportFault(emitter, fault, fault.treatment);
  const unreach = mpPart(emitter, octets, 'mpUnreach');
  const reach = mpPart(emitter, octets, 'mpReach');
  if (emitter.strict && !wholeMessage(emitter, octets, addPath, unreach, reach)) return;

  const announces = scan.nlri.end > scan.nlri.start || reach !== undefined;
  const announced = announces ? announcedPath(emitter, octets, asnSize, reach?.afi ?? 1) : 'unknown';
  if (scan.withdrawn.end > scan.withdrawn.start) {
    deliverField(emitter, emitter.ipv4, octets, scan.withdrawn.start, scan.withdrawn.end, addPath, undefined);
  }
  deliverMp(emitter, octets, unreach, addPath, undefined);
  if (announced === 'unknown') return;
  const path = announced === 'withdraw' ? undefined : announced;
  if (scan.nlri.end > scan.nlri.start) {
    source.multiprotocol = false;
    deliverField(emitter, emitter.ipv4, octets, scan.nlri.start, scan.nlri.end, addPath, path);
  }
  deliverMp(emitter, octets, reach, addPath, path);
}

/**
 * A message whose Total Attribute Length is wrong: the withdrawals before it are delivered, provided that they look like
 * some. It may as well be their own length that is wrong, and the other one then was read from the wrong place.
 */
function deliverBeforeFault(emitter: Emitter, octets: Uint8Array, addPath: AddPath): void {
  const { start, end } = emitter.scan.withdrawn;
  if (emitter.strict || start >= end) return;
  const { source } = emitter;
  source.octets = octets;
  source.attributesStart = source.attributesEnd = end;
  const identifiers = hasIdentifiers(emitter, emitter.ipv4, octets, start, end, addPath);
  if (!nlriIsPlausible(octets, 1, identifiers, start, end)) return;
  deliverField(emitter, emitter.ipv4, octets, start, end, addPath, undefined);
}

/**
 * The path of the announcements; `withdraw` when they are to be treated as withdrawals, `unknown` when it may have stood
 * behind the cut.
 */
function announcedPath(
  emitter: Emitter,
  octets: Uint8Array,
  asnSize: AsnSize,
  afi: number,
): PathOctets | 'withdraw' | 'unknown' {
  const { scan } = emitter;
  if (refusesSignature(emitter, afi)) return 'withdraw';
  let path: PathOctets | undefined;
  try {
    path = routePath(emitter, octets, asnSize);
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    reportFault(emitter, error.fault, error.treatment);
    return 'withdraw';
  }
  if (scan.faults.some(({ treatment }) => treatment === 'treat-as-withdraw')) return 'withdraw';
  if (path !== undefined) return path;
  if (scan.attributesCut) return 'unknown';
  // RFC 7606 §3 d. The other mandatory attributes do not matter to a path and are not looked for.
  const message = 'routes without AS_PATH or BGPsec_PATH';
  const offset = scan.attributes.start;
  reportFault(emitter, { code: 'as-path-missing', message, field: 'update', offset }, 'treat-as-withdraw');
  return 'withdraw';
}

/**
 * Whether the BGPsec_PATH of a session with known OPENs costs the routes: beside an AS_PATH where it was negotiated (RFC 8205
 * §5.2 item 4), alone where it was not (docs/decisions/bgpsec.md D-bgpsec-not-negotiated). Then it is reported.
 */
function refusesSignature(emitter: Emitter, afi: number): boolean {
  const { bgpsecPath, asPath } = emitter.scan;
  if (emitter.takesSigned === undefined || bgpsecPath.start < 0) return false;
  const negotiated = emitter.takesSigned(afi);
  const beside = asPath.start >= 0;
  if (negotiated !== beside) return false;
  const [code, message] = beside
    ? ['as-path-present', 'BGPsec_PATH beside AS_PATH, in a session of BGPsec']
    : ['bgpsec-not-negotiated', 'BGPsec_PATH alone, in a session without BGPsec'];
  reportFault(emitter, { code, message, field: 'update', offset: bgpsecPath.start }, 'treat-as-withdraw');
  return true;
}

function mpPart(emitter: Emitter, octets: Uint8Array, which: 'mpReach' | 'mpUnreach'): MpScan | undefined {
  const { start, end } = emitter.scan[which];
  if (start < 0) return undefined;
  try {
    return which === 'mpReach' ? scanMpReach(octets, start, end) : scanMpUnreach(octets, start, end);
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    if (end === emitter.scan.cutAt) return undefined; // cut before its first prefix
    reportFault(emitter, error.fault, error.treatment);
    emitter.scan.faults.push(error.fault);
    return undefined;
  }
}

/** Strict reading: false, with the fault reported, when any part has a fault that resets the session. */
function wholeMessage(
  emitter: Emitter,
  octets: Uint8Array,
  addPath: AddPath,
  ...parts: (MpScan | undefined)[]
): boolean {
  const { scan, ipv4 } = emitter;
  if (strongestTreatment(scan.faults) === 'session-reset') return false;
  const walk = (cursor: NlriCursor, start: number, end: number): void => {
    const identifiers = hasIdentifiers(emitter, cursor, octets, start, end, addPath);
    resetNlri(cursor, octets, start, end, identifiers);
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
