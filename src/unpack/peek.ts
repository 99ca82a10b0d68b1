import { concatOctets } from '../bytes/index.js';

/** The beginning of a stream, and the whole of it. */
export interface Peeked {
  /** What was read so far, or all there is. */
  readonly head: Uint8Array;
  /** The stream from its first octet on; a failure that was met comes where it belongs. */
  readonly whole: AsyncGenerator<Uint8Array, void, undefined>;
  /** Ends the stream, also where nothing was taken of `whole`. */
  close(): Promise<void>;
}

/** Reads a stream until `isEnough` of what it begins with; it is asked before each chunk, so that nobody waits for more. */
export async function peek(
  chunks: AsyncIterable<Uint8Array>,
  isEnough: (head: Uint8Array) => boolean,
): Promise<Peeked> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let failure: { readonly error: unknown } | undefined;
  while (!isEnough(concatOctets(first))) {
    try {
      const { value, done } = await iterator.next();
      if (done) break;
      first.push(value);
    } catch (error) {
      failure = { error }; // what came before it is given all the same
      break;
    }
  }
  const whole = resume(first, iterator, failure);
  const close = async (): Promise<void> => {
    await whole.return(undefined);
    await iterator.return?.(undefined); // a generator that was not begun does not see its end
  };
  return { head: concatOctets(first), whole, close };
}

async function* resume(
  first: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
  failure: { readonly error: unknown } | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* first;
    if (failure) throw failure.error;
    for (;;) {
      const { value, done } = await rest.next();
      if (done) return;
      yield value;
    }
  } finally {
    await rest.return?.(undefined);
  }
}
