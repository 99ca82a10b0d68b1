import { constants } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { DecodeError } from '../bytes/index.js';
import { decompress } from '../node/decompress.js';
import { CliError, type Io } from './io.js';

/** The octets of a file, or of stdin for `-`, decompressed by content. Errors as `decompress` and the system give them. */
export function openInput(file: string, io: Io): AsyncGenerator<Uint8Array> {
  return decompress(file === '-' ? io.stdin : createReadStream(file, { highWaterMark: 1 << 18 }));
}

/** Octets of a file that is read as one text, unpacked: what the longest string of the engine surely holds (512 MiB). */
const MAX_TEXT = constants.MAX_STRING_LENGTH;

/** The limit of {@link readText} for files that people write and that are read into objects whole. */
export const MAX_HAND_WRITTEN = 1 << 26;

/**
 * The whole text of a file, or of stdin for `-`. It is decoded as it comes, and what is too long is given up at the
 * limit, not after unpacking.
 *
 * @throws {CliError} above `limit` octets, and where a compressed file is damaged, naming the file.
 */
export async function readText(file: string, io: Io, limit = MAX_TEXT): Promise<string> {
  const refuse = (): CliError =>
    new CliError(`${file}: more than ${limit} octets unpacked, the limit of a file that is read whole`);
  // What is longer packed is not shorter unpacked.
  if (file !== '-' && (await stat(file)).size > limit) throw refuse();
  const decoder = new TextDecoder();
  let length = 0;
  let text = '';
  try {
    for await (const chunk of openInput(file, io)) {
      length += chunk.length;
      if (length > limit) throw refuse();
      text += decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    throw named(file, error);
  }
  return text + decoder.decode();
}

/** Runs `read`; faults of the content get the name of the file. */
export function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw named(file, error);
  }
}

function named(file: string, error: unknown): unknown {
  return error instanceof DecodeError ? new CliError(`${file}: ${error.message} (${error.code})`) : error;
}
