/** A check sum that is fed piece by piece. */
export interface CheckSum {
  update(octets: Uint8Array): void;
  /** Little-endian, as xz stores it. */
  digest(): Uint8Array;
}

const CRC32 = 0xedb88320;
/** The polynomial of CRC-64 (ECMA-182), reflected, in two halves. */
const CRC64_HIGH = 0xc96c5795;
const CRC64_LOW = 0xd7870f42;

let table32: Uint32Array | undefined;
let table64: { readonly high: Uint32Array; readonly low: Uint32Array } | undefined;

/** CRC-32 (IEEE 802.3). */
export function createCrc32(): CheckSum {
  table32 ??= Uint32Array.from({ length: 256 }, (_, octet) => {
    let crc = octet;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ CRC32 : crc >>> 1;
    return crc;
  });
  const table = table32;
  let crc = -1;
  return {
    update: (octets) => {
      for (let i = 0; i < octets.length; i++) {
        crc = (crc >>> 8) ^ (table[(crc ^ (octets[i] as number)) & 0xff] as number);
      }
    },
    digest: () => littleEndian(~crc),
  };
}

/** CRC-64 (ECMA-182), the usual check of xz. */
export function createCrc64(): CheckSum {
  table64 ??= createTable64();
  const { high, low } = table64;
  let upper = -1;
  let lower = -1;
  return {
    update: (octets) => {
      for (let i = 0; i < octets.length; i++) {
        const at = (lower ^ (octets[i] as number)) & 0xff;
        lower = ((lower >>> 8) | (upper << 24)) ^ (low[at] as number);
        upper = (upper >>> 8) ^ (high[at] as number);
      }
    },
    digest: () => littleEndian(~lower, ~upper),
  };
}

function createTable64() {
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let octet = 0; octet < 256; octet++) {
    let upper = 0;
    let lower = octet;
    for (let bit = 0; bit < 8; bit++) {
      const odd = lower & 1;
      lower = ((lower >>> 1) | (upper << 31)) ^ (odd === 1 ? CRC64_LOW : 0);
      upper = (upper >>> 1) ^ (odd === 1 ? CRC64_HIGH : 0);
    }
    high[octet] = upper;
    low[octet] = lower;
  }
  return { high, low };
}

function littleEndian(...words: number[]): Uint8Array {
  return Uint8Array.from(words.flatMap((word) => [word, word >>> 8, word >>> 16, word >>> 24]));
}
