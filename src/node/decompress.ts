import { DecodeError } from '../bytes/index.js';
import { bunzip2 } from './bunzip2.js';
import { gunzip } from './gunzip.js';

const MAGIC: readonly { readonly format: string; readonly octets: readonly number[] }[] = [
  { format: 'gzip', octets: [0x1f, 0x8b] },
  { format: 'bzip2', octets: [0x42, 0x5a, 0x68] },
  { format: 'xz', octets: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { format: 'zstd', octets: [0x28, 0xb5, 0x2f, 0xfd] },
];
const LONGEST_MAGIC = 6;

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
  while (size < LONGEST_MAGIC) {
    const { value, done } = await iterator.next();
    if (done) break;
    first.push(value);
    size += value.length;
  }
  const whole = resume(first, iterator);
  const format = formatOf(Buffer.concat(first.map((chunk) => chunk.subarray(0, LONGEST_MAGIC))));
  if (format === 'gzip') yield* gunzip(whole);
  else if (format === 'bzip2') yield* bunzip2(whole);
  else if (format === undefined) yield* whole;
  else {
    await iterator.return?.(undefined);
    throw new DecodeError('compression-unsupported', `${format} is not read here; decompress it first`, {
      field: 'input',
      offset: 0,
    });
  }
}

function formatOf(head: Uint8Array): string | undefined {
  return MAGIC.find(({ octets }) => octets.every((octet, i) => head[i] === octet))?.format;
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
