import { readU16 } from '../../bytes/index.js';
import { ATTR_AS_PATH } from '../attribute/attr-02-as-path.js';
import { ATTR_AS4_PATH } from '../attribute/attr-17-as4-path.js';
import { ATTR_BGPSEC_PATH } from '../attribute/attr-33-bgpsec-path.js';
import {
  createPathAttributeCursor,
  FLAG_EXTENDED_LENGTH,
  FLAG_OPTIONAL,
  FLAG_TRANSITIVE,
  nextPathAttribute,
  type PathAttributeCursor,
} from '../attribute/path-attributes.js';
import { BgpError, type Fault, type Treatment } from '../fault.js';
import type { BgpFaultCode } from '../fault-codes.js';

const ATTR_AGGREGATOR = 7;
const ATTR_MP_REACH_NLRI = 14;
const ATTR_MP_UNREACH_NLRI = 15;
const ATTR_AS4_AGGREGATOR = 18;

/** A window of the scanned array; `start` is negative where there is none, or none that may be read. */
export interface Window {
  start: number;
  end: number;
}

/**
 * Where the parts of an UPDATE stand that say which routes it carries and by which path. Made once, filled by
 * {@link scanUpdate} or {@link scanPathAttributes} as often as needed.
 */
export interface UpdateScan {
  readonly withdrawn: Window;
  /** Where octets are missing, as far as the attributes are whole. */
  readonly attributes: Window;
  readonly nlri: Window;
  readonly asPath: Window;
  readonly as4Path: Window;
  readonly aggregator: Window;
  readonly as4Aggregator: Window;
  readonly mpReach: Window;
  readonly mpUnreach: Window;
  readonly bgpsecPath: Window;
  /** Attribute Flags of BGPsec_PATH; not judged, since beside an AS_PATH the attribute may mean nothing. */
  bgpsecFlags: number;
  /** Where the octets end before the message or the attributes do; -1 when all of them are there. */
  cutAt: number;
  /** Whether attributes are missing behind {@link cutAt}; an MP attribute that is cut is there as far as it goes. */
  attributesCut: boolean;
  /** What was wrong with the attributes (framing, repetitions, flags of those named above). */
  readonly faults: Fault[];
  readonly cursor: PathAttributeCursor;
}

/** Values of a window's `start`: no such attribute, and one whose value must not be read. */
const ABSENT = -1;
const UNREADABLE = -2;

const window = (): Window => ({ start: ABSENT, end: ABSENT });

/** An empty {@link UpdateScan}. RFC 4271 §4.3. */
export function createUpdateScan(): UpdateScan {
  return {
    withdrawn: window(),
    attributes: window(),
    nlri: window(),
    asPath: window(),
    as4Path: window(),
    aggregator: window(),
    as4Aggregator: window(),
    mpReach: window(),
    mpUnreach: window(),
    bgpsecPath: window(),
    bgpsecFlags: 0,
    cutAt: -1,
    attributesCut: false,
    faults: [],
    cursor: createPathAttributeCursor(new Uint8Array(0)),
  };
}

/**
 * Finds the parts of an UPDATE; `octets[start, end)` is what follows the message header (RFC 4271 §4.3). Reads no
 * value of any attribute.
 *
 * @param available where the octets end when that is before `end`: the windows then stop there.
 * @throws {BgpError} `update-length`, `session-reset` (RFC 7606 §3 b); `scan.withdrawn` is there when the length in
 * front of it was not the wrong one, else its start is -1. Faults within the attributes are values in `scan.faults`.
 */
