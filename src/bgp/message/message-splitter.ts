import { createFrameSplitter, type FrameSplitter } from '../../bytes/index.js';
import { BgpError } from '../fault.js';
import { decodeHeader, HEADER_LENGTH } from './message-header.js';

/** Cuts a stream of octets (one direction of a BGP session) into messages. Does no I/O. */
export interface MessageSplitter extends FrameSplitter {
  /**
   * The next whole message, header included, as a view of octets that are not written again; undefined when more octets
   * are needed.
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
  return createFrameSplitter(HEADER_LENGTH, (octets, start, position) => {
    try {
      return decodeHeader(octets, start, extendedMessages).length;
    } catch (error) {
      if (!(error instanceof BgpError)) throw error;
      throw new BgpError({ ...error.fault, offset: error.fault.offset - start + position });
    }
  });
}
