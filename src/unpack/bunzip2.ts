import { concatOctets, DecodeError } from '../bytes/index.js';
import { type Bits, createBits, decodeBlock, NeedsMore } from './bunzip2-block.js';

/** Octets of the longest possible block: 900,000 symbols of 20 bits, and its tables. */
const LONGEST_BLOCK = 2_400_000;
const BLOCK_MAGIC = 0x314159265359;
const END_MAGIC = 0x177245385090;

/**
 * The decompressed octets of a bzip2 stream of one or several members, block by block; check sums of blocks and
 * members are verified. Zeros behind the last member are ignored. Why own code: docs/decisions/unpack.md D-bzip2-own.
 *
 * @throws {DecodeError} `bzip2-damaged` after every block before the damage was yielded. The offset counts compressed
 * octets.
 */
export async function* bunzip2(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array = new Uint8Array(0);
  let passed = 0; // octets before `held`
  let bit = 0; // place in `held`
  let ended = false;
  const member = { blockSize: 0, crc: 0 };
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const bits = createBits(held, bit);
      try {
        if (passed > 0 && member.blockSize === 0 && isPadding(bits)) {
          if (ended) return;
          throw new NeedsMore();
        }
        const block = step(bits, member);
        bit = bits.position();
        if (block) yield block;
        const whole = bit >> 3;
        held = held.subarray(whole);
        passed += whole;
        bit &= 7;
      } catch (error) {
        if (!(error instanceof NeedsMore)) throw damaged(error, passed + (bits.position() >> 3));
        if (ended || held.length > LONGEST_BLOCK) {
          throw damaged(new Error('the stream ends too early'), passed + held.length);
        }
        const parts = [held];
        let wanted = Math.max(held.length, 1 << 14); // doubles, so that a block is tried a few times only
        while (wanted > 0) {
          const { value, done } = await iterator.next();
          if (done) {
            ended = true;
            break;
          }
          parts.push(value);
          wanted -= value.length;
        }
        held = concatOctets(parts);
      }
    }
  } finally {
    await iterator.return?.(undefined);
  }
}

/** Reads a member header, a block or a member's end; the decompressed octets of a block. */
function step(bits: Bits, member: { blockSize: number; crc: number }): Uint8Array | undefined {
  if (member.blockSize === 0) {
    if (bits.read(24) !== 0x425a68) throw new Error('no member header');
    const level = bits.read(8) - 0x30;
    if (level < 1 || level > 9) throw new Error('no block size');
    member.blockSize = level * 100_000;
    member.crc = 0;
    return undefined;
  }
  const magic = bits.read(24) * 0x1000000 + bits.read(24);
  const crc = bits.read(16) * 0x10000 + bits.read(16);
  if (magic === END_MAGIC) {
    if (crc !== member.crc) throw new Error('wrong check sum of the member');
    bits.align();
    member.blockSize = 0;
    return undefined;
  }
  if (magic !== BLOCK_MAGIC) throw new Error('no block header');
  const block = decodeBlock(bits, member.blockSize, crc);
  member.crc = (((member.crc << 1) | (member.crc >>> 31)) ^ crc) >>> 0;
  return block;
}

function isPadding(bits: Bits): boolean {
  return bits.rest().every((octet) => octet === 0);
}

function damaged(error: unknown, offset: number): DecodeError {
  const message = error instanceof Error ? error.message : 'damaged';
  return new DecodeError('bzip2-damaged', message, { field: 'bzip2', offset });
}
