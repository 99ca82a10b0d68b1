import { BgpError } from '../fault.js';
import { decodeHeader, HEADER_LENGTH } from './message-header.js';

/** Cuts a stream of octets (one direction of a BGP session) into messages. Does no I/O. */
export interface MessageSplitter {
  /** Octets received and not yet taken as messages. */
  readonly pending: number;
  /** The next octets of the stream, of any size; copied. */
  push(chunk: Uint8Array): void;
  /**
   * The next whole message, header included, as an array of its own; undefined when more octets are needed.
   *
   * @throws {BgpError} session-reset for a wrong header ({@link decodeHeader}), as soon as its 19 octets are there
   * and after all messages before it were taken; again at every further call, since the stream has lost its frame.
   * Its offset counts from the first octet of the stream.
   */
  next(): Uint8Array | undefined;
}

/**
 * An empty {@link MessageSplitter}. It holds what was pushed and not taken; a caller that takes all messages after
 * each push never has it hold more than one partial message.
 *
 * @param extendedMessages whether this side announced capability 6 (RFC 8654 §4).
 */
export function createMessageSplitter(extendedMessages: boolean): MessageSplitter {
  let buffer = new Uint8Array(MIN_CAPACITY);
  let start = 0;
  let end = 0;
  let taken = 0; // octets of the messages that were taken
  return {
    get pending() {
      return end - start;
    },
    push(chunk) {
      if (end + chunk.length > buffer.length) {
        const needed = end - start + chunk.length;
        // Twice the need, so that many small chunks cost linear time in total.
        const target = needed * 2 > buffer.length ? new Uint8Array(needed * 2) : buffer;
        target.set(buffer.subarray(start, end));
        buffer = target;
        end -= start;
        start = 0;
      }
      buffer.set(chunk, end);
      end += chunk.length;
    },
    next() {
      if (end - start < HEADER_LENGTH) return undefined;
      const { length } = headerAt(buffer, start, extendedMessages, taken);
      if (end - start < length) return undefined;
      const message = buffer.slice(start, start + length);
      start += length;
      taken += length;
      if (start === end) {
        start = 0;
        end = 0;
        if (buffer.length > MAX_IDLE_CAPACITY) buffer = new Uint8Array(MIN_CAPACITY);
      }
      return message;
    },
  };
}

/** The header at `start` of the buffer, which stands at `position` in the stream. */
function headerAt(
  buffer: Uint8Array,
  start: number,
  extendedMessages: boolean,
  position: number,
): { readonly length: number } {
  try {
    return decodeHeader(buffer, start, extendedMessages);
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    throw new BgpError({ ...error.fault, offset: error.fault.offset - start + position });
  }
}

const MIN_CAPACITY = 4096;
const MAX_IDLE_CAPACITY = 1 << 20;
