import { concatOctets, DecodeError } from '../bytes/index.js';
import {
  type CompressionName,
  compressionOf,
  LOOKED_AT,
  mayBeCompressed,
  type Unpacker,
} from './compressions.js';

/** NON-SPEC: compressions inside of each other that are undone; who packs deeper wants to cost time (docs/decisions/unpack.md D-unpack-nested). */
const DEEPEST = 4;

/**
 * The octets of `chunks`, decompressed when their beginning says gzip, bzip2, xz or zstd, else as they are; what was packed up to
 * four times is unpacked as often. The name of a file plays no part. Octets come as they are unpacked, and what is held does not
 * grow with the length of the stream: at most a block of bzip2, or the window of zstd or dictionary of xz, 128 MiB.
 *
 * @param faster unpackers to use in place of those here, which are portable; `pathsec/node` has those of Node.
 * @throws {DecodeError} after everything before the damage was yielded: `gzip-damaged`, `bzip2-damaged`, `xz-damaged`,
 * `zstd-damaged`; `window-too-large` for a stream that wants more memory; `compression-unsupported` for filters of xz other than
 * LZMA2 and dictionaries of zstd; `compression-nested` for one that is packed more often. Offsets count compressed octets.
 */
export function decompress(
  chunks: AsyncIterable<Uint8Array>,
  faster: Readonly<Partial<Record<CompressionName, Unpacker>>> = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  return unpackLayers(chunks, faster, 0);
}

async function* unpackLayers(
  chunks: AsyncIterable<Uint8Array>,
  faster: Readonly<Partial<Record<CompressionName, Unpacker>>>,
  depth: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  let failure: { readonly error: unknown } | undefined;
  // No further than needed: a dialogue may begin with less, and its next line waits for an answer.
  while (size < LOOKED_AT && mayBeCompressed(concatOctets(first))) {
    try {
      const { value, done } = await iterator.next();
      if (done) break;
      first.push(value);
      size += value.length;
    } catch (error) {
      failure = { error }; // what came before it is given all the same
      break;
    }
  }
  const whole = resume(first, iterator, failure);
  const found = compressionOf(concatOctets(first.map((chunk) => chunk.subarray(0, LOOKED_AT))));
  if (found === undefined) {
    yield* whole;
    return;
  }
  if (depth === DEEPEST) {
    await whole.return(undefined);
    await iterator.return?.(undefined);
    throw new DecodeError('compression-nested', `packed more than ${DEEPEST} times`, {
      field: 'input',
      offset: 0,
    });
  }
  yield* unpackLayers((faster[found.name] ?? found.unpack)(whole), faster, depth + 1);
}

async function* resume(
  first: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
  failure: { readonly error: unknown } | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* first;
    if (failure) throw failure.error;
    for (;;) {
      const { value, done } = await rest.next();
      if (done) return;
      yield value;
    }
  } finally {
    await rest.return?.(undefined);
  }
}
