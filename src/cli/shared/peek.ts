import { type Peeked, peek as peekUntil } from '../../unpack/index.js';

/** So much of an input is looked at to say what it is; the lists of a JSON file stand behind its metadata. */
const LOOKED_AT = 1 << 14;

/** The beginning of a stream, and the whole stream again. */
export async function peek(chunks: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const peeked = await peekUntil(chunks, ({ length }) => length >= LOOKED_AT);
  return { ...peeked, head: peeked.head.subarray(0, LOOKED_AT) };
}
