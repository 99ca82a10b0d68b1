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
  return new OctetReader(octets, start, end);
}

/** A class: there may be a reader for every message, and literals with accessors would have a shape each. */
class OctetReader implements Reader {
  readonly octets: Uint8Array;
  readonly end: number;
  #offset: number;

  constructor(octets: Uint8Array, start: number, end: number) {
    this.octets = octets;
    this.#offset = start;
    this.end = end;
  }

  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.end - this.#offset;
  }

  u8(field: string): number {
    return this.octets[this.#take(1, field)] as number;
  }

  u16(field: string): number {
    return readU16(this.octets, this.#take(2, field));
  }

  u32(field: string): number {
    return readU32(this.octets, this.#take(4, field));
  }

  bytes(length: number, field: string): Uint8Array {
    const at = this.#take(length, field);
    return this.octets.subarray(at, at + length);
  }

  skip(length: number, field: string): void {
    this.#take(length, field);
  }

  sub(length: number, field: string): Reader {
    const at = this.#take(length, field);
    return new OctetReader(this.octets, at, at + length);
  }

  expectEnd(field: string): void {
    if (this.#offset === this.end) return;
    const message = `${this.remaining} octets left over`;
    throw new DecodeError('trailing-octets', message, { field, offset: this.#offset });
  }

  #take(length: number, field: string): number {
    const offset = this.#offset;
    if (length > this.end - offset) {
      const message = `needs ${length} octets, has ${this.end - offset}`;
      throw new DecodeError('truncated', message, { field, offset });
    }
    this.#offset = offset + length;
    return offset;
  }
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
