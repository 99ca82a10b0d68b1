import {
  AS_SEQUENCE,
  type AsnSize,
  type AsPath,
  BgpError,
  decodeAsPath,
  HEADER_LENGTH,
  scanUpdate,
} from '../../bgp/index.js';
import { readU16, readU32 } from '../../bytes/index.js';
import type { Asn } from '../../inet/index.js';
import type { Emitter } from '../emitter.js';

/** What the UPDATEs of a sender show of it, where its OPEN, or that of the receiver, was not captured. */
export interface Evidence {
  /** Octets of its AS numbers. */
  asnSize: AsnSize | undefined;
  /** The first AS of its last path. */
  firstAs: Asn | undefined;
}

/**
 * Looks at the AS_PATH of the UPDATE in `octets[start, end)`, which may be cut off. AS numbers have the size by which it can be
 * read; where both do, two octets beside an AS4_PATH, which is for such sessions alone (RFC 6793 §4.1), else the size by
 * which it begins with the sender, else what was seen before (docs/decisions/routes.md D-capture-no-open).
 */
export function gather(
  evidence: Evidence,
  { scan }: Emitter,
  octets: Uint8Array,
  start: number,
  end: number,
  sender: Asn | undefined,
): void {
  const declared = start + readU16(octets, start + 16);
  try {
    scanUpdate(octets, start + HEADER_LENGTH, declared, scan, Math.min(declared, end));
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    return; // the reader proper reports it
  }
  const { asPath, as4Path, bgpsecPath } = scan;
  if (asPath.start < 0 && bgpsecPath.end - bgpsecPath.start >= 8) {
    // RFC 8205 §3.1: behind the length, pCount and flags of the first Secure_Path Segment.
    evidence.firstAs = readU32(octets, bgpsecPath.start + 4);
  }
  if (asPath.start < 0 || asPath.end === scan.cutAt) return;
  const narrow = pathBy(octets, 2, asPath);
  const wide = pathBy(octets, 4, asPath);
  if (narrow === undefined || wide === undefined) {
    if (narrow !== wide) evidence.asnSize = narrow === undefined ? 4 : 2;
  } else if (narrow.length > 0) {
    if (as4Path.start >= 0) evidence.asnSize = 2;
    else if (sender !== undefined && firstOf(narrow) === sender && firstOf(wide) !== sender)
      evidence.asnSize = 2;
  }
  const path = evidence.asnSize === 2 ? narrow : wide;
  if (path !== undefined && path.length > 0) evidence.firstAs = firstOf(path);
}

function pathBy(
  octets: Uint8Array,
  size: AsnSize,
  { start, end }: { readonly start: number; readonly end: number },
): AsPath | undefined {
  try {
    return decodeAsPath(octets, size, start, end);
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    return undefined;
  }
}

/** The AS that a neighbour puts in front (RFC 4271 §5.1.2); undefined where the path begins with something else. */
function firstOf(path: AsPath): Asn | undefined {
  const [first] = path;
  return first?.type === AS_SEQUENCE ? first.asns[0] : undefined;
}
