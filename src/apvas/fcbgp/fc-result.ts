import type { BgpFaultCode } from '../../bgp/index.js';
import type { BgpsecVerdict } from '../../bgpsec/index.js';
import type { Asn } from '../../inet/index.js';
import type { FcFaultCode, FcSegment } from './attr-255-fc-path.js';

/** Why the signature of a segment does not count (steps 1 and 3 of draft §5.2.1). */
export type FcSignatureReason =
  | 'router-key-missing'
  | 'router-key-unusable'
  | 'key-limit'
  | 'signature-mismatch';

/** Which check of draft §5.2.1 fails: `treat-as-withdraw`. */
export type FcCheckReason =
  | 'as-path-missing'
  | 'nlri-count'
  | 'fc-path-flags'
  | 'fc-path-removed'
  | 'as-set'
  | 'confed-sequence'
  | 'peer-as-mismatch'
  | 'segment-missing'
  | 'segment-order'
  | 'algorithm-unsupported'
  | 'confed-flag-unexpected'
  | 'rs-flag-missing'
  | 'rs-flag-unexpected'
  | 'aspp-flag-missing'
  | 'aspp-flag-unexpected'
  | 'direction-flag-missing'
  | 'direction-flag-unexpected';

/** What decided. */
export type FcReason =
  | 'ok'
  | 'no-fc-path'
  | 'no-supported-algorithm'
  | FcCheckReason
  | FcFaultCode
  | FcSignatureReason
  | BgpFaultCode;

/** Why a route is a leak and ineligible (draft §5.2.1, ingress procedure), whatever its verdict. */
export type FcLeak = 'p2c-flag' | 'p2p-flag-twice' | 'p2c-flag-dropped';

/** One segment with the octets that it signs. */
export interface FcSegmentResult {
  readonly segment: FcSegment;
  /** `not-evaluated`: a segment before it failed. */
  readonly state: 'valid' | 'not-valid' | 'not-evaluated';
  readonly reason?: FcSignatureReason;
  readonly octets: Uint8Array;
}

/** The verdict on one route of the experiment. NON-STANDARD, and never a verdict of BGPsec. */
export interface FcResult {
  readonly standard: false;
  readonly verdict: BgpsecVerdict;
  readonly reason: FcReason;
  /** Where in a message a fault is. */
  readonly detail?: string;
  /** Newest first; empty where no signature was looked at. */
  readonly segments: readonly FcSegmentResult[];
  /** ASes of the path without a segment, newest first: the verdict says nothing of them. */
  readonly gaps: readonly Asn[];
  readonly leak?: FcLeak;
}
