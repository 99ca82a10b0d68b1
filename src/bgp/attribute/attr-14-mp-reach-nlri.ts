import { createWriter } from '../../bytes/index.js';
import type { Family } from '../capability/cap-01-multiprotocol.js';
import { BgpError } from '../fault.js';
import type { Nlri } from '../nlri.js';
import { decodeFamilyNlri } from './mp-nlri.js';
import { scanMpReach } from './mp-scan.js';

/** Type code of MP_REACH_NLRI (RFC 4760 §3). */
export const ATTR_MP_REACH_NLRI = 14;

/** MP_REACH_NLRI (RFC 4760 §3): routes of any family with their next hop. */
export interface MpReach extends Family {
  readonly nextHop: Uint8Array;
  /** The octet between next hop and NLRI: 0 when sent, ignored when received. */
  readonly reserved: number;
  /** The NLRI field as it stands, trailing bits included. */
  readonly field: Uint8Array;
  /** The entries of {@link field}; absent for families other than IPv4 and IPv6 unicast (SAFI 1) and multicast (2). */
  readonly nlri?: readonly Nlri[];
}

/**
 * Decodes the value `octets[start, end)`.
 *
 * @param addPath whether routes of this family come with Path Identifiers on the session.
 * @throws {BgpError} session-reset (RFC 7606 §5.3, §7.11): `mp-reach-length`, `next-hop-length`, `nlri-length`,
 * `nlri-overrun`.
 */
export function decodeMpReach(
  octets: Uint8Array,
  addPath: (afi: number, safi: number) => boolean,
  start = 0,
  end = octets.length,
): MpReach {
  const { afi, safi, nextHopStart, nextHopEnd, nlriStart, nlriEnd } = scanMpReach(octets, start, end);
  const nextHop = octets.subarray(nextHopStart, nextHopEnd);
  const expected = nextHopLengths(afi, safi);
  if (expected && !expected.includes(nextHop.length)) {
    throw new BgpError({
      code: 'next-hop-length',
      treatment: 'session-reset',
      message: `${nextHop.length} octets for AFI ${afi}, SAFI ${safi}`,
      field: 'mp-reach-nlri.next-hop',
      offset: nextHopStart - 1,
      attribute: ATTR_MP_REACH_NLRI,
      notification: { code: 3, subcode: 9 },
    });
  }
  const nlri = decodeFamilyNlri(
    ATTR_MP_REACH_NLRI,
    octets,
    afi,
    safi,
    addPath(afi, safi),
    nlriStart,
    nlriEnd,
  );
  const reserved = octets[nextHopEnd] as number;
  const field = octets.subarray(nlriStart, nlriEnd);
  return nlri ? { afi, safi, nextHop, reserved, field, nlri } : { afi, safi, nextHop, reserved, field };
}

/**
 * The attribute value. RFC 4760 §3.
 *
 * @throws {RangeError} for a next hop above 255 octets.
 */
export function encodeMpReach(
  reach: Omit<MpReach, 'nlri' | 'reserved'> & { readonly reserved?: number },
): Uint8Array {
  return createWriter(5 + reach.nextHop.length + reach.field.length)
    .u16(reach.afi, 'mp-reach-nlri.afi')
    .u8(reach.safi, 'mp-reach-nlri.safi')
    .u8(reach.nextHop.length, 'mp-reach-nlri.next-hop.length')
    .bytes(reach.nextHop)
    .u8(reach.reserved ?? 0, 'mp-reach-nlri.reserved')
    .bytes(reach.field)
    .finish();
}

/**
 * Octets of a next hop, which may be two addresses in IPv6 (RFC 2545 §3), and an IPv6 one for IPv4 routes (RFC 8950);
 * undefined where this project does not know the family (docs/decisions/bgp.md D-next-hop-length).
 */
function nextHopLengths(afi: number, safi: number): readonly number[] | undefined {
  if (safi !== 1 && safi !== 2) return undefined;
  if (afi === 1) return [4, 16, 32];
  return afi === 2 ? [16, 32] : undefined;
}
