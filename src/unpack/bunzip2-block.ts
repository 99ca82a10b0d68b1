/** The octets at hand end within what is being read. */
export class NeedsMore extends Error {}

/** Reads bits, most significant first. */
export interface Bits {
  /** The next `count` bits, 0..24. @throws {NeedsMore} */
  read(count: number): number;
  /** Passes the bits up to the next octet. */
  align(): void;
  /** Bits passed. */
  position(): number;
  /** The octets from here; for use at an octet border. */
  rest(): Uint8Array;
}

/** {@link Bits} of `octets` from the bit number `start` on. */
export function createBits(octets: Uint8Array, start: number): Bits {
  let at = start >> 3;
  let buffer = 0;
  let held = 0;
  const bits: Bits = {
    read: (count) => {
      while (held < count) {
        if (at >= octets.length) throw new NeedsMore();
        buffer = ((buffer << 8) | (octets[at++] as number)) & 0x7fffffff;
        held += 8;
      }
      held -= count;
      return (buffer >>> held) & ((1 << count) - 1);
    },
    align: () => {
      held = 0;
    },
    position: () => 8 * at - held,
    rest: () => octets.subarray(at),
  };
  bits.read(start & 7);
  return bits;
}

/** A Huffman code: symbols by length, as canonical codes want them. */
interface Code {
  readonly limit: Int32Array;
  readonly base: Int32Array;
  readonly symbols: Uint16Array;
  readonly shortest: number;
}

const LONGEST_CODE = 20;
const GROUP = 50;

/**
 * The octets of one block, whose header (magic number and check sum) was read.
 *
 * @throws {NeedsMore} when the octets at hand end before the block; `Error` when it is damaged.
 */
export function decodeBlock(bits: Bits, blockSize: number, crc: number): Uint8Array {
  if (bits.read(1) !== 0) throw new Error('an obsolete (randomised) block');
  const origin = bits.read(24);
  const used = readUsed(bits);
  const alphabet = used.length + 2;
  const groups = bits.read(3);
  const selectorCount = bits.read(15);
  if (used.length === 0 || groups < 2 || groups > 6 || selectorCount === 0)
    throw new Error('bad block tables');
  const selectors = readSelectors(bits, groups, selectorCount);
  const codes = Array.from({ length: groups }, () => readCode(bits, alphabet));
  const transform = readSymbols(bits, codes, selectors, used, blockSize);
  const block = undoTransform(transform, origin);
  if (checkSum(block) !== crc) throw new Error('wrong check sum of a block');
  return block;
}

function readUsed(bits: Bits): Uint8Array {
  const rows = bits.read(16);
  const used: number[] = [];
  for (let row = 0; row < 16; row++) {
    if ((rows & (0x8000 >> row)) === 0) continue;
    const cells = bits.read(16);
    for (let cell = 0; cell < 16; cell++) if ((cells & (0x8000 >> cell)) !== 0) used.push(16 * row + cell);
  }
  return Uint8Array.from(used);
}

function readSelectors(bits: Bits, groups: number, count: number): Uint8Array {
  const order = Array.from({ length: groups }, (_, i) => i);
  const selectors = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    let rank = 0;
    while (bits.read(1) === 1) if (++rank >= groups) throw new Error('bad selector');
    const [group] = order.splice(rank, 1) as [number];
    order.unshift(group);
    selectors[i] = group;
  }
  return selectors;
}

