import { DecodeError } from '../bytes/index.js';
import {
  type CompressionName,
  compressionOf,
  LOOKED_AT,
  mayBeCompressed,
  type Unpacker,
} from './compressions.js';
import { peek } from './peek.js';

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
  // No further than needed: a dialogue may begin with less, and its next line waits for an answer.
  const { head, whole, close } = await peek(
    chunks,
    (head) => head.length >= LOOKED_AT || !mayBeCompressed(head),
  );
  const found = compressionOf(head.subarray(0, LOOKED_AT));
  if (found === undefined) {
    yield* whole;
    return;
  }
  if (depth === DEEPEST) {
    await close();
    throw new DecodeError('compression-nested', `packed more than ${DEEPEST} times`, {
      field: 'input',
      offset: 0,
    });
  }
  yield* unpackLayers((faster[found.name] ?? found.unpack)(whole), faster, depth + 1);
}
