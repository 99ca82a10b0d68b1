/** So much of an input is looked at to say what it is; the lists of a JSON file stand behind its metadata. */
const LOOKED_AT = 1 << 14;

/** The beginning of a stream, and the whole stream again. */
export async function peek(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly head: Uint8Array; readonly whole: AsyncGenerator<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  let failure: { readonly error: unknown } | undefined;
  while (size < LOOKED_AT) {
    try {
      const { value, done } = await iterator.next();
      if (done) break;
      first.push(value);
      size += value.length;
    } catch (error) {
      failure = { error }; // what came before it is to be read all the same
      break;
    }
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      yield* first;
      if (failure) throw failure.error;
      for (;;) {
        const { value, done } = await iterator.next();
        if (done) return;
        yield value;
      }
    } finally {
      await iterator.return?.(undefined);
    }
  }
  return { head: Buffer.concat(first).subarray(0, LOOKED_AT), whole: whole() };
}
