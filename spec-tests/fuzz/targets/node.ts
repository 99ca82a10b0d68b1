import { gzipSync } from 'node:zlib';
import { DecodeError, fromHex } from 'pathsec/bytes';
import { decompress } from 'pathsec/node';
import { join } from '../lib/mutate.js';
import { must, type Target } from '../lib/target.js';

const TEXT = new TextEncoder().encode('pathsec '.repeat(40));
/** A word, a thousand zeros, a few words: what bzip2 makes of them. */
const BZIP2 = [
  '425a6839314159265359e5b5f3090000045100001040000244a00021b5180c029069c2a30bb9229c284872daf98480',
  '425a683931415926535901e8d060000001c001c00000800008200020aa6d4198ba83c5dc914e1424007a341800',
  '425a6839314159265359cb22610800000c19804000000827279dc0200048cffd542621e9a40afd24d000d28ca595d6592c250aabc36e9761b592d210a3270d1e18c08b0f2208187108f8bb9229c2848659130840',
].map((text) => fromHex(text));

/** Octets are taken to this number; what yields more is a bomb, which a reader of a stream stops as it likes. */
const ENOUGH = 1 << 24;
/** The largest piece that may come at once: a bzip2 block of 900,000 symbols, run-length coded twice. */
const LARGEST_PIECE = 256 * 900_000;

/** Decompresses in chunks; gives how much came out, the check sum of it, and the code of the damage. */
async function unpack(
  octets: Uint8Array,
  chunk: number,
): Promise<{ size: number; sum: number; code?: string }> {
  let size = 0;
  let sum = 0;
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < octets.length; at += chunk) yield octets.subarray(at, at + chunk);
  };
  try {
    for await (const piece of decompress(pieces())) {
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
  codes: readonly string[],
  growth: number,
  seeds: readonly Uint8Array[],
  magic: Uint8Array,
): Target => ({
  name: `node-${name}`,
  covers: ['node:decompress'],
  roundTrip: 'octets as they are without a known beginning; chunks change nothing',
  growth: 4,
  codes,
  seeds: () => seeds,
  repair: (octets) => join(magic, octets.subarray(magic.length)),
  async run(octets) {
    const whole = await unpack(octets, octets.length || 1);
    const pieces = await unpack(octets, 17);
    must(whole.code === pieces.code, `chunks change the error: ${whole.code}, ${pieces.code}`);
    // Before damage, how much is still yielded may depend on the chunks.
    if (whole.code === undefined)
      must(whole.size === pieces.size && whole.sum === pieces.sum, 'chunks change the octets');
    must(whole.size <= growth * (octets.length + 64) || whole.size > ENOUGH, 'more than the format can hold');
    if (whole.code !== undefined) throw new DecodeError(whole.code, 'from the stream');
    return whole.size;
  },
});

const COMMON = ['compression-unsupported', 'gzip-damaged', 'bzip2-damaged'];

export const NODE: readonly Target[] = [
  inflation(
    'gunzip',
    COMMON,
    1032, // the most that deflate can do
    [
      gzipSync(TEXT),
      gzipSync(new Uint8Array(5000)),
      join(gzipSync(TEXT), gzipSync(Uint8Array.of(1)), new Uint8Array(4)),
      TEXT,
    ],
    Uint8Array.of(0x1f, 0x8b, 8, 0),
  ),
  inflation(
    'bunzip2',
    COMMON,
    LARGEST_PIECE,
    [...BZIP2, join(...BZIP2.slice(0, 2))],
    fromHex('425a6839314159265359'),
  ),
];
