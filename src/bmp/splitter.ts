import { createFrameSplitter, type FrameSplitter } from '../bytes/index.js';
import { BMP_HEADER_LENGTH, MAX_BMP_MESSAGE_LENGTH, readBmpHeader } from './header.js';

/**
 * Cuts a stream of octets into BMP messages. Its `next` throws a `DecodeError` `bmp-version` or `bmp-length` after all
 * messages before the fault were taken, and again at every further call; the offset counts from the first octet of the
 * stream. A message that is longer than `maxLength` is refused by its header, before memory is taken for it.
 */
export function createBmpSplitter(maxLength = MAX_BMP_MESSAGE_LENGTH): FrameSplitter {
  return createFrameSplitter(
    BMP_HEADER_LENGTH,
    (octets, start, position) => readBmpHeader(octets, start, maxLength, position).length,
  );
}
