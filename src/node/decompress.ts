import { concatOctets, DecodeError } from '../bytes/index.js';
import { bunzip2 } from './bunzip2.js';
import { gunzip } from './gunzip.js';

/** A compression: how its streams begin, and what unpacks them; without that it is named and refused. */
interface Compression {
  readonly name: string;
  readonly begins: readonly number[];
  readonly unpack?: (chunks: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>;
}

/** Every compression that is known. A new one is its reader and a row; `spec-tests/node/formats.test.ts` wants a sample. */
export const COMPRESSIONS = [
  { name: 'gzip', begins: [0x1f, 0x8b], unpack: gunzip },
  { name: 'bzip2', begins: [0x42, 0x5a, 0x68], unpack: bunzip2 },
  { name: 'xz', begins: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { name: 'zstd', begins: [0x28, 0xb5, 0x2f, 0xfd] },
] as const satisfies readonly Compression[];

/** The name of a compression. */
export type CompressionName = (typeof COMPRESSIONS)[number]['name'];

const compressions: readonly Compression[] = COMPRESSIONS;
const LOOKED_AT = Math.max(...compressions.map(({ begins }) => begins.length));

/**
 * The octets of `chunks`, decompressed when their beginning says gzip or bzip2, else as they are. The name of a file
 * plays no part.
 *
 * @throws {DecodeError} `compression-unsupported` for xz and zstd; `gzip-damaged`, `bzip2-damaged` after everything
 * before the damage was yielded.
 */
export async function* decompress(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  // No further than needed: a dialogue may begin with less, and its next line waits for an answer.
  while (size < LOOKED_AT && mayBeCompressed(first)) {
    const { value, done } = await iterator.next();
    if (done) break;
    first.push(value);
    size += value.length;
  }
  const whole = resume(first, iterator);
  const head = concatOctets(first.map((chunk) => chunk.subarray(0, LOOKED_AT)));
  const found = compressions.find(({ begins }) => begins.every((octet, i) => head[i] === octet));
  if (found === undefined) yield* whole;
  else if (found.unpack !== undefined) yield* found.unpack(whole);
  else {
    await iterator.return?.(undefined);
    throw new DecodeError('compression-unsupported', `${found.name} is not read here; decompress it first`, {
      field: 'input',
      offset: 0,
    });
  }
}

function mayBeCompressed(first: readonly Uint8Array[]): boolean {
  const head = concatOctets(first);
  return compressions.some(({ begins }) =>
    begins.slice(0, head.length).every((octet, i) => octet === head[i]),
  );
}

async function* resume(
  first: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* first;
    for (;;) {
      const { value, done } = await rest.next();
      if (done) return;
      yield value;
    }
  } finally {
    await rest.return?.(undefined);
  }
}
