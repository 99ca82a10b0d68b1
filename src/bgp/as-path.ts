import type { Asn } from '../inet/index.js';

/** Path segment types: RFC 4271 §4.3 b (1, 2) and RFC 5065 §3 (3, 4). */
export const AS_SET = 1;
export const AS_SEQUENCE = 2;
export const AS_CONFED_SEQUENCE = 3;
export const AS_CONFED_SET = 4;
export type SegmentType =
  | typeof AS_SET
  | typeof AS_SEQUENCE
  | typeof AS_CONFED_SEQUENCE
  | typeof AS_CONFED_SET;

/** One path segment: its ASNs as they stand on the wire. */
export interface AsPathSegment {
  readonly type: SegmentType;
  readonly asns: readonly Asn[];
}

/** An AS_PATH in wire order: the neighbour (most recently added AS) first, the origin last. Empty for a local route. */
export type AsPath = readonly AsPathSegment[];
