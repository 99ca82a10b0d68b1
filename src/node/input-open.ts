import { createReadStream } from 'node:fs';
import { decompress } from './decompress.js';

const CHUNK = 1 << 16;

/**
 * The octets of the file at `path`, or of standard input for `-`, decompressed by content (see `decompress`).
 *
 * @throws {DecodeError} as `decompress`; the error of the operating system when the file cannot be read.
 */
export function openInput(path: string): AsyncGenerator<Uint8Array> {
  return decompress(path === '-' ? process.stdin : createReadStream(path, { highWaterMark: CHUNK }));
}
