import { decompress as decompressPortably } from '../unpack/index.js';
import { gunzip } from './gunzip.js';

/**
 * `decompress` of `pathsec/unpack`, with gzip by node:zlib, which is faster: the octets of `chunks`, decompressed by content. Up to
 * 64 KiB before a damaged place of gzip may be missing (docs/decisions/unpack.md D-gzip-withheld).
 *
 * @throws {DecodeError} as that does.
 */
export function decompress(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  return decompressPortably(chunks, { gzip: gunzip });
}
