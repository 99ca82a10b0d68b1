import { DecodeError } from './decode-error.js';

/** Reads big-endian integers and octets from a window of a byte array; every error carries the absolute offset. */
export interface Reader {
  /** The array that is read; never copied, never written. */
  readonly octets: Uint8Array;
  /** The absolute offset of the next octet in {@link octets}. */
  readonly offset: number;
  /** The absolute offset after the last readable octet. */
  readonly end: number;
  /** Octets left. */
  readonly remaining: number;
  u8(field: string): number;
  u16(field: string): number;
  u32(field: string): number;
  /** A view of the next `length` octets, not a copy. */
  bytes(length: number, field: string): Uint8Array;
  skip(length: number, field: string): void;
  /** A reader over the next `length` octets, which this reader then has passed. */
  sub(length: number, field: string): Reader;
  /** Throws `trailing-octets` when anything is left. */
  expectEnd(field: string): void;
}

/**
 * A {@link Reader} over `octets[start, end)`.
 *
 * @throws {DecodeError} `truncated` from any read beyond the end.
 */
export function createReader(octets: Uint8Array, start = 0, end = octets.length): Reader {
  if (!(start >= 0 && start <= end && end <= octets.length)) throw new RangeError(`window ${start}..${end}`);
  let offset = start;
  const take = (length: number, field: string): number => {
    if (length > end - offset) {
      throw new DecodeError('truncated', `needs ${length} octets, has ${end - offset}`, { field, offset });
    }
    const at = offset;
    offset += length;
    return at;
  };
  return {
    octets,
    end,
    get offset() {
      return offset;
    },
    get remaining() {
      return end - offset;
    },
    u8: (field) => octets[take(1, field)] as number,
    u16: (field) => readU16(octets, take(2, field)),
    u32: (field) => readU32(octets, take(4, field)),
    bytes: (length, field) => {
      const at = take(length, field);
      return octets.subarray(at, at + length);
    },
    skip: (length, field) => {
      take(length, field);
    },
    sub: (length, field) => {
      const at = take(length, field);
      return createReader(octets, at, at + length);
    },
    expectEnd: (field) => {
      if (offset !== end) {
        throw new DecodeError('trailing-octets', `${end - offset} octets left over`, { field, offset });
      }
    },
  };
}

/** The unsigned 16-bit big-endian integer at `offset`. The caller has checked the bounds. */
export function readU16(octets: Uint8Array, offset: number): number {
  return ((octets[offset] as number) << 8) | (octets[offset + 1] as number);
}

/** The unsigned 32-bit big-endian integer at `offset`. The caller has checked the bounds. */
export function readU32(octets: Uint8Array, offset: number): number {
  return (
    (((octets[offset] as number) << 24) |
      ((octets[offset + 1] as number) << 16) |
      ((octets[offset + 2] as number) << 8) |
      (octets[offset + 3] as number)) >>>
    0
  );
}
