import { createGunzip, type Gunzip } from 'node:zlib';
import { DecodeError } from '../bytes/index.js';

const OUTPUT = 1 << 16;

/**
 * The decompressed octets of a gzip stream (RFC 1952) of one or several members. Zeros behind the last member are
 * ignored. The next piece is inflated in the background while the caller works on the last one.
 *
 * @throws {DecodeError} `gzip-damaged` after everything inflated before the damage was yielded, except that up to
 * 64 KiB of the block in which the damage shows may be withheld (docs/decisions/unpack.md D-gzip-withheld). The offset
 * counts compressed octets.
 */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: OUTPUT });
  const state = watch(stream);
  let offset = 0;
  let writing: Promise<void> = Promise.resolve();
  let last: Uint8Array = new Uint8Array(0);
  // Behind the last member zlib stops reading without a word: what it left of the chunk is ours to judge.
  const isPadded = (): boolean => {
    const unread = Math.min(last.length, offset - stream.bytesWritten);
    return last.subarray(last.length - unread).every((octet) => octet === 0);
  };
  try {
    for await (const chunk of chunks) {
      await writing;
      if (state.error || (state.ended && !isPadded())) break;
      const ready = state.output.splice(0);
      offset += chunk.length;
      last = chunk;
      if (!state.ended) writing = write(stream, chunk);
      yield* ready;
    }
    await writing;
    yield* state.output.splice(0);
    if (!state.error && !state.ended) await finish(stream, state);
    yield* state.output.splice(0);
    if (state.error) throw damaged(state.error.message, offset);
    if (!isPadded()) throw damaged('octets behind the last member', offset);
  } finally {
    stream.destroy();
  }
}

interface State {
  readonly output: Uint8Array[];
  ended: boolean;
  error: Error | undefined;
}

function watch(stream: Gunzip): State {
  const state: State = { output: [], ended: false, error: undefined };
  stream.on('data', (piece: Uint8Array) => state.output.push(piece));
  stream.on('end', () => {
    state.ended = true;
  });
  stream.on('error', (error) => {
    state.error ??= error;
  });
  return state;
}

/** Resolves when the piece was taken in, or the stream failed or ended. */
function write(stream: Gunzip, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      stream.off('error', settle);
      stream.off('end', settle);
      resolve();
    };
    stream.once('error', settle);
    stream.once('end', settle);
    stream.write(chunk, settle);
  });
}

function finish(stream: Gunzip, state: State): Promise<void> {
  return new Promise((resolve) => {
    stream.once('end', resolve);
    stream.once('error', () => resolve());
    if (state.ended || state.error) resolve();
    stream.end();
  });
}

function damaged(message: string, offset: number): DecodeError {
  return new DecodeError('gzip-damaged', message, { field: 'gzip', offset });
}