export function scanUpdate(
  octets: Uint8Array,
  start: number,
  end: number,
  scan: UpdateScan,
  available = end,
): void {
  const { withdrawn, nlri } = scan;
  withdrawn.start = withdrawn.end = nlri.start = nlri.end = ABSENT;
  scan.cutAt = -1;
  if (end - start < 4) throw updateLength(start, `${end - start} octets`);
  if (available - start < 2) {
    scanPathAttributes(octets, available, end, scan, available);
    return;
  }
  const withdrawnLength = readU16(octets, start);
  if (withdrawnLength > end - start - 4)
    throw updateLength(start, `Withdrawn Routes Length ${withdrawnLength}`);
  const lengthAt = start + 2 + withdrawnLength;
  withdrawn.start = start + 2;
  withdrawn.end = Math.min(lengthAt, available);
  if (available - lengthAt < 2) {
    scanPathAttributes(octets, available, end, scan, available);
    return;
  }
  const attributes = readU16(octets, lengthAt);
  if (attributes > end - lengthAt - 2) throw updateLength(lengthAt, `Total Attribute Length ${attributes}`);
  const attributesEnd = lengthAt + 2 + attributes;
  scanPathAttributes(octets, lengthAt + 2, attributesEnd, scan, Math.min(attributesEnd, available));
  if (available < end) scan.cutAt = available;
  nlri.start = Math.min(attributesEnd, available);
  nlri.end = Math.min(end, available);
}

/**
 * As {@link scanUpdate}, for a message that is whole; leaves the windows of single attributes as they are. RFC 4271 §4.3.
 *
 * @throws {BgpError} as `scanUpdate`.
 */
export function scanUpdateFields(octets: Uint8Array, start: number, end: number, scan: UpdateScan): void {
  const { attributes, withdrawn, nlri } = scan;
  withdrawn.start = withdrawn.end = nlri.start = nlri.end = ABSENT;
  if (end - start < 4) throw updateLength(start, `${end - start} octets`);
  const withdrawnLength = readU16(octets, start);
  if (withdrawnLength > end - start - 4)
    throw updateLength(start, `Withdrawn Routes Length ${withdrawnLength}`);
  const lengthAt = start + 2 + withdrawnLength;
  withdrawn.start = start + 2;
  withdrawn.end = lengthAt;
  const length = readU16(octets, lengthAt);
  if (length > end - lengthAt - 2) throw updateLength(lengthAt, `Total Attribute Length ${length}`);
  attributes.start = lengthAt + 2;
  attributes.end = nlri.start = attributes.start + length;
  nlri.end = end;
}

/**
 * Finds the attributes of the field `octets[start, end)`; the windows of the other fields are left as they are.
 * RFC 4271 §4.3.
 *
 * @param available where the octets end when that is before `end`.
 */
export function scanPathAttributes(
  octets: Uint8Array,
  start: number,
  end: number,
  scan: UpdateScan,
  available = end,
): void {
  scan.attributes.start = start;
  scan.attributes.end = available;
  scan.asPath.start = ABSENT;
  scan.as4Path.start = ABSENT;
  scan.aggregator.start = ABSENT;
  scan.as4Aggregator.start = ABSENT;
  scan.mpReach.start = ABSENT;
  scan.mpUnreach.start = ABSENT;
  scan.bgpsecPath.start = ABSENT;
  scan.attributesCut = available < end;
  scan.cutAt = scan.attributesCut ? available : -1;
  if (scan.faults.length > 0) scan.faults.length = 0;
  const cursor = scan.cursor;
  cursor.octets = octets;
  cursor.offset = start;
  cursor.end = available;
  try {
    while (nextPathAttribute(cursor)) {
      const found = windowOf(scan, cursor.code);
      if (found !== undefined) take(scan, found, cursor);
    }
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    if (!scan.attributesCut) scan.faults.push(error.fault);
    else if (takeCut(scan, end)) scan.attributes.end = cursor.offset;
    else scan.faults.push(error.fault);
  }
}

/**
 * The attribute at the cursor, which the end of the octets cuts: an MP attribute is taken as far as it goes, since the
 * prefixes before the cut are whole. False when it would overrun the field, whose declared end is `end`, as well.
 */