function readCode(bits: Bits, alphabet: number): Code {
  const lengths = new Uint8Array(alphabet);
  const counts = new Int32Array(LONGEST_CODE + 2);
  let length = bits.read(5);
  for (let symbol = 0; symbol < alphabet; symbol++) {
    for (;;) {
      if (length < 1 || length > LONGEST_CODE) throw new Error('bad code length');
      if (bits.read(1) === 0) break;
      length += bits.read(1) === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
    counts[length] = (counts[length] as number) + 1;
  }
  const limit = new Int32Array(LONGEST_CODE + 1).fill(-1); // largest code of a length
  const base = new Int32Array(LONGEST_CODE + 1); // code minus base is the place in `symbols`
  const symbols = new Uint16Array(alphabet);
  let code = 0;
  let place = 0;
  for (let size = 1; size <= LONGEST_CODE; size++) {
    base[size] = code - place;
    for (let symbol = 0; symbol < alphabet; symbol++) if (lengths[symbol] === size) symbols[place++] = symbol;
    code += counts[size] as number;
    limit[size] = code - 1;
    code *= 2;
  }
  return { limit, base, symbols, shortest: Math.min(...lengths) };
}

/** Huffman, run lengths of the most recent octet (RUNA, RUNB) and move-to-front, undone. */
function readSymbols(
  bits: Bits,
  codes: readonly Code[],
  selectors: Uint8Array,
  used: Uint8Array,
  blockSize: number,
): Uint8Array {
  const front = used.slice();
  const end = used.length + 1;
  const output = new Uint8Array(blockSize);
  let size = 0;
  let run = 0;
  let weight = 1;
  const flush = (): void => {
    if (run > blockSize - size) throw new Error('a run leaves the block');
    output.fill(front[0] as number, size, size + run);
    size += run;
    run = 0;
    weight = 1;
  };
  for (let n = 0; ; n++) {
    const code = codes[selectors[Math.floor(n / GROUP)] ?? codes.length];
    if (code === undefined) throw new Error('more symbols than selectors');
    const symbol = readSymbol(bits, code);
    if (symbol <= 1) {
      // The weight is bounded before it doubles: a crafted run must not overflow.
      run += weight * (symbol + 1);
      if (run > blockSize) throw new Error('a run leaves the block');
      weight *= 2;
      continue;
    }
    flush();
    if (symbol === end) return output.subarray(0, size);
    if (size >= blockSize) throw new Error('the block is too long');
    const octet = front[symbol - 1] as number;
    front.copyWithin(1, 0, symbol - 1);
    front[0] = octet;
    output[size++] = octet;
  }
}

function readSymbol(bits: Bits, { limit, base, symbols, shortest }: Code): number {
  let size = shortest;
  let code = bits.read(size);
  while (code > (limit[size] as number)) {
    if (++size > LONGEST_CODE) throw new Error('an unassigned code');
    code = (code << 1) | bits.read(1);
  }
  const symbol = symbols[code - (base[size] as number)];
  if (symbol === undefined) throw new Error('an unassigned code');
  return symbol;
}

/** Burrows-Wheeler transform and the first run-length layer (four equal octets, then a count), undone. */
function undoTransform(last: Uint8Array, origin: number): Uint8Array {
  if (origin >= last.length) throw new Error('bad origin pointer');
  const starts = new Int32Array(257);
  for (const octet of last) starts[octet + 1] = (starts[octet + 1] as number) + 1;
  for (let i = 1; i < 257; i++) starts[i] = (starts[i] as number) + (starts[i - 1] as number);
  const next = new Int32Array(last.length);
  for (let i = 0; i < last.length; i++) {
    const octet = last[i] as number;
    const place = starts[octet] as number;
    starts[octet] = place + 1;
    next[place] = i;
  }
  let output = new Uint8Array(last.length);
  let size = 0;
  let equal = 0;
  let previous = -1;
  for (let i = 0, at = next[origin] as number; i < last.length; i++, at = next[at] as number) {
    const octet = last[at] as number;
    const copies = equal === 4 ? octet : 1;
    const value = equal === 4 ? previous : octet;
    if (size + copies > output.length) {
      const grown = new Uint8Array(2 * output.length + copies);
      grown.set(output);
      output = grown;
    }
    for (let k = 0; k < copies; k++) output[size++] = value;
    if (equal === 4) {
      equal = 0;
      previous = -1;
    } else {
      equal = octet === previous ? equal + 1 : 1;
      previous = octet;
    }
  }
  return output.subarray(0, size);
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, octet) => {
  let crc = octet << 24;
  for (let i = 0; i < 8; i++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc;
});

function checkSum(octets: Uint8Array): number {
  let crc = -1;
  for (const octet of octets) crc = (crc << 8) ^ (CRC_TABLE[(crc >>> 24) ^ octet] as number);
  return ~crc >>> 0;
}
