/** Collects big-endian integers and octets; grows as needed and refuses values that do not fit (never truncates). */
export interface Writer {
  /** Octets written so far. */
  readonly length: number;
  u8(value: number, field: string): Writer;
  u16(value: number, field: string): Writer;
  u32(value: number, field: string): Writer;
  bytes(value: Uint8Array): Writer;
  /** Writes `body`, preceded by its length in `width` octets (1, 2 or 4). */
  sized(width: 1 | 2 | 4, field: string, body: (writer: Writer) => void): Writer;
  /** What was written; nothing that is written later changes it. */
  finish(): Uint8Array;
}

/**
 * An empty {@link Writer}.
 *
 * @param expected octets that will be written, where that is known: then nothing is copied. More or fewer may come.
 * @throws {RangeError} from any write of a value outside its field, naming field, value and maximum.
 */
export function createWriter(expected = 64): Writer {
  return new OctetWriter(expected);
}

class OctetWriter implements Writer {
  #buffer: Uint8Array;
  #length = 0;
  /** The buffer was given out: it is not written any more. */
  #given = false;

  constructor(expected: number) {
    this.#buffer = new Uint8Array(expected);
  }

  get length(): number {
    return this.#length;
  }

  u8(value: number, field: string): Writer {
    this.#put(value, 1, field, this.#reserve(1));
    return this;
  }

  u16(value: number, field: string): Writer {
    this.#put(value, 2, field, this.#reserve(2));
    return this;
  }

  u32(value: number, field: string): Writer {
    this.#put(value, 4, field, this.#reserve(4));
    return this;
  }

  bytes(value: Uint8Array): Writer {
    const at = this.#reserve(value.length);
    this.#buffer.set(value, at);
    return this;
  }

  sized(width: 1 | 2 | 4, field: string, body: (writer: Writer) => void): Writer {
    const at = this.#reserve(width);
    body(this);
    this.#put(this.#length - at - width, width, field, at);
    return this;
  }

  finish(): Uint8Array {
    if (this.#length < this.#buffer.length) return this.#buffer.slice(0, this.#length);
    this.#given = true;
    return this.#buffer;
  }

  #reserve(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#buffer.length) this.#move(Math.max(this.#length, this.#buffer.length * 2));
    return at;
  }

  #put(value: number, width: 1 | 2 | 4, field: string, at: number): void {
    const max = width === 1 ? 0xff : width === 2 ? 0xffff : 0xffff_ffff;
    if (!Number.isInteger(value) || value < 0 || value > max) {
      throw new RangeError(`${field}: ${value} is not an integer in 0..${max}`);
    }
    if (this.#given) this.#move(this.#buffer.length);
    for (let i = width - 1, rest = value; i >= 0; i--, rest >>>= 8) this.#buffer[at + i] = rest;
  }

  #move(capacity: number): void {
    const moved = new Uint8Array(capacity);
    moved.set(this.#buffer);
    this.#buffer = moved;
    this.#given = false;
  }
}

/**
 * Writes the unsigned 32-bit integer big-endian at `offset`: the counterpart of `readU32` where a table of known size is
 * filled. The caller has checked value and bounds; {@link createWriter} checks for itself.
 */
export function writeU32(octets: Uint8Array, offset: number, value: number): void {
  octets[offset] = value >>> 24;
  octets[offset + 1] = value >>> 16;
  octets[offset + 2] = value >>> 8;
  octets[offset + 3] = value;
}
