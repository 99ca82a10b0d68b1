import { readU16 } from '../../bytes/index.js';
import { BgpError } from '../fault.js';
import type { BgpFaultCode } from '../fault-codes.js';

/** Family, next hop and NLRI of an MP attribute, as windows of the array. */
export interface MpScan {
  readonly afi: number;
  readonly safi: number;
  readonly nextHopStart: number;
  readonly nextHopEnd: number;
  readonly nlriStart: number;
  readonly nlriEnd: number;
}

/**
 * The parts of an MP_REACH_NLRI value (RFC 4760 §3).
 *
 * @throws {BgpError} `mp-reach-length`, `session-reset` (RFC 7606 §5.3, §7.11).
 */
export function scanMpReach(octets: Uint8Array, start: number, end: number): MpScan {
  if (end - start < 5) throw mpLength('mp-reach-length', 14, start, end);
  const nextHopStart = start + 4;
  const nextHopEnd = nextHopStart + (octets[start + 3] as number);
  if (nextHopEnd + 1 > end) throw mpLength('mp-reach-length', 14, start, end);
  return {
    afi: readU16(octets, start),
    safi: octets[start + 2] as number,
    nextHopStart,
    nextHopEnd,
    nlriStart: nextHopEnd + 1,
    nlriEnd: end,
  };
}

/**
 * The parts of an MP_UNREACH_NLRI value (RFC 4760 §4); the next hop is empty.
 *
 * @throws {BgpError} `mp-unreach-length`, `session-reset` (RFC 7606 §5.3).
 */
export function scanMpUnreach(octets: Uint8Array, start: number, end: number): MpScan {
  if (end - start < 3) throw mpLength('mp-unreach-length', 15, start, end);
  return {
    afi: readU16(octets, start),
    safi: octets[start + 2] as number,
    nextHopStart: start,
    nextHopEnd: start,
    nlriStart: start + 3,
    nlriEnd: end,
  };
}

function mpLength(code: BgpFaultCode, attribute: number, start: number, end: number): BgpError {
  return new BgpError({
    code,
    treatment: 'session-reset',
    message: `${end - start} octets do not hold the attribute`,
    field: attribute === 14 ? 'mp-reach-nlri' : 'mp-unreach-nlri',
    offset: start,
    attribute,
    notification: { code: 3, subcode: 9 },
  });
}
