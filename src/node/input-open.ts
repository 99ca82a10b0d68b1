import { createReadStream } from 'node:fs';
import { decompress } from './unpack.js';

const CHUNK = 1 << 18;

/** Sees octets on their way. */
export type Through = (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/**
 * The octets of the file at `path`, or of standard input for `-`, decompressed by content (see `decompress`).
 *
 * @param stdin what counts as standard input; that of the process when absent. It can be read once.
 * @param through sees the octets as they are stored, and gives them on.
 * @throws {DecodeError} as `decompress`; the error of the operating system when the file cannot be read.
 */
export function openInput(
  path: string,
  stdin: AsyncIterable<Uint8Array> = process.stdin,
  through: Through = (chunks) => chunks,
): AsyncGenerator<Uint8Array> {
  return decompress(through(path === '-' ? stdin : createReadStream(path, { highWaterMark: CHUNK })));
}
