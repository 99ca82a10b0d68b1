import { BgpError } from '../fault.js';
import { decodeNlri, type Nlri } from '../nlri.js';

/**
 * The NLRI of an MP attribute, `octets[start, end)`; undefined for families whose NLRI are not plain prefixes of IPv4
 * or IPv6 (RFC 4760 §5, §6: SAFI 1 and 2).
 *
 * @throws {BgpError} as `decodeNlri`, with the attribute named and NOTIFICATION 3/9 (RFC 4760 §7).
 */
export function decodeFamilyNlri(
  attribute: number,
  octets: Uint8Array,
  afi: number,
  safi: number,
  addPath: boolean,
  start: number,
  end: number,
): Nlri[] | undefined {
  if ((afi !== 1 && afi !== 2) || (safi !== 1 && safi !== 2)) return undefined;
  try {
    return decodeNlri(octets, afi, addPath, start, end);
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    throw new BgpError({ ...error.fault, attribute, notification: { code: 3, subcode: 9 } });
  }
}
