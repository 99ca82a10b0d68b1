import fc from 'fast-check';
import { concatOctets } from 'pathsec/bytes';
import { peek } from 'pathsec/unpack';
import { describe, expect, it } from 'vitest';

/** A source of chunks that knows whether it was ended. */
function source(chunks: readonly Uint8Array[], failure?: Error) {
  const state = { given: 0, ended: false };
  async function* give(): AsyncGenerator<Uint8Array> {
    try {
      for (const chunk of chunks) {
        state.given++;
        yield chunk;
      }
      if (failure) throw failure;
    } finally {
      state.ended = true;
    }
  }
  return { state, chunks: give() };
}

const collect = async (stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const all: Uint8Array[] = [];
  for await (const chunk of stream) all.push(chunk);
  return concatOctets(all);
};

describe('the beginning of a stream', () => {
  it('is read no further than enough, and the whole is all of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 8 })), fc.nat(20), async (chunks, enough) => {
        const { state, chunks: given } = source(chunks);
        const { head, whole } = await peek(given, ({ length }) => length >= enough);
        const all = concatOctets(chunks);
        expect(all.subarray(0, head.length)).toEqual(head);
        expect(head.length).toBeGreaterThanOrEqual(Math.min(enough, all.length));
        expect(head.length - (chunks[state.given - 1]?.length ?? 0)).toBeLessThan(Math.max(enough, 1));
        expect(await collect(whole)).toEqual(all);
        expect(state.ended || chunks.length === 0).toBe(true);
      }),
    );
  });

  it('closes the source also where nothing was taken of the whole', async () => {
    const { state, chunks } = source([Uint8Array.of(1), Uint8Array.of(2)]);
    const { close } = await peek(chunks, ({ length }) => length > 0);
    await close();
    expect(state).toEqual({ given: 1, ended: true });
  });

  it('comes before the failure that was met', async () => {
    const { chunks } = source([Uint8Array.of(1)], new Error('cut off'));
    const { head, whole } = await peek(chunks, () => false);
    expect(head).toEqual(Uint8Array.of(1));
    expect((await whole.next()).value).toEqual(Uint8Array.of(1));
    await expect(whole.next()).rejects.toThrow('cut off');
  });
});