function takeCut(scan: UpdateScan, end: number): boolean {
  const { cursor } = scan;
  const { octets, offset: at, end: available } = cursor;
  const header = ((octets[at] as number) & FLAG_EXTENDED_LENGTH) !== 0 ? 4 : 3;
  if (available - at < header) return true;
  const length = header === 4 ? readU16(octets, at + 2) : (octets[at + 2] as number);
  if (at + header + length > end) return false;
  const code = octets[at + 1] as number;
  const found =
    code === ATTR_MP_REACH_NLRI || code === ATTR_MP_UNREACH_NLRI ? windowOf(scan, code) : undefined;
  if (found === undefined) return true;
  cursor.flags = octets[at] as number;
  cursor.code = code;
  cursor.valueStart = at + header;
  cursor.valueEnd = available;
  take(scan, found, cursor);
  return true;
}

function windowOf(scan: UpdateScan, code: number): Window | undefined {
  switch (code) {
    case ATTR_AS_PATH:
      return scan.asPath;
    case ATTR_AGGREGATOR:
      return scan.aggregator;
    case ATTR_MP_REACH_NLRI:
      return scan.mpReach;
    case ATTR_MP_UNREACH_NLRI:
      return scan.mpUnreach;
    case ATTR_AS4_PATH:
      return scan.as4Path;
    case ATTR_AS4_AGGREGATOR:
      return scan.as4Aggregator;
    case ATTR_BGPSEC_PATH:
      return scan.bgpsecPath;
    default:
      return undefined;
  }
}

function take(scan: UpdateScan, found: Window, cursor: PathAttributeCursor): void {
  const { code, flags, valueStart, valueEnd } = cursor;
  const mp = code === ATTR_MP_REACH_NLRI || code === ATTR_MP_UNREACH_NLRI;
  if (found.start !== ABSENT) {
    // RFC 7606 §3 g: a repeated MP attribute resets the session, any other repetition is discarded.
    const treatment = mp ? 'session-reset' : 'attribute-discard';
    scan.faults.push(attributeFault(code, 'attribute-repeated', treatment, valueStart, 1));
    return;
  }
  if (code === ATTR_BGPSEC_PATH) scan.bgpsecFlags = flags;
  else if ((flags & (FLAG_OPTIONAL | FLAG_TRANSITIVE)) !== flagsOf(code)) {
    // RFC 7606 §3 c, §5.3; for the AS4 attributes docs/decisions/bgp.md D-as4-flags.
    const treatment = mp ? 'session-reset' : 'treat-as-withdraw';
    scan.faults.push(attributeFault(code, 'attribute-flags', treatment, valueStart, 9));
    if (code !== ATTR_AS_PATH) {
      found.start = UNREADABLE;
      return;
    }
  }
  found.start = valueStart;
  found.end = valueEnd;
}

/** The Optional and Transitive bits of the types that have a window, but for BGPsec_PATH (RFC 4271 §5, RFC 4760 §3, §4, RFC 6793 §3). */
function flagsOf(code: number): number {
  if (code === ATTR_AS_PATH) return FLAG_TRANSITIVE;
  const mp = code === ATTR_MP_REACH_NLRI || code === ATTR_MP_UNREACH_NLRI;
  return mp ? FLAG_OPTIONAL : FLAG_OPTIONAL | FLAG_TRANSITIVE;
}

function attributeFault(
  attribute: number,
  code: BgpFaultCode,
  treatment: Treatment,
  offset: number,
  subcode: number,
): Fault {
  const message = `attribute ${attribute}`;
  const notification = treatment === 'session-reset' ? { notification: { code: 3, subcode } } : {};
  return { code, treatment, message, field: 'path-attributes', offset, attribute, ...notification };
}

function updateLength(offset: number, message: string): BgpError {
  return new BgpError({
    code: 'update-length',
    treatment: 'session-reset',
    message,
    field: 'update',
    offset,
    notification: { code: 3, subcode: 1 },
  });
}
