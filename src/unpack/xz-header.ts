import { DecodeError, equalOctets } from '../bytes/index.js';
import { createCrc32 } from './crc.js';
import { Damage } from './damage.js';
import type { OctetSource } from './octet-source.js';

/** Octets of the largest dictionary that is given memory. */
const LARGEST_DICTIONARY = 1 << 27;
const LZMA2 = 0x21;

/** What the header of a block says. */
export interface XzBlock {
  readonly headerSize: number;
  /** Octets of the block as they stand, where the header tells. */
  readonly packed: number | undefined;
  readonly unpacked: number | undefined;
  readonly dictionary: number;
}

/** Fields of a header or index, in order. */
export interface XzFields {
  octet(): number;
  /** A variable-length integer (§1.2), up to 2^53 - 1. */
  number(): number;
  /** Whether nothing but zeros is left. */
  isPadding(): boolean;
}

/** @throws {Damage} where the octets end within a field. */
function createFields(octets: Uint8Array): XzFields {
  let at = 0;
  const octet = (): number => {
    const value = octets[at++];
    if (value === undefined) throw new Damage('a header ends too early');
    return value;
  };
  return {
    octet,
    number: () => readNumber(octet),
    isPadding: () => octets.subarray(at).every((value) => value === 0),
  };
}

/** A variable-length integer of octets that come one by one. @throws {Damage} for one that is too long. */
export function readNumber(octet: () => number): number {
  let value = 0;
  for (let place = 1; ; place *= 128) {
    const next = octet();
    value += (next & 0x7f) * place;
    if (value > Number.MAX_SAFE_INTEGER || (next === 0 && place > 1))
      throw new Damage('a number out of range');
    if (next < 128) return value;
  }
}

/** @throws {Damage} when the four octets are not the CRC-32 of the others. */
export function checkCrc32(octets: Uint8Array, crc: Uint8Array, what: string): void {
  const sum = createCrc32();
  sum.update(octets);
  if (!equalOctets(sum.digest(), crc)) throw new Damage(`wrong check sum of ${what}`);
}

/**
 * Reads the header of a block (§3.1), whose first octet is not zero.
 *
 * @throws {DecodeError} `compression-unsupported` for filters other than LZMA2 alone; `window-too-large`. `Damage` when it is damaged.
 */
export async function readXzBlockHeader(source: OctetSource): Promise<XzBlock> {
  const [first = 0] = await source.take(1);
  const headerSize = 4 * (first + 1);
  const rest = new Uint8Array(await source.take(headerSize - 1));
  const octets = new Uint8Array(headerSize - 4);
  octets[0] = first;
  octets.set(rest.subarray(0, headerSize - 5), 1);
  checkCrc32(octets, rest.subarray(headerSize - 5), 'a block header');
  const fields = createFields(octets.subarray(1));
  const flags = fields.octet();
  if ((flags & 0x3c) !== 0) throw new Damage('a block header with unknown flags');
  const packed = (flags & 0x40) === 0 ? undefined : fields.number();
  const unpacked = (flags & 0x80) === 0 ? undefined : fields.number();
  const filter = fields.number();
  if ((flags & 3) !== 0 || filter !== LZMA2) {
    throw new DecodeError('compression-unsupported', 'of the filters of xz only LZMA2 is read', {
      field: 'xz',
      offset: source.taken,
    });
  }
  if (fields.number() !== 1) throw new Damage('wrong properties of LZMA2');
  const bits = fields.octet();
  if (bits > 40 || !fields.isPadding()) throw new Damage('a damaged block header');
  const dictionary = (2 | (bits & 1)) * 2 ** (Math.floor(bits / 2) + 11);
  if (dictionary > LARGEST_DICTIONARY) {
    throw new DecodeError('window-too-large', 'the stream wants a dictionary of more than 128 MiB', {
      field: 'xz',
      offset: source.taken,
    });
  }
  return { headerSize, packed, unpacked, dictionary };
}
