import { readU16, readU32 } from '../../bytes/index.js';

/** Reads numbers in the byte order of the machine that wrote a capture. */
export interface ByteOrder {
  u16(octets: Uint8Array, at: number): number;
  u32(octets: Uint8Array, at: number): number;
}

export const BIG_ENDIAN: ByteOrder = { u16: readU16, u32: readU32 };

export const LITTLE_ENDIAN: ByteOrder = {
  u16: (octets, at) => (octets[at] as number) | ((octets[at + 1] as number) << 8),
  u32: (octets, at) =>
    ((octets[at] as number) |
      ((octets[at + 1] as number) << 8) |
      ((octets[at + 2] as number) << 16) |
      ((octets[at + 3] as number) << 24)) >>>
    0,
};
