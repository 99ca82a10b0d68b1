import { gzipSync } from 'node:zlib';
import { DecodeError, fromHex } from 'pathsec/bytes';
import { decompress as decompressByNode } from 'pathsec/node';
import { decompress } from 'pathsec/unpack';
import { join } from '../lib/mutate.js';
import { must, type Target } from '../lib/target.js';

const TEXT = new TextEncoder().encode('pathsec '.repeat(40));
/** A word, a thousand zeros, a few words: what bzip2 makes of them. */
const BZIP2 = [
  '425a6839314159265359e5b5f3090000045100001040000244a00021b5180c029069c2a30bb9229c284872daf98480',
  '425a683931415926535901e8d060000001c001c00000800008200020aa6d4198ba83c5dc914e1424007a341800',
  '425a6839314159265359cb22610800000c19804000000827279dc0200048cffd542621e9a40afd24d000d28ca595d6592c250aabc36e9761b592d210a3270d1e18c08b0f2208187108f8bb9229c2848659130840',
].map((text) => fromHex(text));

/** A line, and the words, as `xz` and `zstd` pack them. */
const XZ = [
  'fd377a585a000004e6d6b4460200210116000000742fe5a30100133634343936203634343937207b36343439387d0a00f0621eba3fae872c00012c14f80a6d031fb6f37d010000000004595a',
  'fd377a585a000004e6d6b4460200210116000000742fe5a3e0013f00105d0038184aef2b8bb66e757da0d2122cc800000a854fbc1f3f8bee00012cc002000000c03127f0b1c467fb020000000004595a',
].map((text) => fromHex(text));
const ZSTD = [
  '28b52ffd2414a100003634343936203634343937207b36343439387d0ab86bad80',
  '28b52ffd6440007d0000407061746873656320010035530b17986a2548',
].map((text) => fromHex(text));

/** Octets are taken to this number; what yields more is a bomb, which a reader of a stream stops as it likes. */
const ENOUGH = 1 << 24;
/** The largest piece that may come at once: a bzip2 block of 900,000 symbols, run-length coded twice. */
const LARGEST_PIECE = 256 * 900_000;

/** Decompresses in chunks; gives how much came out, the check sum of it, and the code of the damage. */
async function unpack(
  octets: Uint8Array,
  chunk: number,
  by: typeof decompress,
): Promise<{ size: number; sum: number; code?: string }> {
  let size = 0;
  let sum = 0;
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < octets.length; at += chunk) yield octets.subarray(at, at + chunk);
  };
  try {
    for await (const piece of by(pieces())) {
      must(piece.length <= LARGEST_PIECE, 'a piece larger than a block');
      for (const octet of piece) sum = (Math.imul(sum, 31) + octet) | 0;
      size += piece.length;
      if (size > ENOUGH) break;
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { size, sum, code: error.code };
  }
  return { size, sum };
}

const inflation = (
  name: string,
  by: typeof decompress,
  codes: readonly string[],
  growth: number,
  seeds: readonly Uint8Array[],
  magic: Uint8Array,
): Target => ({
  name,
  covers: [by === decompress ? 'unpack:decompress' : 'node:decompress'],
  roundTrip: 'octets as they are without a known beginning; chunks change nothing',
  growth: 4,
  codes,
  seeds: () => seeds,
  repair: (octets) => join(magic, octets.subarray(magic.length)),
  async run(octets) {
    const whole = await unpack(octets, octets.length || 1, by);
    const pieces = await unpack(octets, 17, by);
    must(whole.code === pieces.code, `chunks change the error: ${whole.code}, ${pieces.code}`);
    // Before damage, how much is still yielded may depend on the chunks.
    if (whole.code === undefined)
      must(whole.size === pieces.size && whole.sum === pieces.sum, 'chunks change the octets');
    must(whole.size <= growth * (octets.length + 64) || whole.size > ENOUGH, 'more than the format can hold');
    if (whole.code !== undefined) throw new DecodeError(whole.code, 'from the stream');
    return whole.size;
  },
});

const GZIP = [
  gzipSync(TEXT),
  gzipSync(new Uint8Array(5000)),
  join(gzipSync(TEXT), gzipSync(Uint8Array.of(1)), new Uint8Array(4)),
  TEXT,
];
const GZIP_BEGINS = Uint8Array.of(0x1f, 0x8b, 8, 0);
const CODES = ['gzip-damaged', 'bzip2-damaged', 'xz-damaged', 'zstd-damaged'];
const WITH_LIMITS = [...CODES, 'window-too-large', 'compression-unsupported'];
/** The most that deflate can do. */
const INFLATED = 1032;
/** A chunk of LZMA2 of 2 MiB, or a block of zstd of 128 KiB, in a few octets. */
const LARGEST_CHUNK = 1 << 21;

export const NODE: readonly Target[] = [
  inflation('node-gunzip', decompressByNode, CODES, INFLATED, GZIP, GZIP_BEGINS),
  inflation('unpack-gunzip', decompress, CODES, INFLATED, GZIP, GZIP_BEGINS),
  inflation(
    'unpack-bunzip2',
    decompress,
    CODES,
    LARGEST_PIECE,
    [...BZIP2, join(...BZIP2.slice(0, 2))],
    fromHex('425a6839314159265359'),
  ),
  inflation(
    'unpack-xz',
    decompress,
    WITH_LIMITS,
    LARGEST_CHUNK,
    [...XZ, join(...XZ)],
    fromHex('fd377a585a000004e6d6b446'),
  ),
  {
    ...inflation(
      'unpack-zstd',
      decompress,
      WITH_LIMITS,
      LARGEST_CHUNK,
      [...ZSTD, join(...ZSTD)],
      fromHex('28b52ffd'),
    ),
    testRuns: 400, // each has an instance of WebAssembly of its own, with 16 MiB
  },
];
