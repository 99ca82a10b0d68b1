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
  /** A copy of what was written. */
  finish(): Uint8Array;
}

/**
 * An empty {@link Writer}.
 *
 * @throws {RangeError} from any write of a value outside its field, naming field, value and maximum.
 */
export function createWriter(): Writer {
  let buffer = new Uint8Array(64);
  let length = 0;
  const reserve = (count: number): number => {
    const at = length;
    length += count;
    if (length > buffer.length) {
      const grown = new Uint8Array(Math.max(length, buffer.length * 2));
      grown.set(buffer);
      buffer = grown;
    }
    return at;
  };
  const put = (value: number, width: 1 | 2 | 4, field: string, at = reserve(width)): void => {
    const max = 2 ** (8 * width) - 1;
    if (!Number.isInteger(value) || value < 0 || value > max) {
      throw new RangeError(`${field}: ${value} is not an integer in 0..${max}`);
    }
    for (let i = width - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256))
      buffer[at + i] = rest % 256;
  };
  const writer: Writer = {
    get length() {
      return length;
    },
    u8: (value, field) => {
      put(value, 1, field);
      return writer;
    },
    u16: (value, field) => {
      put(value, 2, field);
      return writer;
    },
    u32: (value, field) => {
      put(value, 4, field);
      return writer;
    },
    bytes: (value) => {
      const at = reserve(value.length);
      buffer.set(value, at);
      return writer;
    },
    sized: (width, field, body) => {
      const at = reserve(width);
      body(writer);
      put(length - at - width, width, field, at);
      return writer;
    },
    finish: () => buffer.slice(0, length),
  };
  return writer;
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
