import { createWriter } from '../../bytes/index.js';
import type { Family } from '../capability/cap-01-multiprotocol.js';
import type { Nlri } from '../nlri.js';
import { decodeFamilyNlri } from './mp-nlri.js';
import { scanMpUnreach } from './mp-scan.js';

/** Type code of MP_UNREACH_NLRI (RFC 4760 §4). */
export const ATTR_MP_UNREACH_NLRI = 15;

/** MP_UNREACH_NLRI (RFC 4760 §4): routes of any family withdrawn. */
export interface MpUnreach extends Family {
  /** The Withdrawn Routes field as it stands; empty in an End-of-RIB marker (RFC 4724 §2). */
  readonly field: Uint8Array;
  /** The entries of {@link field}; absent for families other than IPv4 and IPv6 unicast (SAFI 1) and multicast (2). */
  readonly nlri?: readonly Nlri[];
}

/**
 * Decodes the value `octets[start, end)`.
 *
 * @param addPath whether routes of this family come with Path Identifiers on the session.
 * @throws {BgpError} session-reset (RFC 7606 §5.3): `mp-unreach-length`, `nlri-length`, `nlri-overrun`.
 */
export function decodeMpUnreach(
  octets: Uint8Array,
  addPath: (afi: number, safi: number) => boolean,
  start = 0,
  end = octets.length,
): MpUnreach {
  const { afi, safi, nlriStart, nlriEnd } = scanMpUnreach(octets, start, end);
  const nlri = decodeFamilyNlri(
    ATTR_MP_UNREACH_NLRI,
    octets,
    afi,
    safi,
    addPath(afi, safi),
    nlriStart,
    nlriEnd,
  );
  return { afi, safi, field: octets.subarray(nlriStart, nlriEnd), ...(nlri && { nlri }) };
}

/** The attribute value. RFC 4760 §4. */
export function encodeMpUnreach({ afi, safi, field }: Omit<MpUnreach, 'nlri'>): Uint8Array {
  return createWriter()
    .u16(afi, 'mp-unreach-nlri.afi')
    .u8(safi, 'mp-unreach-nlri.safi')
    .bytes(field)
    .finish();
}
