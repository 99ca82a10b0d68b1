import { createWriter, readU16 } from '../../bytes/index.js';

/** The capability code (RFC 4760 §8). */
export const CAP_MULTIPROTOCOL = 1;

/** An address family with its sub-family, as numbers of the IANA registries. */
export interface Family {
  readonly afi: number;
  readonly safi: number;
}

/** Multiprotocol Extensions (RFC 4760 §8): the sender can carry this family. */
export interface MultiprotocolCapability extends Family {
  readonly name: 'multiprotocol';
  /** The reserved octet: 0 when sent, ignored when received. */
  readonly reserved: number;
}

/** The capability value read; undefined when it has not 4 octets. */
export function decodeMultiprotocol(value: Uint8Array): MultiprotocolCapability | undefined {
  if (value.length !== 4) return undefined;
  return {
    name: 'multiprotocol',
    afi: readU16(value, 0),
    safi: value[3] as number,
    reserved: value[2] as number,
  };
}

/** The capability value. */
export function encodeMultiprotocol(capability: MultiprotocolCapability): Uint8Array {
  return createWriter()
    .u16(capability.afi, 'multiprotocol.afi')
    .u8(capability.reserved, 'multiprotocol.reserved')
    .u8(capability.safi, 'multiprotocol.safi')
    .finish();
}
