/** Cuts a stream of octets into frames that say their length in a header. Does no I/O. */
export interface FrameSplitter {
  /** Octets received and not yet taken as frames. */
  readonly pending: number;
  /** The next octets of the stream, of any size; copied. */
  push(chunk: Uint8Array): void;
  /**
   * The next whole frame, header included; undefined when more octets are needed. It is a view of octets that are not
   * written again, and holds those that came with it: who keeps few of many frames for long copies them. Throws what
   * `lengthOf` throws, at every further call too: the stream has lost its frames.
   */
  next(): Uint8Array | undefined;
}

/**
 * An empty {@link FrameSplitter}. It holds what was pushed and not taken: memory follows what has arrived, never what a
 * length field claims.
 *
 * @param headerLength octets that are there before `lengthOf` is asked.
 * @param lengthOf octets of the whole frame whose header stands at `start`, and at `position` of the stream. Throws for a
 * header that cannot be right.
 */
export function createFrameSplitter(
  headerLength: number,
  lengthOf: (octets: Uint8Array, start: number, position: number) => number,
): FrameSplitter {
  let buffer = new Uint8Array(0);
  let start = 0;
  let end = 0;
  let taken = 0; // octets of the frames that were taken
  return {
    get pending() {
      return end - start;
    },
    push(chunk) {
      // Frames that were taken are views: their octets stay as they are, and where there is no room there is a new array.
      if (end + chunk.length > buffer.length) {
        const needed = end - start + chunk.length;
        // Twice the need, so that many small chunks cost linear time in total.
        const target = new Uint8Array(Math.max(needed * 2, MIN_CAPACITY));
        target.set(buffer.subarray(start, end));
        buffer = target;
        end -= start;
        start = 0;
      }
      buffer.set(chunk, end);
      end += chunk.length;
    },
    next() {
      if (end - start < headerLength) return undefined;
      const length = lengthOf(buffer, start, taken);
      if (end - start < length) return undefined;
      const frame = buffer.subarray(start, start + length);
      start += length;
      taken += length;
      // Of a large array whose frames are all taken nothing is held.
      if (start === end && buffer.length > MAX_IDLE_CAPACITY) {
        buffer = new Uint8Array(0);
        start = 0;
        end = 0;
      }
      return frame;
    },
  };
}

const MIN_CAPACITY = 4096;
const MAX_IDLE_CAPACITY = 1 << 20;
