import { sha256 } from '@noble/hashes/sha2.js';
import { DecodeError, equalOctets } from '../bytes/index.js';
import { type CheckSum, createCrc32, createCrc64 } from './crc.js';
import { Damage } from './damage.js';
import { decodeLzma2 } from './lzma2.js';
import { createOctetSource, type OctetSource } from './octet-source.js';
import { checkCrc32, readNumber, readXzBlockHeader } from './xz-header.js';

const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
/** Octets of the check of a block, by the low four bits of the flags (§2.1.1.2). */
const CHECK_SIZES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];
/** The checks that are known; others have a size, and cannot be verified. */
const CHECKS: Readonly<Record<number, () => CheckSum>> = { 1: createCrc32, 4: createCrc64, 10: createSha256 };

/** Sizes of the blocks of a stream, which its index repeats. */
interface Sums {
  blocks: number;
  packed: number;
  unpacked: number;
}

/**
 * The decompressed octets of an xz stream (The .xz File Format 1.1.0) of one or several streams, with zeros between and behind
 * them. Check sums and the index are verified. Why own code: docs/decisions/unpack.md D-unpack-xz.
 *
 * @throws {DecodeError} `xz-damaged` after everything before the damage was yielded; `window-too-large`,
 * `compression-unsupported`.
 */
export async function* unxz(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = chunks[Symbol.asyncIterator]();
  const source = createOctetSource(iterator);
  try {
    do yield* readStream(source);
    while (await nextStream(source));
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    throw new DecodeError('xz-damaged', error.message, { field: 'xz', offset: source.taken });
  } finally {
    await iterator.return?.(undefined);
  }
}

/** One stream (§2.1). */
async function* readStream(source: OctetSource): AsyncGenerator<Uint8Array, void, undefined> {
  const header = new Uint8Array(await source.take(12));
  if (MAGIC.some((octet, i) => header[i] !== octet)) throw new Damage('no stream header');
  const flags = header.subarray(6, 8);
  checkCrc32(flags, header.subarray(8), 'a stream header');
  const check = flags[1] as number;
  if (flags[0] !== 0 || check > 15) throw new Damage('a stream header with unknown flags');
  const sums: Sums = { blocks: 0, packed: 0, unpacked: 0 };
  while ((await source.peek()) !== 0) yield* readBlock(source, check, sums);
  const indexSize = await readIndex(source, sums);
  const footer = new Uint8Array(await source.take(12));
  checkCrc32(footer.subarray(4, 10), footer.subarray(0, 4), 'a stream footer');
  const backward = new DataView(footer.buffer).getUint32(4, true);
  const isFooter = footer[10] === 0x59 && footer[11] === 0x5a;
  if (!isFooter || !equalOctets(footer.subarray(8, 10), flags) || 4 * (backward + 1) !== indexSize)
    throw new Damage('a wrong stream footer');
}

/** One block (§3): header, data, padding, check. */
async function* readBlock(
  source: OctetSource,
  check: number,
  sums: Sums,
): AsyncGenerator<Uint8Array, void, undefined> {
  const header = await readXzBlockHeader(source);
  const start = source.taken;
  const sum = CHECKS[check]?.();
  let unpacked = 0;
  for await (const piece of decodeLzma2(source, header.dictionary)) {
    unpacked += piece.length;
    sum?.update(piece);
    yield piece.slice(); // the window moves
  }
  const packed = source.taken - start;
  if ((header.packed ?? packed) !== packed || (header.unpacked ?? unpacked) !== unpacked)
    throw new Damage('a block of another size than its header says');
  await takeZeros(source, -packed & 3);
  const size = CHECK_SIZES[check] as number;
  const stored = await source.take(size);
  if (sum && !equalOctets(sum.digest(), stored)) throw new Damage('wrong check sum of a block');
  sums.blocks++;
  sums.packed += header.headerSize + packed + size;
  sums.unpacked += unpacked;
}

/** The index (§4), which has to repeat the sizes of the blocks. @returns its octets. */
async function readIndex(source: OctetSource, expected: Sums): Promise<number> {
  const start = source.taken;
  const crc = createCrc32();
  const take = async (): Promise<number> => {
    const octets = await source.take(1);
    crc.update(octets);
    return octets[0] as number;
  };
  const number = async (): Promise<number> => {
    const octets: number[] = [];
    do octets.push(await take());
    while (octets.length < 9 && (octets[octets.length - 1] as number) >= 128);
    return readNumber(() => octets.shift() ?? 0);
  };
  await take();
  const sums: Sums = { blocks: await number(), packed: 0, unpacked: 0 };
  if (sums.blocks !== expected.blocks) throw new Damage('an index of other blocks');
  for (let i = 0; i < sums.blocks; i++) {
    sums.packed += await number();
    sums.unpacked += await number();
  }
  if (sums.packed !== expected.packed || sums.unpacked !== expected.unpacked)
    throw new Damage('an index of other blocks');
  while (((source.taken - start) & 3) !== 0)
    if ((await take()) !== 0) throw new Damage('padding that is not zero');
  if (!equalOctets(crc.digest(), await source.take(4))) throw new Damage('wrong check sum of an index');
  return source.taken - start;
}

/** Whether another stream follows, behind padding (§2.2), which as an exception may be of any length. */
async function nextStream(source: OctetSource): Promise<boolean> {
  for (;;) {
    const octet = await source.peek();
    if (octet !== 0) return octet !== undefined;
    await source.take(1);
  }
}

async function takeZeros(source: OctetSource, count: number): Promise<void> {
  if ((await source.take(count)).some((octet) => octet !== 0)) throw new Damage('padding that is not zero');
}

function createSha256(): CheckSum {
  const hash = sha256.create();
  return { update: (octets) => void hash.update(octets), digest: () => hash.digest() };
}
