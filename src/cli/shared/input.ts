import { constants } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { concatOctets, DecodeError, printable } from '../../bytes/index.js';
import { openInput as openOctets, type Through } from '../../node/input-open.js';
import { systemErrorText } from '../../node/system-error.js';
import type { Peeked } from '../../unpack/index.js';
import { CliError, type Io } from './io.js';
import { peek } from './peek.js';

export { systemErrorText };

/** Those whose stdin is being read, or was: it can be read only once, whoever asks for it. */
const taken = new WeakSet<Io>();

/**
 * The octets of a file, or of stdin for `-`, decompressed by content.
 *
 * @throws {CliError} that names the file, for whatever stands in the way of reading it.
 */
export async function* openInput(file: string, io: Io): AsyncGenerator<Uint8Array> {
  try {
    yield* openChunks(file, io);
  } catch (error) {
    throw inputError(file, error);
  }
}

/** Octets of a file that is read as one text, unpacked: what the longest string of the engine surely holds (512 MiB). */
const MAX_TEXT = constants.MAX_STRING_LENGTH;

/** The limit of {@link readText} for files that people write and that are read into objects whole. */
export const MAX_HAND_WRITTEN = 1 << 26;

/**
 * The whole text of a file, or of stdin for `-`. It is decoded as it comes, and what is too long is given up at the
 * limit, not after unpacking.
 *
 * @param foreign looks at the beginning, and says in a sentence why the file is not what is wanted.
 * @throws {CliError} that names the file: above `limit` octets, for what `foreign` refuses, and as {@link openInput}.
 */
export async function readText(
  file: string,
  io: Io,
  limit = MAX_TEXT,
  foreign?: (head: Uint8Array) => string | undefined,
): Promise<string> {
  let text = '';
  for await (const piece of openText(file, io, limit, foreign)) text += piece;
  return text;
}

/** As {@link readText}, piece by piece: for what need not stand in memory whole. */
export async function* openText(
  file: string,
  io: Io,
  limit = MAX_TEXT,
  foreign?: (head: Uint8Array) => string | undefined,
): AsyncGenerator<string> {
  const { head, whole, close } = await openPeeked(file, io, limit);
  const why = foreign?.(head);
  if (why !== undefined) {
    await close();
    throw inputError(file, new DecodeError('not-relationships', why));
  }
  yield* decoded(whole);
}

/** The beginning of a file that is read whole, and the whole file again. Throws as {@link readText}. */
export function openPeeked(file: string, io: Io, limit = MAX_TEXT): Promise<Peeked> {
  return peek(openBounded(file, io, limit, 'unpacked, the limit of a file that is read whole'));
}

/** The text of octets in UTF-8, as they come. */
export async function* decoded(octets: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of octets) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/**
 * All octets of a file, or of stdin for `-`.
 *
 * @param what such a long file is: `no RPKI object`.
 * @throws {CliError} that names the file: above `limit` octets, and as {@link openInput}.
 */
export function readOctets(file: string, io: Io, limit: number, what: string): Promise<Uint8Array> {
  return gathered(openBounded(file, io, limit, `are ${what}`));
}

/** As {@link readOctets}, where the beginning says how many octets such a file may have. */
export async function readOctetsBy(
  file: string,
  io: Io,
  limitOf: (head: Uint8Array) => number,
  what: string,
): Promise<Uint8Array> {
  const { head, whole } = await peek(openInput(file, io));
  return gathered(bounded(whole, file, limitOf(head), `are ${what}`));
}

/** Octets that come in pieces, in one array. */
export async function gathered(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of pieces) chunks.push(chunk);
  return concatOctets(chunks);
}

/** As {@link openInput}, given up at the limit; unread where it is longer packed, for unpacked it is no shorter. */
async function* openBounded(file: string, io: Io, limit: number, what: string): AsyncGenerator<Uint8Array> {
  if (file !== '-' && (await naming(file, () => stat(file))).size > limit) throw tooLong(file, limit, what);
  yield* bounded(openInput(file, io), file, limit, what);
}

async function* bounded(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  limit: number,
  what: string,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > limit) throw tooLong(file, limit, what);
    yield chunk;
  }
}

function tooLong(file: string, limit: number, what: string): CliError {
  return new CliError(`${nameOf(file)}: more than ${limit} octets ${what}`);
}

/** Refuses a command line that names stdin twice, before anything is read. @throws {CliError} */
export function checkStdin(...files: readonly (string | undefined)[]): void {
  if (files.filter((file) => file === '-').length > 1) throw new CliError('stdin can be read only once');
}

/** As {@link openInput}, faults as they come: `DecodeError` of the compression, errors of the system. */
export function openChunks(file: string, io: Io, through?: Through): AsyncGenerator<Uint8Array> {
  if (file === '-') {
    if (taken.has(io)) throw new CliError('stdin can be read only once');
    taken.add(io);
  }
  return openOctets(file, io.stdin, through);
}

/** A fault of a file's content or of reading it as a usage error that names the file; other errors as they are. */
export function inputError(file: string, error: unknown): unknown {
  if (error instanceof DecodeError) return new CliError(`${nameOf(file)}: ${error.message} (${error.code})`);
  const text = systemErrorText(error);
  return text === undefined ? error : new CliError(`${nameOf(file)}: ${text}`);
}

/** Runs `read`; faults of the content get the name of the file. @throws {CliError} */
export function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw inputError(file, error);
  }
}

/** As {@link inFile}, for work that takes time. */
export async function naming<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw inputError(file, error);
  }
}

/** How a file is called in messages: as the user named it, escaped. */
export function nameOf(file: string): string {
  return printable(file);
}
