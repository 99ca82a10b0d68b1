import { readU16 } from '../bytes/index.js';
import { ATTR_AS_PATH } from './attr-02-as-path.js';
import { ATTR_AS4_PATH } from './attr-17-as4-path.js';
import { BgpError, type Fault, type Treatment } from './fault.js';
import {
  createPathAttributeCursor,
  FLAG_OPTIONAL,
  FLAG_TRANSITIVE,
  nextPathAttribute,
  type PathAttributeCursor,
} from './path-attributes.js';

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
  readonly attributes: Window;
  readonly nlri: Window;
  readonly asPath: Window;
  readonly as4Path: Window;
  readonly aggregator: Window;
  readonly as4Aggregator: Window;
  readonly mpReach: Window;
  readonly mpUnreach: Window;
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
    faults: [],
    cursor: createPathAttributeCursor(new Uint8Array(0)),
  };
}

/**
 * Finds the parts of an UPDATE; `octets[start, end)` is what follows the message header (RFC 4271 §4.3). Reads no
 * value of any attribute.
 *
 * @throws {BgpError} `update-length`, `session-reset` (RFC 7606 §3 b). Faults within the attributes are values in
 * `scan.faults`.
 */
export function scanUpdate(octets: Uint8Array, start: number, end: number, scan: UpdateScan): void {
  if (end - start < 4) throw updateLength(start, `${end - start} octets`);
  const withdrawn = readU16(octets, start);
  if (withdrawn > end - start - 4) throw updateLength(start, `Withdrawn Routes Length ${withdrawn}`);
  const lengthAt = start + 2 + withdrawn;
  const attributes = readU16(octets, lengthAt);
  if (attributes > end - lengthAt - 2) throw updateLength(lengthAt, `Total Attribute Length ${attributes}`);
  scan.withdrawn.start = start + 2;
  scan.withdrawn.end = lengthAt;
  scan.nlri.start = lengthAt + 2 + attributes;
  scan.nlri.end = end;
  scanPathAttributes(octets, lengthAt + 2, scan.nlri.start, scan);
}

/**
 * Finds the attributes of the field `octets[start, end)`; the other windows of `scan` are left as they are.
 * RFC 4271 §4.3.
 */
export function scanPathAttributes(octets: Uint8Array, start: number, end: number, scan: UpdateScan): void {
  scan.attributes.start = start;
  scan.attributes.end = end;
  scan.asPath.start = ABSENT;
  scan.as4Path.start = ABSENT;
  scan.aggregator.start = ABSENT;
  scan.as4Aggregator.start = ABSENT;
  scan.mpReach.start = ABSENT;
  scan.mpUnreach.start = ABSENT;
  if (scan.faults.length > 0) scan.faults.length = 0;
  const cursor = scan.cursor;
  cursor.octets = octets;
  cursor.offset = start;
  cursor.end = end;
  try {
    while (nextPathAttribute(cursor)) {
      const found = windowOf(scan, cursor.code);
      if (found !== undefined) take(scan, found, cursor);
    }
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    scan.faults.push(error.fault);
  }
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
  if ((flags & (FLAG_OPTIONAL | FLAG_TRANSITIVE)) !== flagsOf(code)) {
    // RFC 7606 §3 c, §5.3; for the AS4 attributes docs/decisions.md D-as4-flags.
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

/** The Optional and Transitive bits of the types that have a window (RFC 4271 §5, RFC 4760 §3, §4, RFC 6793 §3). */
function flagsOf(code: number): number {
  if (code === ATTR_AS_PATH) return FLAG_TRANSITIVE;
  const mp = code === ATTR_MP_REACH_NLRI || code === ATTR_MP_UNREACH_NLRI;
  return mp ? FLAG_OPTIONAL : FLAG_OPTIONAL | FLAG_TRANSITIVE;
}

function attributeFault(
  attribute: number,
  code: string,
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
