import { createWriter, readU32 } from '../../bytes/index.js';
import type { Asn } from '../../inet/index.js';

/** The capability code (RFC 6793 §9). */
export const CAP_FOUR_OCTET_AS = 65;

/** Support for 4-octet AS numbers (RFC 6793 §3) with the AS number of the sender. */
export interface FourOctetAsCapability {
  readonly name: 'four-octet-as';
  readonly asn: Asn;
}

/** The capability value read; undefined when it has not 4 octets. */
export function decodeFourOctetAs(value: Uint8Array): FourOctetAsCapability | undefined {
  return value.length === 4 ? { name: 'four-octet-as', asn: readU32(value, 0) } : undefined;
}

/** The capability value, 4 octets. */
export function encodeFourOctetAs(capability: FourOctetAsCapability): Uint8Array {
  return createWriter().u32(capability.asn, 'four-octet-as').finish();
}
